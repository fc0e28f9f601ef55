import {splitShell} from '../wire/text/split-shell.ts';
import {good, type Result, wrong} from './result.ts';

/** Splits one line into words as a shell does. */
export function splitWords(line: string): Result<readonly string[]> {
  const split = splitShell(line);
  if (split.ok) return good(split.words);
  return wrong('usage.quote', `The ${split.quote} in “${line}” is never closed`, `Add ${split.quote}.`);
}
