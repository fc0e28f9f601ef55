import type {Outcome, TraceEvent} from './trace-events.ts';
import type {TraceAsk} from './trace-fields.ts';

export interface TraceZone {
  readonly seq: number;
  readonly number: number;
  readonly zone: string;
  readonly parent: number;
  readonly by: string;
  readonly servers: readonly {readonly name: string; readonly addresses: readonly string[]; readonly source: string}[];
  readonly signed: boolean | undefined;
  readonly records: readonly string[];
}

export interface TraceAsked {
  /** The event that has the response and its bytes. */
  readonly seq: number;
  readonly zone: number;
  readonly server: string;
  readonly address: string;
  readonly name: string;
  readonly type: string;
  readonly why: string;
  readonly outcome: Outcome;
  readonly says: string;
  readonly rcode: string;
  readonly aa: boolean;
  readonly seconds: number;
  readonly records: readonly string[];
}

export interface TraceFinding {
  readonly seq: number;
  readonly zone: number;
  readonly code: string;
  readonly severity: 'wrong' | 'odd';
  readonly says: string;
}

export type Verdict = 'secure' | 'insecure' | 'bogus' | 'indeterminate';

export interface TraceLink {
  readonly zone: string;
  readonly what: string;
  readonly verdict: Verdict;
  readonly reason: string;
  readonly keyTag: number | undefined;
  readonly algorithm: string | undefined;
  readonly inception: string | undefined;
  readonly expiration: string | undefined;
}

export interface TraceState {
  readonly zones: readonly TraceZone[];
  readonly asked: readonly TraceAsked[];
  readonly findings: readonly TraceFinding[];
  readonly aliases: readonly {readonly seq: number; readonly from: string; readonly to: string; readonly by: string}[];
  readonly answer:
    | {
        readonly seq: number;
        readonly zone: number;
        readonly outcome: Outcome;
        readonly rcode: string;
        readonly says: string;
        readonly records: readonly string[];
        readonly denial: readonly string[];
      }
    | undefined;
  readonly links: readonly TraceLink[];
  readonly verdict: {readonly verdict: Verdict; readonly reason: string; readonly extendedError: string} | undefined;
  readonly ended: {readonly says: string; readonly queries: number; readonly seconds: number} | undefined;
}

export function startTrace(_ask: TraceAsk): TraceState {
  return {
    zones: [],
    asked: [],
    findings: [],
    aliases: [],
    answer: undefined,
    links: [],
    verdict: undefined,
    ended: undefined,
  };
}

export function reduceTrace(state: TraceState, event: TraceEvent): TraceState {
  switch (event.kind) {
    case 'zone': {
      const {seq, number, zone, parent, by, servers, signed, records} = event;
      return {...state, zones: [...state.zones, {seq, number, zone, parent, by, servers, signed, records}]};
    }
    case 'asked': {
      const {
        seq,
        zone,
        server,
        address,
        name,
        type,
        why,
        outcome,
        says,
        rcode = '',
        aa = false,
        seconds,
        records,
      } = event;
      const asked = {seq, zone, server, address, name, type, why, outcome, says, rcode, aa, seconds, records};
      return {...state, asked: [...state.asked, asked]};
    }
    case 'finding': {
      const {seq, zone, code, severity, says} = event;
      return {...state, findings: [...state.findings, {seq, zone, code, severity, says}]};
    }
    case 'alias': {
      const {seq, from, to, by} = event;
      return {...state, aliases: [...state.aliases, {seq, from, to, by}]};
    }
    case 'answer': {
      const {seq, zone, outcome, rcode, says, records, denial} = event;
      return {...state, answer: {seq, zone, outcome, rcode, says, records, denial}};
    }
    case 'link': {
      const {zone, what, verdict, reason, keyTag, algorithm, inception, expiration} = event;
      const link = {zone, what, verdict, reason, keyTag, algorithm, inception, expiration};
      return {...state, links: [...state.links, link]};
    }
    case 'verdict': {
      const {verdict, reason, extendedError = ''} = event;
      return {...state, verdict: {verdict, reason, extendedError}};
    }
    default: {
      const {says, queries, seconds} = event;
      return {...state, ended: {says, queries, seconds}};
    }
  }
}
