import type {WireEvent} from '../journal/event.ts';
import {rebuild, type Saved, save} from '../journal/file.ts';
import {defaultLimits, Journal, type JournalLimits} from '../journal/journal.ts';
import {type Problem, ProblemError, problemOf} from '../journal/problem.ts';
import type {Lab} from '../lab/types.ts';
import type {World} from '../world/world.ts';
import type {Action, ActionReply, AnyExperiment, Handler, Kit, Step} from './contract.ts';

export type RunStatus = 'running' | 'done' | 'failed' | 'stopped';

export interface RunOptions {
  readonly id: number;
  readonly world: World;
  /** Absent where no lab is to be had: asking for it is then a problem. */
  readonly lab?: () => Promise<Lab>;
  readonly headless?: boolean;
  readonly once?: boolean;
  readonly input?: AsyncIterable<Uint8Array>;
  readonly limits?: JournalLimits;
  /** How far behind whoever must see every event is: see Kit. */
  readonly caughtUp?: () => Promise<void>;
  /** A saved journal to show instead of running anything. */
  readonly saved?: Saved;
}

export type Listener = (event: WireEvent | undefined) => void;

/** A saved event, or the state it stands on, is not what the experiment declares: somebody else wrote it. */
export function misfit({title}: AnyExperiment, error: unknown): Problem {
  const says = `This file has an event that ${title} cannot show: ${problemOf(error).says}`;
  return {code: 'file.event', says, next: 'It may be from another version of wirebook.'};
}

type Values = Readonly<Record<string, unknown>>;

/**
 * One experiment under way: its journal, its state, and the way to act on it. It goes on when nobody looks. A listener is
 * called with each event, and with `undefined` when the status changes.
 */
export class Run {
  readonly id: number;
  readonly experiment: AnyExperiment;
  /** What was asked last. */
  ask: Values;
  readonly journal: Journal;
  /** What the dropped events left behind: with it, the events still here replay to the same state. */
  base: unknown;
  state: unknown;
  status: RunStatus = 'running';
  problem: Problem | undefined;
  /** Resolves when the run has ended, whichever way. Never rejects. */
  readonly ended: Promise<void>;
  readonly #world: World;
  readonly #startedAt: number;
  readonly #abort = new AbortController();
  readonly #listeners = new Set<Listener>();
  readonly #handlers = new Map<string, Handler>();
  readonly #ready: Promise<void>;
  #handled: () => void = () => undefined;
  #asked: ((ask: Values) => void) | undefined;

