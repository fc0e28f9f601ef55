import {nameBytes, parseName} from '../name.ts';
import {type Lexer, TextMistake, type Token} from './lexer.ts';

/** The words of one record's data, taken one by one. Whatever is missing or wrong is thrown as a {@link TextMistake}. */
export class Words {
  readonly lexer: Lexer;
  readonly origin: string;

  constructor(lexer: Lexer, origin: string) {
    this.lexer = lexer;
    this.origin = origin;
  }

  get done(): boolean {
    return this.lexer.peek() === undefined;
  }

  /** `what` is missing when there is no word left: "the preference". */
  take(what: string, pairs = false): Token {
    const token = this.lexer.next(pairs);
    if (token === undefined) throw new TextMistake(this.lexer.at, `The record ends here: ${what} is missing.`);
    return token;
  }

  /** All words that are left, joined: how base64 and hex are written in pieces. */
  rest(): {readonly text: string; readonly at: number} {
    const at = this.lexer.peek()?.at ?? this.lexer.at;
    let text = '';
    for (let token = this.lexer.next(); token !== undefined; token = this.lexer.next()) text += token.text;
    return {text, at};
  }

  number(what: string, most: number): number {
    return this.numberOf(this.take(what), what, most);
  }

  numberOf(token: Token, what: string, most: number): number {
    const value = /^\d+$/.test(token.text) ? Number(token.text) : Number.NaN;
    if (!(value <= most))
      throw new TextMistake(token.at, `${what} is a number from 0 to ${most}, not "${token.text}".`);
    return value;
  }

  /** An absolute name. */
  name(what: string): {readonly text: string; readonly bytes: Uint8Array} {
    const token = this.take(what);
    if (token.text === '@' && !token.quoted) return {text: this.origin, bytes: nameBytes(this.origin)};
    const parsed = parseName(token.text, this.origin);
    if (!parsed.ok) throw new TextMistake(token.at + parsed.at, parsed.says);
    return {text: parsed.name, bytes: nameBytes(parsed.name)};
  }
}

/** The bytes of a word: `\DDD` is one byte, `\X` is X, anything beyond ASCII is UTF-8 (RFC 1035 §5.1). */
export function unescaped(token: Token): Uint8Array {
  if (/^[\x20-\x5b\x5d-\x7e]*$/.test(token.text)) return encoder.encode(token.text);
  const bytes: number[] = [];
  for (const [piece, digits, escaped, plain] of token.text.matchAll(/\\(\d{3})|\\(\P{Nd})|([^\\]+)|[\s\S]/gu)) {
    if (digits !== undefined && Number(digits) < 256) bytes.push(Number(digits));
    else if (escaped !== undefined) bytes.push(...encoder.encode(escaped));
    else if (plain !== undefined) for (const byte of encoder.encode(plain)) bytes.push(byte);
    else
      throw new TextMistake(
        token.at,
        piece === '\\'
          ? 'A backslash is followed by one character, or by three digits from 000 to 255.'
          : `\\${digits} is more than a byte, which ends at \\255.`,
      );
  }
  return Uint8Array.from(bytes);
}

/** Collects bytes. */
export class ByteWriter {
  private readonly held: number[] = [];

  get length(): number {
    return this.held.length;
  }

  /** A byte that was written. */
  at(index: number): number {
    return this.held[index]!;
  }

  number(value: number, size: number): void {
    for (let place = size - 1; place >= 0; place--) this.held.push(Math.floor(value / 256 ** place) % 256);
  }

  bytes(bytes: Iterable<number>): void {
    for (const byte of bytes) this.held.push(byte);
  }

  finish(): Uint8Array {
    return Uint8Array.from(this.held);
  }
}

const encoder = new TextEncoder();
