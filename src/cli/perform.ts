import type {AnyExperiment, Step} from '../chapters/contract.ts';
import type {Run} from '../chapters/run.ts';
import type {Workbench} from '../chapters/workbench.ts';
import type {Problem} from '../journal/problem.ts';
import type {Ask} from './ask.ts';
import {exitCodes} from './general.ts';

/** One experiment carried out without a screen. */
export interface Performance {
  readonly experiment: AnyExperiment;
  readonly ask: Ask;
  readonly once: boolean;
  /** Performed in order, then the run is ended. Without any, it runs until it ends itself. */
  readonly steps: readonly Step[];
  /** Seconds after which the run is ended. */
  readonly timeout?: number;
  readonly input?: AsyncIterable<Uint8Array>;
}

export type EndStatus = 'done' | 'failed' | 'stopped' | 'timeout' | 'interrupted';

export interface Ending {
  readonly status: EndStatus;
  /** The exit code. */
  readonly code: number;
  readonly problem?: Problem;
  /** The action that failed, if one did. */
  readonly action?: string;
}

/** What may end a run from outside. */
export interface Outside {
  /** Resolves with the signal's exit code. */
  readonly signalled: Promise<number>;
  /** Resolves when nobody reads the output any more. */
  readonly gone: Promise<void>;
  /** Resolves when the reader of the output is not far behind. */
  caughtUp(): Promise<void>;
}

/** How long a run may take to let go of what it holds, once it is told to end. */
const graceMilliseconds = 400;

/** Starts the run, performs its steps and waits for its end. `started` is called before the first event. */
export async function perform(
  workbench: Workbench,
  performance: Performance,
  outside: Outside,
  started: (run: Run) => void,
): Promise<Ending> {
  const {experiment, ask, once, input} = performance;
  const caughtUp = () => outside.caughtUp();
  const run = workbench.start(experiment, ask, {headless: true, once, caughtUp, ...(input !== undefined && {input})});
  started(run);
  const clock = timer(performance.timeout);
  // A run that only waits holds nothing that would keep the process.
  const alive = setInterval(() => undefined, 2 ** 30);
  const ending = await Promise.race([
    run.ended.then(() => endOf(run)),
    stepping(run, performance.steps),
    clock.rung,
    outside.signalled.then((code): Ending => ({status: 'interrupted', code})),
    outside.gone.then((): Ending => ({status: 'stopped', code: exitCodes.done.code})),
  ]);
  clock.clear();
  await within(run.stop(), graceMilliseconds);
  clearInterval(alive);
  return ending;
}

/** Waits for a promise, but not longer than this. */
export async function within(promise: Promise<unknown>, milliseconds: number): Promise<void> {
  let late: NodeJS.Timeout | undefined;
  const enough = new Promise(done => {
    late = setTimeout(done, milliseconds);
  });
  await Promise.race([promise, enough]);
  clearTimeout(late);
}

function endOf(run: Run): Ending {
  if (run.status !== 'failed') return {status: 'done', code: exitCodes.done.code};
  return {status: 'failed', code: exitCodes.failed.code, ...(run.problem && {problem: run.problem})};
}

/** Never resolves when there is nothing to perform: the run then ends by itself. */
async function stepping(run: Run, steps: readonly Step[]): Promise<Ending> {
  if (steps.length === 0) return new Promise(() => undefined);
  for (const step of steps) {
    const problem = await run.act(step);
    // A run that failed says why better than the step that found it ended.
    if (run.status === 'failed') return endOf(run);
    if (problem !== undefined) return {status: 'failed', code: exitCodes.failed.code, problem, action: step.action};
  }
  return {status: 'done', code: exitCodes.done.code};
}

function timer(seconds: number | undefined): {rung: Promise<Ending>; clear(): void} {
  if (seconds === undefined) return {rung: new Promise(() => undefined), clear: () => undefined};
  let handle: NodeJS.Timeout | undefined;
  const rung = new Promise<Ending>(done => {
    handle = setTimeout(() => done({status: 'timeout', code: exitCodes.timeout.code}), seconds * 1000);
  });
  return {rung, clear: () => clearTimeout(handle)};
}
