import {
  choice,
  described,
  flag,
  integer,
  list,
  number,
  optional,
  record,
  type Shaped,
  text,
} from '../../journal/shape.ts';
import {type TcpState, tcpStateNames, tcpStateOf} from '../../wire/tcp/states.ts';
import type {Kernel} from '../../world/kernel/kernel.ts';
import type {KernelSocket} from '../../world/kernel/socket.ts';
import {addressText, type SocketAddress} from '../../world/libc/address.ts';

export const sides = ['client', 'server'] as const;

export type Side = (typeof sides)[number];

export function otherSide(side: Side): Side {
  return side === 'client' ? 'server' : 'client';
}

const endFields = {
  state: described(choice(...tcpStateNames), 'the state of this end; CLOSED when the kernel does not list it any more'),
  listed: described(flag, 'whether the kernel still has this end in its list of connections'),
  through: described(
    list(choice(...tcpStateNames)),
    'the states it came through since the last look, the present one last; those before were too short to be seen',
  ),
  sendQueue: described(integer, 'Send-Q: bytes the peer has not acknowledged, a FIN counting as one'),
  receiveQueue: described(integer, 'Recv-Q: bytes the program has not read, a FIN counting as one'),
  noReading: optional(
    described(flag, 'the receiving direction is over: by SHUT_RD, or by the peer’s FIN; netlink only'),
  ),
  noSending: optional(described(flag, 'the sending direction is over: a FIN was sent or queued; netlink only')),
  bytesReceived: optional(
    described(integer, 'bytes that arrived in order so far, a FIN counting as one; netlink only'),
  ),
  segmentsOut: optional(described(integer, 'segments sent so far, acknowledgments too; netlink only')),
  segmentsIn: optional(described(integer, 'segments received so far; netlink only')),
  timer: optional(described(record({kind: text, seconds: number}), 'what the kernel waits for, and how much longer')),
  inode: described(integer, 'the number by which /proc/PID/fd names the socket; 0 when no process holds it'),
};

/** Spread into the events of an experiment that watches both ends of one connection. */
export const endsEvent = {
  ends: {
    says: 'Both ends of the connection as the kernel has them: after each step, and whenever they change by themselves.',
    fields: {
      after: described(text, 'the step that was just done, such as “client shut-wr”; empty for a change by itself'),
      client: described(record(endFields), 'the end that called connect()'),
      server: described(record(endFields), 'the end that accept() gave'),
      via: described(choice('netlink', 'proc'), 'where the kernel told it: SOCK_DIAG, or /proc/net'),
    },
  },
} as const;

export type End = Shaped<typeof endFields>;

/** Both ends at one moment. */
export type Ends = Readonly<Record<Side, Omit<End, 'through'>>> & {readonly via: 'netlink' | 'proc'};

/**
 * Asks the kernel for both ends of the connection between these addresses, as `ss -tan` would list them. `via` is where it
 * told before: a list without them does not say.
 */
export async function lookAtEnds(
  kernel: Kernel,
  addresses: Readonly<Record<Side, SocketAddress>>,
  via: Ends['via'] = 'netlink',
): Promise<Ends> {
  const port = addresses.client.family === 'AF_UNIX' ? 0 : addresses.client.port;
  const found = await kernel.sockets({port});
  const [client, server] = [addressText(addresses.client), addressText(addresses.server)];
  const end = (local: string, remote: string) =>
    found.find(socket => addressText(socket.local) === local && addressText(socket.remote) === remote);
  return {client: told(end(client, server)), server: told(end(server, client)), via: found[0]?.via ?? via};
}

function told(socket: KernelSocket | undefined): Omit<End, 'through'> {
  if (socket === undefined) return {state: 'CLOSED', listed: false, sendQueue: 0, receiveQueue: 0, inode: 0};
  const {state, sendQueue, receiveQueue, inode, shutdown, info, timer} = socket;
  const {bytesReceived, segmentsOut, segmentsIn} = info ?? {};
  return {
    state: tcpStateOf(state) ?? 'CLOSED',
    listed: true,
    sendQueue,
    receiveQueue,
    ...(shutdown !== undefined && {noReading: shutdown.receive, noSending: shutdown.send}),
    ...(bytesReceived !== undefined && {bytesReceived}),
    ...(segmentsOut !== undefined && {segmentsOut}),
    ...(segmentsIn !== undefined && {segmentsIn}),
    ...(timer !== undefined && {timer: {kind: timer.kind, seconds: timer.seconds}}),
    inode,
  };
}

/** Whether anything differs that a reader would notice; counters of acknowledgments and running timers are not that. */
export function sameEnds(one: Ends, two: Ends): boolean {
  return sides.every(side => sameEnd(one[side], two[side]));
}

function sameEnd(one: Ends[Side], two: Ends[Side]): boolean {
  return noticed.every(field => one[field] === two[field]);
}

const noticed = [
  'state',
  'listed',
  'sendQueue',
  'receiveQueue',
  'noReading',
  'noSending',
  'bytesReceived',
  'inode',
] as const satisfies readonly (keyof Ends[Side])[];

/** States that pass by themselves in a moment, or bytes on their way: worth another look. */
export function inMotion(ends: Ends): boolean {
  return sides.some(side => passing.includes(ends[side].state) || ends[side].sendQueue > 0);
}

const passing: readonly TcpState[] = ['SYN_SENT', 'SYN_RECV', 'FIN_WAIT1', 'CLOSING', 'LAST_ACK'];