  constructor(experiment: AnyExperiment, ask: Values, options: RunOptions) {
    this.id = options.id;
    this.experiment = experiment;
    this.ask = ask;
    this.#world = options.world;
    this.#startedAt = options.world.clock.now();
    this.base = options.saved?.base ?? experiment.start(ask as never);
    this.state = this.base;
    this.journal = this.#makeJournal(options);
    this.#ready = new Promise(done => {
      this.#handled = done;
    });
    this.ended = options.saved === undefined ? this.#live(options) : this.#replayed();
  }

  /** A run as it was saved: the same events, the same state, and nothing that can be done. Or why the file does not fit. */
  static replay(experiment: AnyExperiment, saved: Saved, world: World): Run | Problem {
    try {
      return new Run(experiment, saved.ask as Values, {id: 0, world, saved});
    } catch (error) {
      return misfit(experiment, error);
    }
  }

  /** Seconds since the run started, in whole microseconds: as a file has them, so that it replays to the same state. */
  now(): number {
    return Math.round((this.#world.clock.now() - this.#startedAt) * 1e6) / 1e6;
  }

  /** The journal so far as a `.wirebook` file. */
  saved(): string {
    return save({experiment: this.experiment.id, ask: this.ask, base: this.base}, this.journal);
  }

  subscribe(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** `true`, or why this action is not possible now. */
  possible(id: string): true | string {
    const {actions} = this.experiment;
    const action: Action<never> | undefined = Object.hasOwn(actions, id) ? actions[id] : undefined;
    if (action === undefined) return `There is no action “${id}” here`;
    if (this.status !== 'running') return 'The experiment has ended: run it again';
    return action.possible?.(this.state as never) ?? true;
  }

  /** Performs an action; what went wrong comes back as a value. Waits for the experiment to be ready for it. */
  async act({action, args = {}}: Step): Promise<ActionReply> {
    await Promise.race([this.#ready, this.ended]);
    const possible = this.possible(action);
    if (possible !== true) return {code: 'action.impossible', says: possible};
    const handler = this.#handlers.get(action);
    if (handler === undefined)
      return {code: 'action.missing', says: `${this.experiment.title} does not do “${action}” in this run`};
    try {
      return (await handler(args)) ?? undefined;
    } catch (error) {
      return problemOf(error);
    }
  }

  /** Asks again, with other values. False when this experiment has to be started anew for that. */
  reask(ask: Values): boolean {
    if (this.#asked === undefined || this.status !== 'running') return false;
    this.ask = ask;
    this.#asked(ask);
    return true;
  }

  /** Ends the run and waits until what it held is let go. */
  async stop(): Promise<void> {
    this.#abort.abort();
    await this.ended;
  }

  #makeJournal({id, limits = defaultLimits, saved}: RunOptions): Journal {
    if (saved === undefined) return new Journal(id, limits, event => this.#forget(event));
    const room = {
      events: Math.max(1, saved.events.length),
      bytes: 1 + saved.events.reduce((sum, {bytes}) => sum + (typeof bytes === 'object' ? bytes.length : 0), 0),
    };
    return rebuild(saved, id, room, event => {
      this.state = this.experiment.reduce(this.state as never, event as never);
    });
  }

  #forget(event: WireEvent): void {
    this.base = this.experiment.reduce(this.base as never, event as never);
  }

  async #replayed(): Promise<void> {
    this.status = 'done';
  }

  async #live(options: RunOptions): Promise<void> {
    // One turn later, so that whoever started the run has subscribed before the first event.
    await Promise.resolve();
    try {
      if (!this.#abort.signal.aborted) await this.experiment.run(this.ask as never, this.#kit(options) as never);
      this.status = this.#abort.signal.aborted ? 'stopped' : 'done';
    } catch (error) {
      this.status = this.#abort.signal.aborted ? 'stopped' : 'failed';
      if (this.status === 'failed') this.problem = problemOf(error);
    }
    this.#abort.abort();
    this.#tell(undefined);
  }

  #kit(options: RunOptions): Kit {
    const {signal} = this.#abort;
    return {
      world: options.world,
      lab: options.lab ?? noLab,
      signal,
      input: options.input,
      headless: options.headless === true,
      once: options.once === true,
      now: () => this.now(),
      caughtUp: options.caughtUp ?? (() => Promise.resolve()),
      emit: (kind, fields, bytes) => this.#emit(kind, fields, bytes),
      handle: handlers => {
        for (const [id, handler] of Object.entries(handlers))
          if (handler !== undefined) this.#handlers.set(id, handler);
        this.#handled();
      },
      whenAsked: answer => {
        this.#asked = answer as (ask: Values) => void;
      },
      stopped: () =>
        new Promise(done => {
          if (signal.aborted) done();
          else signal.addEventListener('abort', () => done(), {once: true});
        }),
    };
  }

  #emit(kind: string, fields: Values, bytes: Uint8Array | undefined): void {
    const event = this.journal.append(kind, this.now(), fields, bytes);
    this.state = this.experiment.reduce(this.state as never, event as never);
    this.#tell(event);
  }

  #tell(event: WireEvent | undefined): void {
    for (const listener of this.#listeners) listener(event);
  }
}

async function noLab(): Promise<Lab> {
  throw new ProblemError({code: 'lab.none', says: 'There is no lab in this run', next: 'Name a server.'});
}
