import {address6Text} from '../../wire/ip-address.ts';
import type {SocketAddress} from '../libc/address.ts';
import {families} from '../libc/constants.ts';
import {decodeTcpInfo, type TcpState, tcpState, tcpStates} from '../libc/tcp-info.ts';
import {type KernelSocket, listening, type Protocol, timer} from './socket.ts';

/** include/uapi/linux/netlink.h and inet_diag.h */
const SOCK_DIAG_BY_FAMILY = 20;
const NLMSG_ERROR = 2;
const NLMSG_DONE = 3;
const NLM_F_REQUEST = 1;
const NLM_F_DUMP = 0x300;
const headerSize = 16;
const requestSize = 56;
const messageSize = 72;
const attributes = {INET_DIAG_INFO: 2, INET_DIAG_SKMEMINFO: 7, INET_DIAG_SHUTDOWN: 8} as const;

export interface DiagRequest {
  family: 'AF_INET' | 'AF_INET6';
  protocol: Protocol;
  /** 0 is any; the kernel leaves the others out by itself. */
  localPort: number;
  remotePort: number;
  states?: readonly TcpState[];
  info: boolean;
}

/** A netlink message that asks for all sockets of one family: struct nlmsghdr and struct inet_diag_req_v2. */
export function encodeRequest(request: DiagRequest): Uint8Array {
  const bytes = new Uint8Array(headerSize + requestSize);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, bytes.length, true);
  view.setUint16(4, SOCK_DIAG_BY_FAMILY, true);
  view.setUint16(6, NLM_F_REQUEST | NLM_F_DUMP, true);
  view.setUint32(8, 1, true);
  bytes[16] = families[request.family];
  bytes[17] = request.protocol === 'tcp' ? 6 : 17;
  // A bit for each attribute wanted, the first attribute having bit 0. UDP has no info, but counts drops.
  const wanted = request.protocol === 'udp' ? attributes.INET_DIAG_SKMEMINFO : attributes.INET_DIAG_INFO;
  bytes[18] = request.info || request.protocol === 'udp' ? 1 << (wanted - 1) : 0;
  view.setUint32(20, stateBits(request.states), true);
  view.setUint16(24, request.localPort);
  view.setUint16(26, request.remotePort);
  return bytes;
}

function stateBits(states: readonly TcpState[] | undefined): number {
  if (states === undefined) return 0xffffffff;
  return states.reduce((bits, state) => bits | (1 << tcpStates.indexOf(state)), 0);
}

/** What one read from the netlink socket held. `done` ends the listing; `errno` is the kernel's refusal. */
export interface DiagAnswer {
  sockets: KernelSocket[];
  done: boolean;
  errno?: number;
}

export function decodeAnswer(bytes: Uint8Array, protocol: Protocol): DiagAnswer {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const sockets: KernelSocket[] = [];
  for (let at = 0; at + headerSize <= bytes.length; ) {
    const length = view.getUint32(at, true);
    const type = view.getUint16(at + 4, true);
    if (length < headerSize || at + length > bytes.length) break;
    if (type === NLMSG_DONE) return {sockets, done: true};
    if (type === NLMSG_ERROR) return {sockets, done: true, errno: -view.getInt32(at + headerSize, true)};
    if (type === SOCK_DIAG_BY_FAMILY && length >= headerSize + messageSize)
      sockets.push(decodeSocket(bytes.subarray(at + headerSize, at + length), protocol));
    at += aligned(length);
  }
  return {sockets, done: false};
}

/** Messages and attributes start at multiples of four. */
function aligned(length: number): number {
  return (length + 3) & ~3;
}

/** struct inet_diag_msg with its attributes. */
function decodeSocket(bytes: Uint8Array, protocol: Protocol): KernelSocket {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const family = bytes[0] === families.AF_INET6 ? 'AF_INET6' : 'AF_INET';
  const state = tcpState(bytes[1]!);
  const [receiveQueue, sendQueue] = [view.getUint32(56, true), view.getUint32(60, true)];
  return {
    family,
    protocol,
    state,
    local: address(family, bytes.subarray(8, 24), view.getUint16(4)),
    remote: address(family, bytes.subarray(24, 40), view.getUint16(6)),
    sendQueue,
    receiveQueue,
    ...listening(state, receiveQueue, sendQueue),
    inode: view.getUint32(68, true),
    uid: view.getUint32(64, true),
    ...timer(bytes[2]!, view.getUint32(52, true) / 1000, bytes[3]!),
    ...decodeAttributes(bytes.subarray(messageSize)),
    via: 'netlink',
  };
}

function address(family: KernelSocket['family'], bytes: Uint8Array, port: number): SocketAddress {
  if (family === 'AF_INET6') return {family, host: address6Text(bytes), port};
  return {family, host: bytes.subarray(0, 4).join('.'), port};
}

function decodeAttributes(bytes: Uint8Array): Pick<KernelSocket, 'info' | 'shutdown' | 'drops'> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const found: Pick<KernelSocket, 'info' | 'shutdown' | 'drops'> = {};
  for (let at = 0; at + 4 <= bytes.length; ) {
    const [length, type] = [view.getUint16(at, true), view.getUint16(at + 2, true)];
    if (length < 4 || at + length > bytes.length) break;
    const value = bytes.subarray(at + 4, at + length);
    if (type === attributes.INET_DIAG_INFO) found.info = decodeTcpInfo(value);
    if (type === attributes.INET_DIAG_SKMEMINFO && value.length >= 36) found.drops = view.getUint32(at + 4 + 32, true);
    // sk_shutdown: bit 0 is RCV_SHUTDOWN, bit 1 SEND_SHUTDOWN (include/net/sock.h).
    if (type === attributes.INET_DIAG_SHUTDOWN)
      found.shutdown = {receive: (value[0]! & 1) !== 0, send: (value[0]! & 2) !== 0};
    at += aligned(length);
  }
  return found;
}
