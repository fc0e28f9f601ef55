/**
 * The states of a TCP connection (RFC 9293 §3.3.2), by the names that Linux's tools print for them, in the order in which a
 * connection can come through them. `kernel` is the number in TCP_INFO and SOCK_DIAG (Linux, net/tcp_states.h).
 */
export const tcpStates = {
  CLOSED: {rfc: 'CLOSED', kernel: 7, means: 'There is no connection.'},
  LISTEN: {rfc: 'LISTEN', kernel: 10, means: 'Waiting for anybody to connect.'},
  SYN_SENT: {rfc: 'SYN-SENT', kernel: 2, means: 'Asked for a connection; no answer yet.'},
  SYN_RECV: {rfc: 'SYN-RECEIVED', kernel: 3, means: 'Both have asked; our SYN is not acknowledged yet.'},
  ESTABLISHED: {rfc: 'ESTABLISHED', kernel: 1, means: 'Open: bytes go both ways.'},
  FIN_WAIT1: {rfc: 'FIN-WAIT-1', kernel: 4, means: 'We have said that we are done; no acknowledgment yet.'},
  FIN_WAIT2: {rfc: 'FIN-WAIT-2', kernel: 5, means: 'Our direction is closed; the other end may still send.'},
  CLOSE_WAIT: {
    rfc: 'CLOSE-WAIT',
    kernel: 8,
    means: 'The other end is done; this program has not closed yet and may still send.',
  },
  CLOSING: {
    rfc: 'CLOSING',
    kernel: 11,
    means: 'Both ends said at the same time that they are done; our FIN is not acknowledged yet.',
  },
  LAST_ACK: {rfc: 'LAST-ACK', kernel: 9, means: 'Both ends are done; our FIN is not acknowledged yet.'},
  TIME_WAIT: {
    rfc: 'TIME-WAIT',
    kernel: 6,
    means: 'Over, and remembered for a while in case the last acknowledgment got lost.',
  },
} as const satisfies Readonly<Record<string, {rfc: string; kernel: number; means: string}>>;

export type TcpState = keyof typeof tcpStates;

export const tcpStateNames = Object.keys(tcpStates) as readonly TcpState[];

/** What makes a connection change its state, and which call of the sockets interface or which segment that is. */
export const tcpEvents = {
  'passive open': 'listen()',
  'active open': 'connect()',
  send: 'sending on a listening connection; the sockets interface has no call for it',
  close: 'close(), or shutdown(SHUT_WR)',
  abort: 'close() with linger 0, or with bytes unread',
  'rcv SYN': 'a SYN arrives',
  'rcv SYN,ACK': 'a SYN arrives that acknowledges ours',
  'rcv ACK of SYN': 'an acknowledgment of our SYN arrives',
  'rcv FIN': 'a FIN arrives',
  'rcv FIN,ACK of FIN': 'a FIN arrives that acknowledges ours',
  'rcv ACK of FIN': 'an acknowledgment of our FIN arrives',
  'rcv RST': 'a reset arrives',
  'timeout 2MSL': 'twice the longest life of a segment has passed',
} as const;

export type TcpEvent = keyof typeof tcpEvents;

/** One way from a state to another: because of an event, doing something. `section` is where RFC 9293 says so. */
export interface TcpTransition {
  readonly from: TcpState;
  readonly to: TcpState;
  readonly on: TcpEvent;
  /** What is sent, if anything. */
  readonly sends?: 'SYN' | 'SYN,ACK' | 'ACK' | 'FIN' | 'RST';
  readonly section: string;
}

