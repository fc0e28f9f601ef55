import {exitCodes} from './general.ts';
import type {Io} from './io.ts';
import {Outlet} from './outlet.ts';
import {problemLines} from './print.ts';
import type {Failure} from './result.ts';

/** Prints a whole text and gives the exit code. A reader that leaves early is fine; a full disk is not. */
export async function printText(text: string, io: Io): Promise<number> {
  const outlet = new Outlet(io.stdout);
  outlet.write(text);
  await outlet.drained();
  if (outlet.failure === undefined) return exitCodes.done.code;
  io.stderr.write(problemLines(unwritable(outlet.failure)));
  return exitCodes.failed.code;
}

/** Prints what is wrong with the command line. */
export function refuse({problem}: Failure, io: Io): number {
  io.stderr.write(problemLines(problem));
  return exitCodes.usage.code;
}

/** The problem of a standard output that takes nothing. */
export function unwritable(error: NodeJS.ErrnoException) {
  return {
    code: 'output.unwritable',
    says: 'Standard output cannot be written',
    next: 'Look for a full disk or a closed descriptor.',
    ...(error.code !== undefined && {errno: error.code}),
  };
}
