/**
 * An expected failure, as a value: what happened in a plain sentence, why (the errno, if the kernel said one),
 * and what to try next.
 */
export interface Problem {
  /** Stable and greppable: `tcp.refused`, `field.range`. */
  readonly code: string;
  readonly says: string;
  /** The next step, as an imperative sentence. */
  readonly next?: string;
  /** True when `says` is the text of another program, word for word: it gets no full stop of ours. */
  readonly verbatim?: boolean;
  /** What was typed, and where in it the mistake is. */
  readonly mark?: {readonly text: string; readonly at: number};
  /** The kernel's word for it: `ECONNREFUSED`. */
  readonly errno?: string;
  /** A way out that is one key away: the experiment launched again with these fields changed. */
  readonly fix?: {readonly title: string; readonly ask: Readonly<Record<string, unknown>>};
}

/** Carries a `Problem` through code that can only throw. Anything else thrown is a surprise. */
export class ProblemError extends Error {
  readonly problem: Problem;

  constructor(problem: Problem, options?: {readonly cause?: unknown}) {
    super(problem.says, options);
    this.name = 'ProblemError';
    this.problem = problem;
  }
}

/** `Nobody listens there (ECONNREFUSED). Start a server first.` */
export function formatProblem(problem: Problem): string {
  const why = problem.errno === undefined || problem.says.includes(problem.errno) ? '' : ` (${problem.errno})`;
  if (problem.verbatim === true) return problem.next === undefined ? problem.says : `${problem.says}. ${problem.next}`;
  const sentence = problem.says.replace(/\.$/, '');
  const stop = why === '' && /[?!…]$/.test(sentence) ? '' : '.';
  return `${sentence}${why}${stop}${problem.next === undefined ? '' : ` ${problem.next}`}`;
}

/** A surprise, made into a value at the outermost edge only: the message, and where it came from. */
export function problemOf(error: unknown): Problem {
  if (error instanceof ProblemError) return error.problem;
  const message = error instanceof Error ? error.message : String(error);
  return {code: 'unexpected', says: message || 'Something failed without saying what', next: 'Please report this.'};
}