/** The edges of RFC 9293, figure 5, with what its notes 1 and 2 add. */
export const tcpTransitions: readonly TcpTransition[] = [
  {from: 'CLOSED', to: 'LISTEN', on: 'passive open', section: '3.10.1'},
  {from: 'CLOSED', to: 'SYN_SENT', on: 'active open', sends: 'SYN', section: '3.10.1'},
  {from: 'LISTEN', to: 'CLOSED', on: 'close', section: '3.10.4'},
  {from: 'LISTEN', to: 'SYN_SENT', on: 'send', sends: 'SYN', section: '3.10.2'},
  {from: 'LISTEN', to: 'SYN_RECV', on: 'rcv SYN', sends: 'SYN,ACK', section: '3.10.7.2'},
  {from: 'SYN_SENT', to: 'CLOSED', on: 'close', section: '3.10.4'},
  {from: 'SYN_SENT', to: 'SYN_RECV', on: 'rcv SYN', sends: 'SYN,ACK', section: '3.10.7.3'},
  {from: 'SYN_SENT', to: 'ESTABLISHED', on: 'rcv SYN,ACK', sends: 'ACK', section: '3.10.7.3'},
  {from: 'SYN_RECV', to: 'LISTEN', on: 'rcv RST', section: '3.10.7.4'},
  {from: 'SYN_RECV', to: 'ESTABLISHED', on: 'rcv ACK of SYN', section: '3.10.7.4'},
  {from: 'SYN_RECV', to: 'FIN_WAIT1', on: 'close', sends: 'FIN', section: '3.10.4'},
  {from: 'ESTABLISHED', to: 'FIN_WAIT1', on: 'close', sends: 'FIN', section: '3.10.4'},
  {from: 'ESTABLISHED', to: 'CLOSE_WAIT', on: 'rcv FIN', sends: 'ACK', section: '3.10.7.4'},
  {from: 'FIN_WAIT1', to: 'FIN_WAIT2', on: 'rcv ACK of FIN', section: '3.10.7.4'},
  {from: 'FIN_WAIT1', to: 'CLOSING', on: 'rcv FIN', sends: 'ACK', section: '3.10.7.4'},
  {from: 'FIN_WAIT1', to: 'TIME_WAIT', on: 'rcv FIN,ACK of FIN', sends: 'ACK', section: '3.10.7.4'},
  {from: 'FIN_WAIT2', to: 'TIME_WAIT', on: 'rcv FIN', sends: 'ACK', section: '3.10.7.4'},
  {from: 'CLOSING', to: 'TIME_WAIT', on: 'rcv ACK of FIN', section: '3.10.7.4'},
  {from: 'CLOSE_WAIT', to: 'LAST_ACK', on: 'close', sends: 'FIN', section: '3.10.4'},
  {from: 'LAST_ACK', to: 'CLOSED', on: 'rcv ACK of FIN', section: '3.10.7.4'},
  {from: 'TIME_WAIT', to: 'CLOSED', on: 'timeout 2MSL', section: '3.10.8'},
];

/** What figure 5 leaves to its note 3: a reset ends a connection from anywhere. A listening one is not reset: it stays. */
export const tcpResets: readonly TcpTransition[] = tcpStateNames
  .filter(state => state !== 'CLOSED' && state !== 'LISTEN')
  .flatMap(from => {
    const arrives = {
      from,
      to: 'CLOSED',
      on: 'rcv RST',
      section: from === 'SYN_SENT' ? '3.10.7.3' : '3.10.7.4',
    } as const;
    // Only a connection that the other end may still believe in is aborted with a segment (RFC 9293 §3.10.5).
    const tells = !['SYN_SENT', 'CLOSING', 'LAST_ACK', 'TIME_WAIT'].includes(from);
    return [arrives, {from, to: 'CLOSED', on: 'abort', ...(tells && {sends: 'RST'}), section: '3.10.5'} as const];
  });

/** Why a connection can have gone from one state straight to another; `undefined` when it cannot. */
export function tcpTransition(from: TcpState, to: TcpState, on?: TcpEvent): TcpTransition | undefined {
  const matches = (one: TcpTransition) => one.from === from && one.to === to && (on === undefined || one.on === on);
  return tcpTransitions.find(matches) ?? tcpResets.find(matches);
}

/** The state that the kernel means by a number or by one of its spellings: `FIN-WAIT-2`, `FIN_WAIT2`, `CLOSE`, `SYN_RECV`. */
export function tcpStateOf(kernel: number | string): TcpState | undefined {
  if (typeof kernel === 'number')
    return kernel === newSynReceived ? 'SYN_RECV' : tcpStateNames.find(name => tcpStates[name].kernel === kernel);
  const letters = lettersOf(kernel);
  return (
    spellings[letters] ??
    tcpStateNames.find(name => [name, tcpStates[name].rfc].some(spelled => lettersOf(spelled) === letters))
  );
}

/** Linux keeps connections that are not yet accepted as mere requests and gives those a number of their own. */
const newSynReceived = 12;

const spellings: Readonly<Record<string, TcpState>> = {
  CLOSE: 'CLOSED',
  ESTAB: 'ESTABLISHED',
  NEWSYNRECV: 'SYN_RECV',
  SYNRCVD: 'SYN_RECV',
};

function lettersOf(name: string): string {
  return name.toUpperCase().replace(/[^A-Z0-9]/g, '');
}
