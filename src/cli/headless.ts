import {writeFileSync} from 'node:fs';
import type {Run} from '../chapters/run.ts';
import type {Workbench} from '../chapters/workbench.ts';
import type {Problem} from '../journal/problem.ts';
import {exitCodes} from './general.ts';
import type {Io} from './io.ts';
import {Outlet} from './outlet.ts';
import {type Ending, type Performance, perform, within} from './perform.ts';
import {jsonPrinter, type Printer, problemLines, textPrinter} from './print.ts';
import {unwritable} from './print-text.ts';

export interface Headless extends Performance {
  readonly form: 'json' | 'text';
  /** The file that gets the journal. */
  readonly save?: string;
}

/** How long each part of leaving may take when somebody is: the last lines written, everything that was started ended. */
const leavingMilliseconds = 200;

/** How long what was started may take to end when nobody is impatient. */
const closingMilliseconds = 1000;

/** Carries an experiment out and prints it. Gives the exit code; everything it started has ended by then. */
export async function runHeadless(workbench: Workbench, headless: Headless, io: Io): Promise<number> {
  const outlet = new Outlet(io.stdout);
  let printer: Printer | undefined;
  let run: Run | undefined;
  let unsubscribe = () => {};
  const outside = {signalled: io.signalled(), gone: outlet.gone, caughtUp: () => outlet.caughtUp()};
  const ending = await perform(workbench, headless, outside, begun => {
    run = begun;
    printer = printerOf(headless, begun, outlet, io);
    const {event: print} = printer;
    unsubscribe = begun.subscribe(event => event !== undefined && print(event));
  });
  // The end is the last line, whatever a run that will not end still says.
  unsubscribe();
  const inTime = ending.status === 'interrupted' || ending.status === 'timeout';
  const flush = () => (inTime ? within(outlet.drained(), leavingMilliseconds) : written(outlet, outside.signalled));
  await flush();
  const final = keep(headless, run!, outlet.failure === undefined ? ending : failed(unwritable(outlet.failure)));
  printer!.end(final, run!.now());
  if (final.problem !== undefined) io.stderr.write(problemLines(final.problem));
  await flush();
  await within(workbench.close(), inTime ? leavingMilliseconds : closingMilliseconds);
  return final.code;
}

/** A reader may take its time, until someone loses patience. */
const written = (outlet: Outlet, signalled: Promise<number>) => Promise.race([outlet.drained(), signalled]);

function printerOf({form, experiment, ask}: Headless, run: Run, outlet: Outlet, io: Io): Printer {
  return form === 'json'
    ? jsonPrinter(outlet, run)
    : textPrinter(outlet, run, experiment, ask, io.stdout.isTTY === true, line => io.stderr.write(line));
}

/** Saves the journal when asked to. Failing to is a failure, unless there was one already. */
function keep({save: file}: Headless, run: Run, ending: Ending): Ending {
  if (file === undefined) return ending;
  try {
    writeFileSync(file, run.saved());
    return ending;
  } catch (error) {
    if (ending.problem !== undefined) return ending;
    const errno = (error as NodeJS.ErrnoException).code ?? 'unknown';
    return failed({code: 'output.save', says: `${file} cannot be written`, next: 'Name another file.', errno});
  }
}

const failed = (problem: Problem): Ending => ({status: 'failed', code: exitCodes.failed.code, problem});
