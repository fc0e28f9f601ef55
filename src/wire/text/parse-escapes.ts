import {type Mistake, mistake, type Typed} from './parsed.ts';
import {visible} from './visible.ts';

/**
 * Reads text with backslash escapes as bytes: `hello\r\n`. Knows `\n \r \t \a \b \e \f \v \\ \' \"`, `\xNN` (one byte, just two
 * digits), octal `\0` to `\377`, and `\uNNNN` `\u{…}` (one character). Characters become UTF-8.
 */
export function parseEscapes(text: string): Typed {
  const bytes: number[] = [];
  for (let at = 0; at < text.length; ) {
    const point = text.codePointAt(at)!;
    if (point !== 0x5c) {
      if (isSurrogate(point)) return halfPair(at);
      pushCharacter(point, bytes);
      at += point > 0xffff ? 2 : 1;
      continue;
    }
    const found = escapeAt(text, at);
    if (found.kind === 'error') return found;
    if (found.kind === 'byte') bytes.push(found.value);
    else pushCharacter(found.value, bytes);
    at += found.length;
  }
  return {kind: 'bytes', bytes: Uint8Array.from(bytes)};
}

type Escape = {readonly kind: 'byte' | 'character'; readonly value: number; readonly length: number};

const encoder = new TextEncoder();

const letters: Readonly<Record<string, number>> = {
  n: 0x0a,
  r: 0x0d,
  t: 0x09,
  a: 0x07,
  b: 0x08,
  e: 0x1b,
  f: 0x0c,
  v: 0x0b,
  '\\': 0x5c,
  "'": 0x27,
  '"': 0x22,
};

const numeric = /\\(?:x([0-9a-f]{2})|([0-7]{1,3})|u\{([0-9a-f]{1,6})\}|u([0-9a-f]{4}))/iy;

function escapeAt(text: string, at: number): Escape | Mistake {
  const letter = text[at + 1];
  if (letter === undefined) return mistake(at, 'A backslash ends the text. Write \\\\ for a backslash.');
  const byte = Object.hasOwn(letters, letter) ? letters[letter] : undefined;
  if (byte !== undefined) return {kind: 'byte', value: byte, length: 2};
  numeric.lastIndex = at;
  const match = numeric.exec(text);
  if (match === null) return mistake(at, reason(text, at));
  const [all, hex, octal, braced, four] = match;
  if (hex !== undefined) return {kind: 'byte', value: Number.parseInt(hex, 16), length: all.length};
  if (octal !== undefined) return octalByte(at, octal);
  const value = Number.parseInt(braced ?? four ?? '', 16);
  if (isSurrogate(value)) return halfPair(at);
  if (value > 0x10ffff) return mistake(at, `${all} is beyond the last character, \\u{10ffff}.`);
  return {kind: 'character', value, length: all.length};
}

function octalByte(at: number, digits: string): Escape | Mistake {
  const value = Number.parseInt(digits, 8);
  if (value > 0xff) return mistake(at, `\\${digits} is ${value}, and a byte ends at 255, which is \\377.`);
  return {kind: 'byte', value, length: 1 + digits.length};
}

function reason(text: string, at: number): string {
  const letter = String.fromCodePoint(text.codePointAt(at + 1)!);
  if (letter === 'x') return '\\x needs two hex digits, as in \\x0a.';
  if (letter === 'u') return '\\u needs four hex digits or braces, as in \\u00e9 or \\u{1f600}.';
  return `\\${visible(letter)} is not an escape. Write \\\\ for a backslash, or one of \\n \\r \\t \\0 \\xNN \\u{NNNN}.`;
}

function halfPair(at: number): Mistake {
  return mistake(at, 'Half of a surrogate pair has no UTF-8 form. Write the whole character, or its bytes as \\xNN.');
}

function isSurrogate(point: number): boolean {
  return point >= 0xd800 && point <= 0xdfff;
}

function pushCharacter(point: number, bytes: number[]): void {
  if (point < 0x80) bytes.push(point);
  else bytes.push(...encoder.encode(String.fromCodePoint(point)));
}
