/** A word of a master file, with its escapes as they were written. `at`: where it starts in the text. */
export interface Token {
  readonly text: string;
  readonly quoted: boolean;
  readonly at: number;
}

/** Thrown for text that makes no sense, and caught where the text came in. `at` is an index into the text. */
export class TextMistake extends Error {
  readonly at: number;
  constructor(at: number, says: string) {
    super(says);
    this.at = at;
  }
}

/**
 * Takes a master file apart (RFC 1035 §5.1): words and quoted strings, comments left out, parentheses joining lines. It
 * is asked for one word after the other, because only the reader of a record knows whether `key="a b"` is one word
 * (SVCB, RFC 9460 §2.1) or two.
 */
export class Lexer {
  readonly text: string;
  at = 0;
  private readonly oneEntry: boolean;
  private depth = 0;
  private opened = 0;

  /** `oneEntry`: the text is a single record, and may go over lines as it likes. */
  constructor(text: string, oneEntry = false) {
    this.text = text;
    this.oneEntry = oneEntry;
  }

  /** The next word of this entry, or nothing at its end. */
  next(pairs = false): Token | undefined {
    this.skipSpace();
    const start = this.at;
    if (this.atEntryEnd()) {
      if (this.depth > 0 && start >= this.text.length) throw this.unclosed();
      return undefined;
    }
    if (this.text[start] === '"') return {text: this.quoted(), quoted: true, at: start};
    for (;;) {
      word.lastIndex = this.at;
      word.exec(this.text);
      this.at = word.lastIndex;
      if (this.text[this.at] !== '"') break;
      if (pairs && this.text[this.at - 1] === '=') this.quoted();
      else this.at++;
    }
    return {text: this.text.slice(start, this.at), quoted: false, at: start};
  }

  peek(): Token | undefined {
    const {at, depth, opened} = this;
    const token = this.next();
    this.at = at;
    this.depth = depth;
    this.opened = opened;
    return token;
  }

  /** Goes behind the end of this entry, and says whether there is another line. */
  nextEntry(): boolean {
    for (;;) {
      try {
        while (this.next() !== undefined);
        break;
      } catch (error) {
        if (!(error instanceof TextMistake)) throw error;
        this.leaveBroken();
      }
    }
    this.at++;
    this.depth = 0;
    return this.at < this.text.length;
  }

  private atEntryEnd(): boolean {
    return this.at >= this.text.length || this.text[this.at] === '\n';
  }

  private skipSpace(): void {
    for (;;) {
      space.lastIndex = this.at;
      space.exec(this.text);
      this.at = space.lastIndex;
      const character = this.text[this.at];
      if (character === '(') {
        if (this.depth++ === 0) this.opened = this.at;
      } else if (character === ')') {
        if (this.depth-- === 0) {
          this.depth = 0;
          this.at++;
          throw new TextMistake(this.at - 1, 'This parenthesis closes nothing.');
        }
      } else if (character !== '\n' || (this.depth === 0 && !this.oneEntry)) return;
      this.at++;
    }
  }

  /** What stands between two quotes, which are on one line. */
  private quoted(): string {
    const start = this.at + 1;
    inside.lastIndex = start;
    inside.exec(this.text);
    const end = inside.lastIndex;
    if (this.text[end] !== '"') throw new TextMistake(start - 1, 'This quote is not closed on its line.');
    this.at = end + 1;
    return this.text.slice(start, end);
  }

  private unclosed(): TextMistake {
    return new TextMistake(this.opened, 'This parenthesis is never closed.');
  }

  /** After a mistake inside a word: to the end of its line, or of the text. */
  private leaveBroken(): void {
    const end = this.text.indexOf('\n', this.at);
    this.at = end === -1 ? this.text.length : end;
    if (end === -1) this.depth = 0;
  }
}

/** Blanks and comments; `\r` counts as a blank, so files with CR LF are read too. */
const space = /(?:[ \t\r\f\v]|;[^\n]*)*/y;
const word = /(?:\\[^\n]|[^\\\s"();])*\\?/y;
const inside = /(?:\\[^\n]|[^\\"\n])*/y;
