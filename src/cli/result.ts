import type {Problem} from '../journal/problem.ts';

/** What came of reading the command line: a value, or the problem to print. */
export type Result<T> = {readonly ok: true; readonly value: T} | Failure;

/** A problem in a typed text: the text, and where in it the mistake is. */
export interface MarkedProblem extends Problem {
  readonly mark?: {readonly text: string; readonly at: number};
}

export interface Failure {
  readonly ok: false;
  readonly problem: MarkedProblem;
}

export function good<T>(value: T): Result<T> {
  return {ok: true, value};
}

export function wrong(code: `usage.${string}`, says: string, next?: string): Failure {
  return {ok: false, problem: {code, says, ...(next !== undefined && {next})}};
}
