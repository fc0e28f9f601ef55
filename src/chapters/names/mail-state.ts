import type {MailEvent, Outcome, Verdict} from './mail-events.ts';
import type {MailAsk} from './mail-fields.ts';

export interface MailExchanger {
  readonly index: number;
  readonly name: string;
  readonly preference: number;
  readonly source: 'MX' | 'implicit' | 'literal' | 'named';
  readonly addresses: readonly string[];
  readonly alias: string;
  readonly says: string;
  readonly outcome: Outcome | 'trying' | undefined;
  /** Of the outcome, in a sentence. */
  readonly outcomeSays: string;
}

export interface MailState {
  readonly exchangers: readonly MailExchanger[];
  readonly lookUps: number;
  /** Sequence numbers of what the conversation shows, oldest first. */
  readonly talk: readonly number[];
  readonly plan: readonly string[];
  /** The event that has the message. -1 while there is none. */
  readonly message: number;
  readonly verdict: {readonly kind: Verdict; readonly says: string} | undefined;
  /** The connection that is open. */
  readonly open:
    | {readonly conversation: number; readonly exchanger: number; readonly name: string; readonly secure: boolean}
    | undefined;
  /** The verb the server has not answered yet, and what it said to the last. */
  readonly awaiting: {readonly verb: string; readonly code: number};
  readonly kept: number;
}

/** Rows of the conversation; more than that is no conversation any more. */
const talkKept = 2000;

export function startMailState(_ask: MailAsk): MailState {
  return {
    exchangers: [],
    lookUps: 0,
    talk: [],
    plan: [],
    message: -1,
    verdict: undefined,
    open: undefined,
    awaiting: {verb: '', code: 0},
    kept: -1,
  };
}

export function reduceMail(before: MailState, event: MailEvent): MailState {
  const state = {...before, talk: [...before.talk, event.seq].slice(-talkKept)};
  switch (event.kind) {
    case 'query':
      return {...state, lookUps: state.lookUps + 1};
    case 'exchanger': {
      const {index, name, preference, source, addresses, alias = '', says} = event;
      const one = {index, name, preference, source, addresses, alias, says, outcome: undefined, outcomeSays: ''};
      return {...state, exchangers: [...state.exchangers, one]};
    }
    case 'message':
      return {...state, message: event.seq};
    case 'plan':
      return {...state, plan: event.lines};
    case 'trying': {
      const {conversation, exchanger, name} = event;
      const open = {conversation, exchanger, name, secure: false};
      return {...withOutcome(state, exchanger, 'trying', ''), open, awaiting: {verb: '', code: 0}};
    }
    case 'line':
      return {...state, awaiting: {verb: event.verb, code: event.from === 'server' && event.last ? event.code : 0}};
    case 'secured':
      return {...state, open: state.open && {...state.open, secure: true}};
    case 'closed': {
      const {open, exchangers} = state;
      if (open?.conversation !== event.conversation) return state;
      // Only what was carried out has an outcome, and that is told behind this.
      const isTrying = exchangers.some(one => one.index === open.exchanger && one.outcome === 'trying');
      const after = isTrying ? withOutcome(state, open.exchanger, undefined, '') : state;
      return {...after, open: undefined};
    }
    case 'outcome':
      return withOutcome(state, event.exchanger, event.result, event.says);
    case 'kept':
      return {...state, kept: event.seq};
    case 'verdict':
      return {...state, verdict: {kind: event.result, says: event.says}};
    default:
      return state;
  }
}

function withOutcome(
  state: MailState,
  index: number,
  outcome: MailExchanger['outcome'],
  outcomeSays: string,
): MailState {
  const exchangers = state.exchangers.map(one => (one.index === index ? {...one, outcome, outcomeSays} : one));
  return {...state, exchangers};
}
