/** How well `query` matches `text`, and where: every letter in order, better when together and at the start of words. */
export interface Match {
  readonly score: number;
  /** Offsets into the text of the letters that matched. */
  readonly at: readonly number[];
}

/** `undefined` when some letter of the query does not occur. An empty query matches everything equally. */
export function fuzzy(query: string, text: string): Match | undefined {
  const letters = [...query.toLowerCase()].filter(letter => letter !== ' ');
  const lower = text.toLowerCase();
  const whole = lower.indexOf(query.toLowerCase());
  if (query !== '' && whole >= 0) {
    const at = Array.from({length: query.length}, (_, index) => whole + index);
    return {score: 1000 - whole + (startsWord(lower, whole) ? 200 : 0), at};
  }
  const at: number[] = [];
  let score = 0;
  let from = 0;
  for (const letter of letters) {
    const found = lower.indexOf(letter, from);
    if (found < 0) return undefined;
    if (found === from && from > 0) score += 8;
    if (startsWord(lower, found)) score += 10;
    score -= Math.min(5, found - from);
    at.push(found);
    from = found + letter.length;
  }
  return {score, at};
}

/** The entries that match, best first; entries that match equally keep their order. */
export function rank<T>(query: string, entries: readonly T[], textOf: (entry: T) => string): readonly T[] {
  return entries
    .map((entry, index) => ({entry, index, match: fuzzy(query, textOf(entry))}))
    .filter(({match}) => match !== undefined)
    .sort((left, right) => right.match!.score - left.match!.score || left.index - right.index)
    .map(({entry}) => entry);
}

function startsWord(text: string, at: number): boolean {
  return at === 0 || /[\s\-.:/]/.test(text[at - 1]!);
}
