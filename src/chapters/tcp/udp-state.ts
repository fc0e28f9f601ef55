import type {UdpEvent, UdpFact} from './udp-events.ts';
import type {UdpAsk} from './udp-fields.ts';
import {roleOf} from './udp-fields.ts';

/** One try of the question under way: how long it waited, and what came of it. */
export interface Attempt {
  readonly number: number;
  readonly timeout: number;
  readonly outcome: 'waiting' | 'answered' | 'nothing';
}

export interface UdpState {
  readonly role: UdpAsk['role'];
  readonly server: {
    readonly address: string;
    readonly mode: 'starting' | 'answering' | 'silent' | 'closed';
    readonly heard: number;
    readonly answered: number;
    readonly dropped: number;
  };
  readonly client: {
    /** As getsockname() told it last; empty before that. */
    readonly address: string;
    /** Whether the kernel has chosen its port. */
    readonly bound: boolean;
    readonly connected: boolean;
    readonly broadcast: boolean;
    readonly sent: number;
    readonly received: number;
    /** Datagrams from somebody who was not asked. */
    readonly strangers: number;
  };
  /** Of the last question. */
  readonly attempts: readonly Attempt[];
  readonly gaveUp: boolean;
  /** The last ones, newest last, each under the number of its event. */
  readonly facts: readonly {readonly seq: number; readonly t: number; readonly name: UdpFact; readonly says: string}[];
  readonly notice: string | undefined;
}

const factsKept = 40;
const attemptsKept = 40;

export function startUdp(ask: UdpAsk): UdpState {
  return {
    role: roleOf(ask),
    server: {address: '', mode: 'starting', heard: 0, answered: 0, dropped: 0},
    client: {
      address: '',
      bound: false,
      connected: false,
      broadcast: false,
      sent: 0,
      received: 0,
      strangers: 0,
    },
    attempts: [],
    gaveUp: false,
    facts: [],
    notice: undefined,
  };
}

export function reduceUdp(state: UdpState, event: UdpEvent): UdpState {
  const {client, server} = state;
  switch (event.kind) {
    case 'notice':
      return {...state, notice: event.says};
    case 'listening':
      return {...state, server: {...server, address: event.address, mode: 'answering'}};
    case 'server':
      return {...state, server: {...server, mode: event.state}};
    case 'local':
      return {...state, client: {...client, address: event.address, bound: !event.address.endsWith(':0')}};
    case 'mode':
      return {...state, client: {...client, connected: event.connected, broadcast: event.broadcast}};
    case 'heard': {
      const heard = server.heard + 1;
      const answered = server.answered + (event.fate === 'answered' ? 1 : 0);
      const dropped = server.dropped + (event.fate === 'dropped' ? 1 : 0);
      return {...state, server: {...server, heard, answered, dropped}};
    }
    case 'attempt': {
      const before = event.number === 1 ? [] : state.attempts;
      const {number, timeout} = event;
      return {
        ...state,
        gaveUp: false,
        attempts: [...before, {number, timeout, outcome: 'waiting' as const}].slice(-attemptsKept),
      };
    }
    case 'timeout':
      return {...state, attempts: withOutcome(state.attempts, 'nothing')};
    case 'gaveUp':
      return {...state, gaveUp: true};
    case 'reply': {
      const received = client.received + 1;
      const strangers = client.strangers + (event.expected ? 0 : 1);
      const attempts = event.late ? state.attempts : withOutcome(state.attempts, 'answered');
      return {...state, attempts, client: {...client, received, strangers}};
    }
    case 'fact': {
      const {seq, t, name, says} = event;
      return {...state, facts: [...state.facts, {seq, t, name, says}].slice(-factsKept)};
    }
    case 'call': {
      const sends = event.by === 'client' && event.direction === 'sent';
      return sends ? {...state, client: {...client, sent: client.sent + 1}} : state;
    }
    default:
      return state;
  }
}

function withOutcome(attempts: readonly Attempt[], outcome: Attempt['outcome']): readonly Attempt[] {
  const last = attempts.at(-1);
  return last?.outcome === 'waiting' ? attempts.with(-1, {...last, outcome}) : attempts;
}
