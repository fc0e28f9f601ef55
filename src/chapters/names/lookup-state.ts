import type {FieldsOf} from '../../journal/event.ts';
import type {LookupEvent, lookupEvents, RowFields} from './lookup-events.ts';

type Told<Kind extends keyof typeof lookupEvents> = FieldsOf<typeof lookupEvents, Kind>;

export interface LookupState {
  readonly phase: 'asking' | 'answered' | 'failed' | 'cancelled';
  /** The call that was made. */
  readonly call: string;
  readonly rows: readonly RowFields[];
  readonly answer: Told<'answer'> | undefined;
  readonly failure: Told<'failed'> | undefined;
  readonly idn: Told<'idn'> | undefined;
  readonly switch: Told<'switch'> | undefined;
  readonly resolver: Told<'resolver'> | undefined;
  readonly sources: readonly Told<'source'>[];
  readonly hosts: readonly Told<'hosts'>[];
  readonly origin: Told<'origin'> | undefined;
  /** The last attempt of each row, by its number. */
  readonly attempts: Readonly<Record<number, Told<'attempt'>>>;
  /** The row whose socket is open. */
  readonly open: number | undefined;
  readonly lab: Told<'lab'> | undefined;
  readonly notices: readonly string[];
}

export const startLookup = (): LookupState => ({
  phase: 'asking',
  call: '',
  rows: [],
  answer: undefined,
  failure: undefined,
  idn: undefined,
  switch: undefined,
  resolver: undefined,
  sources: [],
  hosts: [],
  origin: undefined,
  attempts: {},
  open: undefined,
  lab: undefined,
  notices: [],
});

/** Notices that are kept: each is a sentence of ours, and there are few. */
const mostNotices = 50;

export function reduceLookup(state: LookupState, event: LookupEvent): LookupState {
  switch (event.kind) {
    case 'asked':
      return {...startLookup(), call: event.call, lab: state.phase === 'asking' ? state.lab : undefined};
    case 'row':
      return {...state, rows: [...state.rows, fieldsOf(event)]};
    case 'answer':
      return {...state, phase: 'answered', answer: fieldsOf(event)};
    case 'failed':
      return {...state, phase: 'failed', failure: fieldsOf(event)};
    case 'cancelled':
      return {...state, phase: 'cancelled'};
    case 'idn':
    case 'switch':
    case 'resolver':
    case 'origin':
      return {...state, [event.kind]: fieldsOf(event)};
    case 'lab':
      return {...state, phase: 'asking', lab: fieldsOf(event)};
    case 'source':
      return {...state, sources: [...state.sources.filter(({name}) => name !== event.name), fieldsOf(event)]};
    case 'hosts':
      return {...state, hosts: [...state.hosts, fieldsOf(event)]};
    case 'attempt': {
      const attempts = {...state.attempts, [event.row]: fieldsOf(event)};
      return {...state, attempts, open: event.connected ? event.row : state.open};
    }
    case 'closed':
      return {...state, open: undefined};
    case 'notice':
      return {...state, notices: [...state.notices, event.says].slice(-mostNotices)};
    default:
      return state;
  }
}

type Stamped = {readonly kind: string; readonly t: number; readonly seq: number; readonly run: number};

/** What an event says, without when. */
function fieldsOf<E extends Stamped & {readonly bytes?: unknown}>(event: E): Omit<E, keyof Stamped | 'bytes'> {
  const {kind: _kind, t: _t, seq: _seq, run: _run, bytes: _bytes, ...fields} = event;
  return fields;
}
