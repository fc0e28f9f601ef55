import type {ConnectEvent} from './connect-events.ts';
import type {ConnectAsk} from './connect-fields.ts';

type Sample = Omit<Extract<ConnectEvent, {kind: 'sample'}>, 't' | 'seq' | 'run' | 'kind' | 'bytes'>;

/** How many samples the small curves have. */
const remembered = 120;

const mostNotices = 4;

/** Attempts that are kept; every one is an event. */
const mostAttempts = 32;

export interface ConnectState {
  readonly phase: 'dialling' | 'open' | 'broken' | 'closed';
  readonly connection: number;
  readonly target: string;
  readonly local: string;
  readonly remote: string;
  readonly attempts: readonly {readonly address: string; readonly errno: string; readonly seconds: number}[];
  /** This side has ended the direction. */
  readonly sendShut: boolean;
  readonly receiveShut: boolean;
  readonly peerEnded: boolean;
  readonly reading: boolean;
  readonly sent: number;
  readonly received: number;
  /** Bytes that moved and are not shown one by one. */
  readonly untold: number;
  /** The program's own buffer. */
  readonly waiting: number;
  readonly mostWaiting: number;
  readonly lost: number;
  readonly errno: string;
  readonly why: string;
  /** The last few. */
  readonly notices: readonly string[];
  /** The process of the echo server that was started for this client; 0 when the server is somebody else’s. */
  readonly echo: number;
  readonly sample: Sample | undefined;
  readonly curves: {
    readonly rtt: readonly number[];
    readonly window: readonly number[];
    readonly rate: readonly number[];
  };
}

export function startConnect(ask: ConnectAsk): ConnectState {
  return {
    phase: 'dialling',
    connection: 0,
    target: `${ask.host.includes(':') ? `[${ask.host}]` : ask.host}:${ask.port}`,
    local: '',
    remote: '',
    attempts: [],
    sendShut: false,
    receiveShut: false,
    peerEnded: false,
    reading: true,
    sent: 0,
    received: 0,
    untold: 0,
    waiting: 0,
    mostWaiting: 0,
    lost: 0,
    errno: '',
    why: '',
    notices: [],
    echo: 0,
    sample: undefined,
    curves: {rtt: [], window: [], rate: []},
  };
}

export function reduceConnect(state: ConnectState, event: ConnectEvent): ConnectState {
  switch (event.kind) {
    case 'attempt': {
      const {address, errno = '', seconds} = event;
      return {...state, attempts: [...state.attempts, {address, errno, seconds}].slice(-mostAttempts)};
    }
    case 'connected':
      return {...state, phase: 'open', connection: event.connection, local: event.local, remote: event.remote};
    case 'call':
      return reduceCall(state, event);
    case 'more':
      return {
        ...state,
        sent: state.sent + event.sent,
        received: state.received + event.received,
        untold: state.untold + event.sent + event.received,
      };
    case 'waiting':
      return {...state, waiting: event.unsent, mostWaiting: Math.max(state.mostWaiting, event.unsent)};
    case 'eof':
      return {...state, peerEnded: true};
    case 'reading':
      return {...state, reading: event.on};
    case 'broken':
      return {...state, phase: 'broken', errno: event.errno ?? ''};
    case 'closed':
      // An address that was tried and failed closes its descriptor too.
      if (state.phase === 'dialling') return state;
      return {
        ...state,
        phase: 'closed',
        why: event.why,
        errno: event.errno ?? state.errno,
        lost: event.unsent,
        waiting: 0,
      };
    case 'notice':
      return {...state, notices: [...state.notices, event.says].slice(-mostNotices), echo: event.echo ?? state.echo};
    case 'sample':
      return reduceSample(state, event);
    default:
      return state;
  }
}

function reduceCall(state: ConnectState, event: Extract<ConnectEvent, {kind: 'call'}>): ConnectState {
  const {name, direction, bytes, errno} = event;
  const length = bytes?.length ?? 0;
  const moved = direction !== undefined && length > 0 ? {[direction]: state[direction] + length} : {};
  if (name !== 'shutdown' || errno !== undefined) return direction === undefined ? state : {...state, ...moved};
  const how = String((event.arguments as readonly unknown[])[1]);
  return {
    ...state,
    sendShut: state.sendShut || how !== 'SHUT_RD',
    receiveShut: state.receiveShut || how !== 'SHUT_WR',
  };
}

function reduceSample(state: ConnectState, event: Extract<ConnectEvent, {kind: 'sample'}>): ConnectState {
  const {t: _t, seq: _seq, run: _run, kind: _kind, bytes: _bytes, ...sample} = event;
  const {rtt, window, rate} = state.curves;
  const grown = (curve: readonly number[], value: number | undefined) =>
    value === undefined ? curve : [...curve, value].slice(-remembered);
  const curves = {
    rtt: grown(rtt, sample.rtt),
    window: grown(window, sample.congestionWindow),
    rate: grown(rate, sample.deliveryRate),
  };
  // When it is closed the kernel keeps only the state: the figures seen last stay.
  return {...state, sample: {...state.sample, ...sample}, curves};
}
