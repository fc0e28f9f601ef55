import type {WireEvent} from '../journal/event.ts';
import type {Lab} from '../lab/types.ts';
import type {World} from '../world/world.ts';
import type {AnyExperiment} from './contract.ts';
import {Run, type RunOptions} from './run.ts';

/** How long runs may take to let go of what they hold when everything is closed. */
const patienceMilliseconds = 500;

/** Everything that runs, and the only place runs are started and ended. */
export class Workbench {
  readonly world: World;
  readonly runs: Run[] = [];
  readonly #listeners = new Set<(run: Run, event: WireEvent | undefined) => void>();
  #nextId = 1;
  #lab: Promise<Lab> | undefined;
  /** The lab once it is up. */
  lab: Lab | undefined;

  constructor(world: World) {
    this.world = world;
  }

  /** Runs that have not ended. */
  get running(): readonly Run[] {
    return this.runs.filter(run => run.status === 'running');
  }

  start(
    experiment: AnyExperiment,
    ask: Readonly<Record<string, unknown>>,
    options: Pick<RunOptions, 'headless' | 'once' | 'input' | 'limits' | 'caughtUp'> = {},
  ): Run {
    const run = new Run(experiment, ask, {
      ...options,
      id: this.#nextId++,
      world: this.world,
      lab: () => this.openLab(),
    });
    this.runs.push(run);
    run.subscribe(event => {
      for (const listener of this.#listeners) listener(run, event);
    });
    return run;
  }

  /** Forgets an ended run, so that what it kept can be collected. */
  forget(run: Run): void {
    const index = this.runs.indexOf(run);
    if (index >= 0 && run.status !== 'running') this.runs.splice(index, 1);
  }

  subscribe(listener: (run: Run, event: WireEvent | undefined) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** The lab, started at the first call and shared by every run. One that could not start is tried again at the next call. */
  openLab(): Promise<Lab> {
    this.#lab ??= import('../lab/lab.ts')
      .then(({startLab}) => startLab(this.world))
      .then(
        lab => {
          this.lab = lab;
          return lab;
        },
        (cause: unknown) => {
          this.#lab = undefined;
          throw cause;
        },
      );
    return this.#lab;
  }

  /** Ends every run, then whatever the world still holds. A run that will not end does not keep the world open. */
  async close(): Promise<void> {
    let late: NodeJS.Timeout | undefined;
    const enough = new Promise(done => {
      late = setTimeout(done, patienceMilliseconds);
    });
    await Promise.race([Promise.all(this.runs.map(run => run.stop())), enough]);
    await Promise.race([this.#lab?.then(lab => lab.close()).catch(() => undefined), enough]);
    clearTimeout(late);
    await this.world.close();
  }
}
