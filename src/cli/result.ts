import type {Problem} from '../journal/problem.ts';

/** What came of reading the command line: a value, or the problem to print. */
export type Result<T> = {readonly ok: true; readonly value: T} | Failure;

export interface Failure {
  readonly ok: false;
  readonly problem: Problem;
}

export function good<T>(value: T): Result<T> {
  return {ok: true, value};
}

export function wrong(code: `usage.${string}`, says: string, next?: string): Failure {
  return {ok: false, problem: {code, says, ...(next !== undefined && {next})}};
}
