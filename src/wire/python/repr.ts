import {assignedLater} from './assigned-later.ts';
import type {PyValue} from './value.ts';

/**
 * `repr()` as CPython 3.13 writes it. The containers take the finished texts of their items, so that callers with a
 * value model of their own can use them too.
 */
export function repr(value: PyValue): string {
  switch (value.t) {
    case 'int':
      return reprInt(value.v);
    case 'float':
      return reprFloat(value.v);
    case 'bool':
      return reprBool(value.v);
    case 'str':
      return reprStr(value.v);
    case 'bytes':
      return reprBytes(value.v);
    case 'bytearray':
      return reprBytearray(value.v);
    case 'none':
      return 'None';
    case 'ellipsis':
      return 'Ellipsis';
    case 'tuple':
      return reprTuple(value.v.map(repr));
    case 'list':
      return reprList(value.v.map(repr));
    case 'set':
      return reprSet(value.v.map(repr));
    case 'frozenset':
      return reprFrozenset(value.v.map(repr));
    case 'dict':
      return reprDict(value.v.map(([key, item]) => [repr(key), repr(item)]));
  }
}

/** An int. A number must be integral; -0 is 0, for an int has no sign of zero. */
export function reprInt(value: bigint | number): string {
  return typeof value === 'bigint' ? value.toString() : BigInt(value).toString();
}

export function reprBool(value: boolean): string {
  return value ? 'True' : 'False';
}

/**
 * A float: the shortest digits that read back as the same double (ECMAScript finds the same ones), written with an
 * exponent when it is below -4 or at least 16, and with `.0` when nothing else marks it as a float.
 */
export function reprFloat(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  const sign = value < 0 || Object.is(value, -0) ? '-' : '';
  const [mantissa, exponentText] = Math.abs(value).toExponential().split('e') as [string, string];
  const digits = mantissa.replace('.', '');
  const exponent = Number(exponentText);
  if (exponent < -4 || exponent >= 16) {
    const power = String(Math.abs(exponent)).padStart(2, '0');
    return `${sign}${mantissa}e${exponent < 0 ? '-' : '+'}${power}`;
  }
  if (exponent < 0) return `${sign}0.${'0'.repeat(-exponent - 1)}${digits}`;
  const whole = digits.slice(0, exponent + 1).padEnd(exponent + 1, '0');
  return `${sign}${whole}.${digits.slice(exponent + 1) || '0'}`;
}

/** A str. Double quotes only when the text holds a single quote and no double one; lone surrogates as `\udXXX`. */
export function reprStr(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  let out = quote;
  for (const character of text) out += escapeCharacter(character, quote);
  return out + quote;
}

/** `ascii()`: as `repr` of a str, with everything outside ASCII escaped. */
export function asciiStr(text: string): string {
  return Array.from(reprStr(text), character =>
    character.codePointAt(0)! < 0x80 ? character : numericEscape(character.codePointAt(0)!),
  ).join('');
}

/** A bytes: `b'…'`, printable ASCII as it is, `\t \n \r \\` and the quote escaped, the rest as `\xNN`. */
export function reprBytes(bytes: Uint8Array): string {
  const quote = bytes.includes(0x27) && !bytes.includes(0x22) ? '"' : "'";
  let out = `b${quote}`;
  for (const byte of bytes) {
    const character = String.fromCharCode(byte);
    out += byte < 0x7f ? escapeCharacter(character, quote) : numericEscape(byte);
  }
  return out + quote;
}

/** A bytearray. CPython escapes the single quote here even between double quotes, which it does not in a bytes. */
export function reprBytearray(bytes: Uint8Array): string {
  const text = reprBytes(bytes);
  return `bytearray(${text.startsWith('b"') ? text.replaceAll("'", "\\'") : text})`;
}

/** A tuple of items already written: `()`, `(1,)`, `(1, 2)`. */
export function reprTuple(items: readonly string[]): string {
  return items.length === 1 ? `(${items[0]},)` : `(${items.join(', ')})`;
}

export function reprList(items: readonly string[]): string {
  return `[${items.join(', ')}]`;
}

/** A set in the order given. (CPython's own order follows its hashes.) */
export function reprSet(items: readonly string[]): string {
  return items.length === 0 ? 'set()' : `{${items.join(', ')}}`;
}

export function reprFrozenset(items: readonly string[]): string {
  return items.length === 0 ? 'frozenset()' : `frozenset({${items.join(', ')}})`;
}

export function reprDict(entries: readonly (readonly [string, string])[]): string {
  return `{${entries.map(([key, value]) => `${key}: ${value}`).join(', ')}}`;
}

const short: Readonly<Record<string, string>> = {'\t': '\\t', '\n': '\\n', '\r': '\\r', '\\': '\\\\'};

function escapeCharacter(character: string, quote: string): string {
  if (character === quote) return `\\${quote}`;
  return short[character] ?? (isPrintable(character) ? character : numericEscape(character.codePointAt(0)!));
}

// str.isprintable: everything but the categories "Other" and "Separator", the space being the exception. Which code
// points are assigned is that of Unicode 15.1, with which CPython 3.13 is built.
function isPrintable(character: string): boolean {
  return character === ' ' || !(/[\p{C}\p{Z}]/u.test(character) || assignedLater.test(character));
}

/** `\xNN`, `\uNNNN` or `\UNNNNNNNN`, the shortest that holds the code point. */
export function numericEscape(codePoint: number): string {
  const hex = codePoint.toString(16);
  if (codePoint < 0x100) return `\\x${hex.padStart(2, '0')}`;
  if (codePoint < 0x10000) return `\\u${hex.padStart(4, '0')}`;
  return `\\U${hex.padStart(8, '0')}`;
}
