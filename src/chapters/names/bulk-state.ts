import type {BulkEvent} from './bulk-events.ts';
import type {Bucket} from './bulk-tally.ts';

/** Rows and samples that are kept; what came besides is counted. */
const mostSlow = 100;
const mostFailed = 400;
const mostBad = 100;
const mostSamples = 1200;

type Of<Kind extends BulkEvent['kind']> = Extract<BulkEvent, {kind: Kind}>;

/** An outcome worth looking at. */
export interface BulkRow {
  readonly number: number;
  readonly name: string;
  readonly type: string;
  readonly outcome: string;
  readonly seconds: number;
  readonly tries: number;
  readonly size: number;
  readonly transport: string;
  readonly flags: string;
  readonly answers: readonly string[];
}

export interface BadLine {
  readonly line: number;
  readonly text: string;
  readonly says: string;
}

export type BulkFigures = Pick<
  Of<'progress'>,
  | 'read'
  | 'done'
  | 'answered'
  | 'timeouts'
  | 'failed'
  | 'bad'
  | 'sent'
  | 'retries'
  | 'ignored'
  | 'truncated'
  | 'codes'
  | 'inFlight'
  | 'waiting'
  | 'rate'
  | 'p50'
  | 'p99'
>;

export interface BulkState {
  readonly server: string;
  readonly transport: string;
  readonly source: string;
  /** -1 when it is not known before everything is read. */
  readonly total: number;
  readonly concurrency: number;
  readonly rate: number;
  readonly paused: boolean;
  readonly figures: BulkFigures;
  readonly histogram: readonly Bucket[];
  /** Outcomes a second and questions in flight, one sample each `every` seconds; `dropped` older ones are gone. */
  readonly samples: {
    readonly every: number;
    readonly dropped: number;
    readonly rate: readonly number[];
    readonly inFlight: readonly number[];
  };
  /** The slowest answers, slowest first. */
  readonly slow: readonly BulkRow[];
  /** The first outcomes that are no NOERROR. */
  readonly wrong: readonly BulkRow[];
  readonly moreWrong: number;
  readonly badLines: readonly BadLine[];
  readonly summary: Omit<Of<'summary'>, 't' | 'seq' | 'run' | 'kind' | 'bytes' | 'codes'> | undefined;
}

const noFigures: BulkFigures = {
  read: 0,
  done: 0,
  answered: 0,
  timeouts: 0,
  failed: 0,
  bad: 0,
  sent: 0,
  retries: 0,
  ignored: 0,
  truncated: 0,
  codes: [],
  inFlight: 0,
  waiting: 0,
  rate: 0,
  p50: 0,
  p99: 0,
};

export function startBulkState(): BulkState {
  return {
    server: '',
    transport: 'udp',
    source: '',
    total: -1,
    concurrency: 0,
    rate: 0,
    paused: false,
    figures: noFigures,
    histogram: [],
    samples: {every: 1, dropped: 0, rate: [], inFlight: []},
    slow: [],
    wrong: [],
    moreWrong: 0,
    badLines: [],
    summary: undefined,
  };
}

export function reduceBulk(state: BulkState, event: BulkEvent): BulkState {
  switch (event.kind) {
    case 'started': {
      const {server, transport, source, total = -1, concurrency, rate, every} = event;
      return {...state, server, transport, source, total, concurrency, rate, samples: {...state.samples, every}};
    }
    case 'answer':
      return event.outcome === 'NOERROR' ? slower(state, event) : wrong(state, event);
    case 'bad': {
      const {line, text, says} = event;
      const figures = {...state.figures, bad: state.figures.bad + 1};
      if (state.badLines.length >= mostBad) return {...state, figures};
      return {...state, figures, badLines: [...state.badLines, {line, text, says}]};
    }
    case 'progress':
      return progressed(state, event);
    case 'pace': {
      const {concurrency, rate, paused} = event;
      return {...state, concurrency, rate, paused};
    }
    case 'summary': {
      const {t: _t, seq: _seq, run: _run, kind: _kind, bytes: _bytes, codes: _codes, ...summary} = event;
      return {...state, summary};
    }
  }
}

function rowOf({number, name, type, outcome, seconds, tries, size, transport, flags, answers}: Of<'answer'>): BulkRow {
  return {number, name, type, outcome, seconds, tries, size, transport, flags, answers: answers.slice(0, 20)};
}

/** Nearly every answer is quicker than the slowest hundred, and costs one comparison. */
function slower(state: BulkState, event: Of<'answer'>): BulkState {
  const {slow} = state;
  if (slow.length >= mostSlow && event.seconds <= slow.at(-1)!.seconds) return state;
  const found = slow.findIndex(({seconds}) => seconds < event.seconds);
  const at = found === -1 ? slow.length : found;
  return {...state, slow: slow.toSpliced(at, 0, rowOf(event)).slice(0, mostSlow)};
}

function wrong(state: BulkState, event: Of<'answer'>): BulkState {
  if (state.wrong.length >= mostFailed) return {...state, moreWrong: state.moreWrong + 1};
  return {...state, wrong: [...state.wrong, rowOf(event)]};
}

function progressed(state: BulkState, event: Of<'progress'>): BulkState {
  const {t: _t, seq: _seq, run: _run, kind: _kind, bytes: _bytes, histogram, ...figures} = event;
  const {samples} = state;
  const rate = [...samples.rate, event.rate];
  const inFlight = [...samples.inFlight, event.inFlight];
  const over = Math.max(0, rate.length - mostSamples);
  return {
    ...state,
    figures,
    histogram,
    samples: {
      every: samples.every,
      dropped: samples.dropped + over,
      rate: rate.slice(over),
      inFlight: inFlight.slice(over),
    },
  };
}
