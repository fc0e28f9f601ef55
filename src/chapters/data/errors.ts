import {ProblemError} from '../../journal/problem.ts';
import {type ActionReply, define, type Kit} from '../contract.ts';
import {choiceField} from '../fields.ts';
import {type ErrorId, errorIds} from './errors-cases.ts';
import {actualOutcome, happened, provoke} from './errors-provoke.ts';
import {type Clause, errorEvents, type HappenedFields, type Outcome, outcomes, outcomeWords} from './errors-shape.ts';
import type {Stage} from './errors-stage.ts';
import {clausesOf, nodeProgram, outcomesOf, pythonProgram} from './errors-statement.ts';

/** What is known of one error: how its last provocation went. */
export interface ErrorStatus {
  readonly outcome: Outcome;
  readonly status: 'under way' | 'happened' | 'unexpected' | 'missing';
  /** The clauses that were entered, in order. */
  readonly clauses: readonly Clause[];
  readonly happened?: HappenedFields;
  readonly why?: string;
  /** Sequence numbers of the events that belong to it: its calls are among them. */
  readonly from: number;
  readonly to: number;
}

export interface ErrorsState {
  /** The outcome that the next provocation is to have. */
  readonly outcome: Outcome;
  readonly errors: Readonly<Record<string, ErrorStatus>>;
  /** The one that is under way, or was last. */
  readonly last: string | undefined;
  readonly busy: boolean;
}

const fields = {
  error: choiceField({
    label: 'Error',
    options: ['all', ...errorIds],
    default: 'all',
    hint: 'what a command makes happen; here, press Enter on a row instead',
  }),
  outcome: choiceField({
    label: 'Outcome',
    options: outcomes,
    default: 'error',
    hint: 'error: this one; ok: the same call goes well; other: an error that no clause catches',
  }),
};

type Ask = {readonly error: string; readonly outcome: Outcome};

const notBusy = (state: ErrorsState): true | string =>
  state.busy ? 'A provocation is under way: wait until it has ended' : true;

export const errorsExperiment = define({
  id: 'data.errors',
  title: 'Errors',
  teaches:
    'Every network error, made to happen: the call, its errno, Python’s class, Node’s code, and the clauses that run.',
  opens: 'at once',
  positionals: ['error'],
  fields,
  events: errorEvents,
  actions: {
    provoke: {
      key: 'p',
      title: 'Provoke',
      hint: 9,
      possible: notBusy,
    },
    all: {key: 'a', title: 'Provoke all', hint: 8, possible: notBusy},
    outcome: {key: 'o', title: 'Other outcome', hint: 7},
  },
  script: ({error}) => [{action: error === 'all' ? 'all' : 'provoke'}],
  async run(ask, kit) {
    // It brings TLS with it, which nobody else should wait for.
    const {Stage} = await import('./errors-stage.ts');
    const stage = new Stage(kit.world, kit.signal);
    const director = new Director(stage, kit, ask);
    kit.handle({
      provoke: ({error}: {error?: string}) => director.provoke(error),
      all: () => director.all(),
      outcome: ({outcome}: {outcome?: Outcome}) => director.turn(outcome),
    });
    kit.whenAsked(asked => director.asked(asked));
    try {
      director.begin();
      await kit.stopped();
    } finally {
      await stage.close();
    }
  },
  start: ({outcome}): ErrorsState => ({outcome, errors: {}, last: undefined, busy: false}),
  reduce(state, event): ErrorsState {
    if (event.kind === 'chosen') return {...state, outcome: event.outcome};
    const {error, kind, seq} = event;
    const known = state.errors[error];
    const put = (status: ErrorStatus, busy: boolean): ErrorsState => ({
      ...state,
      errors: {...state.errors, [error]: {...status, to: seq + 1}},
      last: error,
      busy,
    });
    if (kind === 'began')
      return put({outcome: event.outcome, status: 'under way', clauses: [], from: seq, to: seq}, true);
    if (known === undefined || kind === 'call') return state;
    if (kind === 'clause') return put({...known, clauses: [...known.clauses, event.clause]}, state.busy);
    if (kind === 'missing') return put({...known, status: 'missing', why: event.why}, false);
    const {seq: _seq, t: _t, run: _run, kind: _kind, bytes: _bytes, ...told} = event;
    return put({...known, status: told.expected ? 'happened' : 'unexpected', happened: told}, false);
  },
  settled: ({outcome}) => ({outcome}),
  line(event) {
    if (event.kind === 'missing') return `${event.error.padEnd(18)}not here: ${event.why}`;
    if (event.kind !== 'happened') return undefined;
    const {error, outcome, expected, call, python, node, means, note} = event;
    const what = expected ? (outcome === 'error' ? 'happened' : outcomeWords[outcome]) : 'UNEXPECTED';
    return [
      `${error.padEnd(18)}${what}: ${call}`,
      ...(python === undefined ? [] : [`${' '.repeat(18)}Python  ${python.class}: ${python.text}`]),
      ...(node === undefined ? [] : [`${' '.repeat(18)}Node    ${node.why ?? `${node.code}: ${node.message ?? ''}`}`]),
      `${' '.repeat(18)}${means}${note === undefined ? '' : ` (${note})`}`,
    ].join('\n');
  },
  equivalents: ({error}) => equivalentsOf(error === 'all' ? 'ECONNREFUSED' : error),
});

