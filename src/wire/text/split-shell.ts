/** Words, or the quote that is never closed. */
export type ShellWords =
  | {readonly ok: true; readonly words: readonly string[]}
  | {readonly ok: false; readonly quote: string};

/** Splits one line into words as a shell does: blanks part them, `'…'`, `"…"` and `\` keep them together. */
export function splitShell(line: string): ShellWords {
  const words: string[] = [];
  let word: string | undefined;
  for (let at = 0; at < line.length; at++) {
    const letter = line[at]!;
    if (/\s/.test(letter)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else if (letter === "'" || letter === '"') {
      const end = closing(line, at);
      if (end < 0) return {ok: false, quote: letter};
      word = (word ?? '') + (letter === "'" ? line.slice(at + 1, end) : unescaped(line.slice(at + 1, end)));
      at = end;
    } else {
      if (letter === '\\' && at + 1 < line.length) at++;
      word = (word ?? '') + line[at]!;
    }
  }
  return {ok: true, words: word === undefined ? words : [...words, word]};
}

function closing(line: string, from: number): number {
  const quote = line[from];
  for (let at = from + 1; at < line.length; at++) {
    if (line[at] === quote) return at;
    if (line[at] === '\\' && quote === '"') at++;
  }
  return -1;
}

/** Inside double quotes a shell's backslash escapes only `"`, `\`, `$` and the backquote; `\n` stays two characters. */
const unescaped = (text: string) => text.replace(/\\(["\\$`])/g, '$1');
