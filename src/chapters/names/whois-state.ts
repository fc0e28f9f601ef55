import type {WhoisAsk, WhoisEvent} from './whois-shape.ts';

export interface WhoisHop {
  readonly index: number;
  readonly server: string;
  readonly address: string;
  readonly by: string;
  readonly question: string;
  readonly state: 'asking' | 'reading' | 'answered' | 'cut' | 'failed';
  readonly says: string;
  readonly size: number;
  readonly lines: number;
  readonly encoding: string;
  readonly seconds: number;
  /** The events that have the bytes of the question and of the answer; -1 while there is none. */
  readonly asked: number;
  readonly answer: number;
  readonly referrals: readonly WhoisReferral[];
}

export interface WhoisReferral {
  readonly by: string;
  readonly target: string;
  readonly line: number;
  readonly fate: 'followed' | 'asked' | 'unusable' | 'left';
  readonly says: string;
}

export interface WhoisState {
  readonly hops: readonly WhoisHop[];
  readonly ended: {readonly why: string; readonly says: string} | undefined;
}

/** An answer with more referrals than this is no answer to a question. */
const referralsKept = 20;

export function startWhoisState(_ask: WhoisAsk): WhoisState {
  return {hops: [], ended: undefined};
}

export function reduceWhois(state: WhoisState, event: WhoisEvent): WhoisState {
  switch (event.kind) {
    case 'hop': {
      const {index, server, address, by, question, seq} = event;
      // The next address of the same server, when one cannot be reached.
      const hop = {server, address, by, question, asked: seq};
      return changed(withHop(state, index, hop), index, () => hop);
    }
    case 'connected':
      return changed(state, event.index, () => ({state: 'reading'}));
    case 'answered': {
      const {size, lines, encoding, seconds, seq, end} = event;
      const whole = end === 'end of file';
      const says = whole ? '' : ends[end];
      return changed(state, event.index, () => ({
        ...{size, lines, encoding, seconds, says, answer: seq},
        state: whole ? 'answered' : 'cut',
      }));
    }
    case 'failed':
      // A server that could not even be found was never told of before.
      return changed(withHop(state, event.index, {server: event.server}), event.index, () => ({
        state: 'failed',
        says: event.says,
      }));
    case 'referral': {
      const {by, target, line, fate, says} = event;
      return changed(state, event.index, ({referrals}) => ({
        referrals: [...referrals, {by, target, line, fate, says}].slice(0, referralsKept),
      }));
    }
    default:
      return {...state, ended: {why: event.why, says: event.says}};
  }
}

function withHop(state: WhoisState, index: number, hop: Partial<WhoisHop>): WhoisState {
  if (state.hops.some(one => one.index === index)) return state;
  const fresh: WhoisHop = {
    ...{index, server: '', address: '', by: '', question: '', state: 'asking', says: '', size: 0, lines: 0},
    ...{encoding: '', seconds: 0, asked: -1, answer: -1, referrals: []},
  };
  return {...state, hops: [...state.hops, {...fresh, ...hop}]};
}

const ends = {
  'time-out': 'the server fell silent before the end',
  limit: 'the answer is longer than the limit: the rest was not read',
  error: 'the connection broke before the end',
} as const;

function changed(state: WhoisState, index: number, change: (hop: WhoisHop) => Partial<WhoisHop>): WhoisState {
  return {...state, hops: state.hops.map(hop => (hop.index === index ? {...hop, ...change(hop)} : hop))};
}