/** Whole programs that make this error happen. */
export function equivalentsOf(id: string) {
  const node = nodeProgram(id);
  return [
    {language: 'Python', code: pythonProgram(id)} as const,
    ...(node === undefined ? [] : [{language: 'Node', code: node} as const]),
  ];
}

type ErrorsKit = Kit<typeof errorEvents, 'provoke' | 'all' | 'outcome', Ask>;

/** One provocation at a time. */
class Director {
  readonly #stage: Stage;
  readonly #kit: ErrorsKit;
  #ask: Ask;
  #busy = false;

  constructor(stage: Stage, kit: ErrorsKit, ask: Ask) {
    this.#stage = stage;
    this.#kit = kit;
    this.#ask = ask;
  }

  /** The form was edited; it makes nothing happen by itself. */
  asked(ask: Ask): void {
    if (ask.outcome !== this.#ask.outcome) this.#kit.emit('chosen', {outcome: ask.outcome});
    this.#ask = ask;
  }

  begin(): void {
    if (this.#ask.outcome !== 'error') this.#kit.emit('chosen', {outcome: this.#ask.outcome});
  }

  turn(wanted?: Outcome): void {
    const outcome = wanted ?? outcomes[(outcomes.indexOf(this.#ask.outcome) + 1) % outcomes.length]!;
    this.asked({...this.#ask, outcome});
  }

  async provoke(error?: string): Promise<ActionReply> {
    const id = error ?? this.#ask.error;
    if (id === 'all') return this.all();
    if (!errorIds.includes(id as ErrorId))
      return {code: 'errors.unknown', says: `There is no error “${id}” here`, next: 'Choose one of the list.'};
    return this.#exclusively([id], false);
  }

  all(): Promise<ActionReply> {
    return this.#exclusively(errorIds, true);
  }

  /** A command fails when one did not end as it was to; on the screen the list says so. */
  async #exclusively(ids: readonly string[], many: boolean): Promise<ActionReply> {
    if (this.#busy) return {code: 'errors.busy', says: 'A provocation is under way', next: 'Wait until it has ended.'};
    this.#busy = true;
    const failed: string[] = [];
    try {
      for (const id of ids) if (!this.#kit.signal.aborted && !(await this.#one(id, many))) failed.push(id);
    } finally {
      this.#busy = false;
    }
    if (failed.length === 0 || this.#kit.signal.aborted || !this.#kit.headless) return undefined;
    return {
      code: 'errors.absent',
      says: `${failed.join(', ')} did not happen as asked`,
      next: 'The lines above say why; wirebook doctor shows what this machine allows.',
    };
  }

  /** True when it ended as it was to. */
  async #one(id: string, many: boolean): Promise<boolean> {
    const {signal} = this.#kit;
    // Some end in one way only, which is no failure of a run through all.
    const outcome = many && !outcomesOf(id).includes(this.#ask.outcome) ? 'error' : this.#ask.outcome;
    const emit: ErrorsKit['emit'] = (kind, told) => {
      if (!signal.aborted) this.#kit.emit(kind, told);
    };
    const enter = (clause: Clause) => emit('clause', {error: id, outcome, clause});
    emit('began', {error: id, outcome});
    this.#stage.tell = call => emit('call', {error: id, ...call});
    enter('try');
    try {
      const ended = await provoke(id, outcome, this.#stage);
      if ('why' in ended) {
        emit('missing', {error: id, outcome, why: ended.why});
        return false;
      }
      for (const clause of clausesOf(actualOutcome(id, ended), id).slice(1)) enter(clause);
      const told = happened(id, outcome, ended);
      emit('happened', told);
      return told.expected;
    } catch (error) {
      if (signal.aborted) return false;
      emit('missing', {error: id, outcome, why: error instanceof Error ? error.message : String(error)});
      if (error instanceof ProblemError) return false;
      throw error;
    }
  }
}
