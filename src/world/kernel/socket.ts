import type {SocketAddress} from '../libc/address.ts';
import type {TcpInfo, TcpState} from '../libc/tcp-info.ts';

export type Protocol = 'tcp' | 'udp';

/** One socket as the kernel sees it, whoever holds it, and also when nobody does any more (TIME_WAIT). */
export interface KernelSocket {
  family: 'AF_INET' | 'AF_INET6';
  protocol: Protocol;
  /** For UDP: CLOSE is not connected, ESTABLISHED is connected. */
  state: TcpState;
  local: SocketAddress;
  remote: SocketAddress;
  /** Bytes the peer has not acknowledged yet, our FIN counting as one. For LISTEN: `backlog`, as far as it is told. */
  sendQueue: number;
  /** Bytes nobody has read yet, the peer's FIN counting as one (SIOCINQ leaves it out). For LISTEN: `acceptQueue`. */
  receiveQueue: number;
  /** LISTEN: connections that are made and wait for accept(). */
  acceptQueue?: number;
  /** LISTEN: what listen() was told. Netlink only. */
  backlog?: number;
  /** Which processes hold it is found by this number; 0 when none does. */
  inode: number;
  uid: number;
  /** What the kernel waits for. */
  timer?: {kind: Timer; seconds: number; retransmits: number};
  /** Which directions this end has shut down: the only place where SHUT_RD can be seen. Netlink only. */
  shutdown?: {receive: boolean; send: boolean};
  /** Datagrams thrown away because the queue was full. */
  drops?: number;
  /** TCP_INFO, when it was asked for. Netlink only. */
  info?: TcpInfo;
  via: 'netlink' | 'proc';
}

export const timers = ['', 'retransmit', 'keepalive', 'time-wait', 'window-probe'] as const;
export type Timer = Exclude<(typeof timers)[number], ''>;

/** Which sockets to tell; every part that is given must hold. */
export interface SocketFilter {
  /** Default: tcp. */
  protocol?: Protocol;
  /** Either end has this port. */
  port?: number;
  localPort?: number;
  remotePort?: number;
  states?: readonly TcpState[];
  /** Leave TCP_INFO out: a third less work for the kernel. */
  withoutInfo?: boolean;
  /** Ask this source only. */
  via?: 'netlink' | 'proc';
}

/** Whether a socket is one that was asked for: what netlink filters in the kernel, /proc must filter here. */
export function matches(socket: KernelSocket, filter: SocketFilter): boolean {
  const {port, localPort, remotePort, states} = filter;
  const [local, remote] = [portOf(socket.local), portOf(socket.remote)];
  return (
    (port === undefined || local === port || remote === port) &&
    (localPort === undefined || local === localPort) &&
    (remotePort === undefined || remote === remotePort) &&
    (states === undefined || states.includes(socket.state))
  );
}

export function portOf(address: SocketAddress): number | undefined {
  return address.family === 'AF_UNIX' ? undefined : address.port;
}

/** What a listening socket's two queues mean: the same two numbers in netlink, in TCP_INFO and in `ss`. */
export function listening(state: TcpState, receiveQueue: number, backlog?: number): Partial<KernelSocket> {
  if (state !== 'LISTEN') return {};
  return {acceptQueue: receiveQueue, ...(backlog !== undefined && {backlog})};
}

export function timer(number: number, seconds: number, retransmits: number): Pick<KernelSocket, 'timer'> {
  const kind = timers[number];
  return kind ? {timer: {kind, seconds, retransmits}} : {};
}
