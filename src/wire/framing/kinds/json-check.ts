import {sequenceLength} from '../../text/utf8.ts';

/** Where a text stops being JSON (RFC 8259), and why. */
export interface JsonFault {
  readonly at: number;
  readonly reason: string;
}

/**
 * Checks that `bytes` hold exactly one JSON value, and says at which byte they do not, which JSON.parse cannot.
 * It keeps its own stack, so nesting without end costs a byte a level and no more.
 */
export function checkJson(bytes: Uint8Array): JsonFault | undefined {
  const open: number[] = [];
  let expected: 'value' | 'value-or-end' | 'key' | 'key-or-end' | 'comma-or-end' = 'value';
  for (let at = skipSpace(bytes, 0); ; at = skipSpace(bytes, at)) {
    const byte = bytes[at];
    if (expected === 'comma-or-end' && open.length === 0)
      return byte === undefined ? undefined : fault(at, 'Something follows the value');
    if (byte === undefined) return fault(at, 'The text ends inside the value');
    const inside = open.at(-1);
    if (
      (expected === 'value-or-end' || expected === 'key-or-end' || expected === 'comma-or-end') &&
      byte === closing(inside)
    ) {
      open.pop();
      expected = 'comma-or-end';
      at++;
    } else if (expected === 'comma-or-end') {
      if (byte !== comma) return fault(at, `A comma or ${inside === brace ? '}' : ']'} belongs here`);
      expected = inside === brace ? 'key' : 'value';
      at++;
    } else if (expected === 'key' || expected === 'key-or-end') {
      if (byte !== quote) return fault(at, 'A name in double quotes belongs here');
      const end = endOfString(bytes, at);
      if (typeof end === 'object') return end;
      at = skipSpace(bytes, end);
      if (bytes[at] !== colon) return fault(at, 'A colon belongs behind the name');
      expected = 'value';
      at++;
    } else if (byte === brace || byte === bracket) {
      open.push(byte);
      expected = byte === brace ? 'key-or-end' : 'value-or-end';
      at++;
    } else {
      const end = endOfScalar(bytes, at);
      if (typeof end === 'object') return end;
      expected = 'comma-or-end';
      at = end;
    }
  }
}

const quote = 0x22;
const comma = 0x2c;
const colon = 0x3a;
const bracket = 0x5b;
const backslash = 0x5c;
const brace = 0x7b;

function closing(opened: number | undefined): number | undefined {
  return opened === undefined ? undefined : opened + 2;
}

function fault(at: number, reason: string): JsonFault {
  return {at, reason};
}

function skipSpace(bytes: Uint8Array, from: number): number {
  let at = from;
  while (bytes[at] === 0x20 || bytes[at] === 0x0a || bytes[at] === 0x0d || bytes[at] === 0x09) at++;
  return at;
}

const words = ['true', 'false', 'null'].map(word => Array.from(word, letter => letter.charCodeAt(0)));

function endOfScalar(bytes: Uint8Array, at: number): number | JsonFault {
  const byte = bytes[at]!;
  if (byte === quote) return endOfString(bytes, at);
  if (byte === 0x2d || isDigit(byte)) return endOfNumber(bytes, at);
  const word = words.find(letters => letters[0] === byte);
  if (word === undefined) return fault(at, 'No JSON value starts like this');
  const wrong = word.findIndex((letter, k) => bytes[at + k] !== letter);
  return wrong === -1 ? at + word.length : fault(at + wrong, `This is not the word ${String.fromCharCode(...word)}`);
}

function endOfNumber(bytes: Uint8Array, start: number): number | JsonFault {
  let at = bytes[start] === 0x2d ? start + 1 : start;
  const whole = endOfDigits(bytes, at);
  if (whole === at) return fault(at, 'A digit belongs behind the sign');
  if (bytes[at] === 0x30 && whole > at + 1) return fault(at, 'A number has no leading zeros');
  at = whole;
  if (bytes[at] === 0x2e) {
    const end = endOfDigits(bytes, at + 1);
    if (end === at + 1) return fault(end, 'A digit belongs behind the point');
    at = end;
  }
  if (bytes[at] !== 0x65 && bytes[at] !== 0x45) return at;
  at += bytes[at + 1] === 0x2b || bytes[at + 1] === 0x2d ? 2 : 1;
  const end = endOfDigits(bytes, at);
  return end === at ? fault(at, 'A digit belongs into the exponent') : end;
}

function endOfDigits(bytes: Uint8Array, from: number): number {
  let at = from;
  while (isDigit(bytes[at])) at++;
  return at;
}

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 0x30 && byte <= 0x39;
}

function endOfString(bytes: Uint8Array, start: number): number | JsonFault {
  for (let at = start + 1; ; ) {
    const byte = bytes[at];
    if (byte === undefined) return fault(at, 'The text ends inside a string');
    if (byte === quote) return at + 1;
    if (byte < 0x20) return fault(at, 'A control character inside a string must be escaped');
    if (byte === backslash) {
      const length = escapeLength(bytes, at);
      if (length === 0) return fault(at, 'This is no JSON escape');
      at += length;
    } else {
      const length = sequenceLength(bytes, at);
      if (length === 0) return fault(at, 'This byte is not UTF-8');
      at += length;
    }
  }
}

function escapeLength(bytes: Uint8Array, at: number): number {
  const letter = String.fromCharCode(bytes[at + 1] ?? 0);
  if (letter !== 'u') return '"\\/bfnrt'.includes(letter) ? 2 : 0;
  const digits = String.fromCharCode(...bytes.subarray(at + 2, at + 6));
  return /^[0-9a-fA-F]{4}$/.test(digits) ? 6 : 0;
}
