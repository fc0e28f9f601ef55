import type {QueryEvent} from './query-events.ts';
import type {QueryAsk} from './query-fields.ts';

/** One question to one server, and what came of it. Messages are kept by the sequence numbers of their events. */
export interface ExchangeRow {
  readonly number: number;
  readonly name: string;
  readonly type: string;
  readonly label: string;
  readonly server: string;
  readonly transport: string;
  readonly query: number;
  readonly response?: number;
  readonly truncated?: number;
  /** `NOERROR`. */
  readonly status?: string;
  readonly answers?: number;
  readonly seconds?: number;
  readonly size?: number;
  readonly session?: string;
  /** Why there is no response. */
  readonly problem?: string;
  readonly retries: number;
  readonly ignored: number;
}

export interface Compared {
  readonly name: string;
  readonly type: string;
  readonly agree: boolean;
  readonly groups: readonly {
    readonly servers: readonly string[];
    readonly says: string;
    readonly records: readonly string[];
  }[];
}

export interface QueryState {
  /** What actions have changed of the ask. */
  readonly asked: Partial<Pick<QueryAsk, 'name' | 'type' | 'server' | 'transport' | 'dnssec' | 'cd'>>;
  /** The newest, in the order in which they were asked. */
  readonly rows: readonly ExchangeRow[];
  readonly sent: number;
  readonly answered: number;
  readonly failed: number;
  readonly ignored: number;
  /** Of the last question that went to several servers, one entry for each type. */
  readonly compared: readonly Compared[];
  /** The last thing worth a sentence. */
  readonly says?: string;
}

/** Rows kept: more than a person asks by hand. */
const mostRows = 100;

export function startQuery(): QueryState {
  return {asked: {}, rows: [], sent: 0, answered: 0, failed: 0, ignored: 0, compared: []};
}

export function reduceQuery(state: QueryState, event: QueryEvent): QueryState {
  switch (event.kind) {
    case 'asked': {
      const {name, type, server, transport, dnssec, cd} = event;
      return {
        ...state,
        asked: {name, type, server, transport: transport as QueryAsk['transport'], dnssec, cd},
        compared: [],
      };
    }
    case 'query':
      return {...state, sent: state.sent + 1, rows: [...state.rows.slice(1 - mostRows), rowOf(event)]};
    case 'response': {
      const {seq, transport, RCODEname, ANCOUNT, seconds, size, session, ignored} = event;
      const found = {response: seq, transport, status: RCODEname, answers: ANCOUNT, seconds, size, ignored};
      const rows = changed(state, event.number, {...found, ...(session !== undefined && {session})});
      return {...state, rows, answered: state.answered + 1};
    }
    case 'truncated':
      return {...state, rows: changed(state, event.number, {truncated: event.seq})};
    case 'transfer':
      return {...state, rows: changed(state, event.number, {response: event.seq, status: 'NOERROR'})};
    case 'transferred': {
      const {records, seconds, size, session} = event;
      const found = {answers: records, seconds, size, ...(session !== undefined && {session})};
      return {...state, rows: changed(state, event.number, found), answered: state.answered + 1};
    }
    case 'failure': {
      const rows = changed(state, event.number, {problem: event.says, ignored: event.ignored});
      return {...state, rows, failed: state.failed + 1, says: event.says};
    }
    case 'note':
      return noted(state, event);
    case 'compared': {
      const {name, type, agree, groups} = event;
      return {...state, compared: [...state.compared, {name, type, agree, groups}]};
    }
  }
}

function rowOf(event: Extract<QueryEvent, {kind: 'query'}>): ExchangeRow {
  const {number, QNAME = '.', QTYPEname = '', label, server, transport, seq} = event;
  return {number, name: QNAME, type: QTYPEname, label, server, transport, query: seq, retries: 0, ignored: 0};
}

function noted(state: QueryState, {number, about, says}: Extract<QueryEvent, {kind: 'note'}>): QueryState {
  const told = about === 'sent' || about === 'connected' ? state : {...state, says};
  if (about === 'ignored') return {...told, ignored: state.ignored + 1};
  if (about !== 'retry' || number === undefined) return told;
  const retries = (state.rows.find(row => row.number === number)?.retries ?? 0) + 1;
  return {...told, rows: changed(state, number, {retries})};
}

function changed({rows}: QueryState, number: number, change: Partial<ExchangeRow>): readonly ExchangeRow[] {
  return rows.map(row => (row.number === number ? {...row, ...change} : row));
}
