import {readFile} from 'node:fs/promises';
import {address6Text} from '../../wire/ip-address.ts';
import type {SocketAddress} from '../libc/address.ts';
import {tcpState} from '../libc/tcp-info.ts';
import {type KernelSocket, listening, matches, type Protocol, type SocketFilter, timer} from './socket.ts';

/** Lists the kernel's sockets from /proc/net, which is there without netlink and without libc, and tells less. */
export async function readProcNet(filter: SocketFilter, root = '/proc'): Promise<KernelSocket[]> {
  const protocol = filter.protocol ?? 'tcp';
  const lists = await Promise.all([protocol, `${protocol}6`].map(name => readList(`${root}/net/${name}`, protocol)));
  return lists.flat().filter(socket => matches(socket, filter));
}

async function readList(path: string, protocol: Protocol): Promise<KernelSocket[]> {
  try {
    return parseProcNet(await readFile(path, 'latin1'), protocol);
  } catch (cause) {
    // A machine without IPv6 has no tcp6.
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw cause;
  }
}

/**
 * The text of /proc/net/tcp, tcp6, udp or udp6. Words, not columns: the first one grows wider at 10 000 sockets. Between
 * `when` and `retrnsmt` and the like the header has fewer words than the rows, so places are counted in the rows.
 */
export function parseProcNet(text: string, protocol: Protocol): KernelSocket[] {
  const rows = text.split('\n').slice(1);
  return rows.map(row => parseRow(row.trim().split(/\s+/), protocol)).filter(socket => socket !== undefined);
}

/** Jiffies as /proc shows them: USER_HZ, which is 100 on every Linux that Node runs on. */
const ticks = 100;

function parseRow(words: readonly string[], protocol: Protocol): KernelSocket | undefined {
  const [, local, remote, state, queues, timing, retransmits, uid, , inode] = words;
  if (local === undefined || remote === undefined || inode === undefined) return undefined;
  const [sendQueue = 0, receiveQueue = 0] = hexPair(queues!);
  const [kind = 0, when = 0] = hexPair(timing!);
  const name = tcpState(Number.parseInt(state!, 16));
  const drops = words[12];
  return {
    family: local.length > 16 ? 'AF_INET6' : 'AF_INET',
    protocol,
    state: name,
    local: parseAddress(local),
    remote: parseAddress(remote),
    sendQueue,
    receiveQueue,
    ...listening(name, receiveQueue),
    inode: Number(inode),
    uid: Number(uid),
    ...timer(kind, when / ticks, Number.parseInt(retransmits!, 16)),
    ...(protocol === 'udp' && drops !== undefined && {drops: Number(drops)}),
    via: 'proc',
  };
}

function hexPair(text: string): number[] {
  return text.split(':').map(part => Number.parseInt(part, 16));
}

/** `0100007F:0424`: words of 32 bits in this machine's byte order (little-endian), then the port as a number. */
function parseAddress(text: string): SocketAddress {
  const [host = '', port = ''] = text.split(':');
  const words = host.match(/.{8}/g) ?? [];
  const bytes = Uint8Array.from(
    words.flatMap(word => (word.match(/../g) ?? []).reverse().map(byte => Number.parseInt(byte, 16))),
  );
  const number = Number.parseInt(port, 16);
  return bytes.length === 16
    ? {family: 'AF_INET6', host: address6Text(bytes), port: number}
    : {family: 'AF_INET', host: bytes.join('.'), port: number};
}
