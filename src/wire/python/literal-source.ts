/** Why a text is no literal: where (an index into the text), what is wrong there, and what to do about it. */
export interface LiteralProblem {
  readonly ok: false;
  readonly offset: number;
  readonly message: string;
  readonly next: string;
}

/** Carries a problem out of the nested readers; it does not leave `literal.ts`. */
export class LiteralError extends Error {
  readonly problem: LiteralProblem;

  constructor(offset: number, message: string, next: string) {
    super(message);
    this.problem = {ok: false, offset, message, next};
  }
}

/** The text and how far it has been read. */
export class Source {
  readonly text: string;
  at = 0;

  constructor(text: string) {
    this.text = text;
  }

  get done(): boolean {
    return this.at >= this.text.length;
  }

  peek(): string {
    return this.text[this.at] ?? '';
  }

  skipSpace(): void {
    this.match(/[ \t\n\r\f\v]+/y);
  }

  /** What a sticky pattern matches here, taken; or undefined. */
  match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0];
    if (found !== undefined) this.at += found.length;
    return found;
  }

  fail(message: string, next: string, offset = this.at): LiteralError {
    return new LiteralError(offset, message, next);
  }

  /** For whatever stands here and should not. */
  unexpected(): LiteralError {
    if (this.done) return this.fail('The text ends where a value should stand.', valueHint);
    const character = String.fromCodePoint(this.text.codePointAt(this.at)!);
    return this.fail(`${JSON.stringify(character)} cannot stand here.`, valueHint);
  }
}

export const valueHint =
  "Write a Python value: 4253, 0xff, 1.5, b'abc', \"abc\", True, None, (1, 2), [1, 2] or {'a': 1}.";
