import {bitLength} from '../number/base.ts';
import {reprBytes} from '../python/repr.ts';
import {hexPairs} from '../text/hex.ts';
import {fault, type PickleFault} from './fault.ts';
import {latin1} from './python-text.ts';

/** CPython converts no more decimal digits than this (sys.set_int_max_str_digits), for it takes quadratic time. */
export const digitLimit = 4300;

/** Python's `int(bytes)`, with its words when it fails. */
export function intOfBytes(bytes: Uint8Array): bigint | PickleFault {
  const value = parseInteger(latin1(bytes), 10);
  if (typeof value === 'bigint') return value;
  if (value.tooMany > 0) return tooManyDigits(value.tooMany);
  const shown = reprBytes(bytes.subarray(0, 200)).slice(0, 200);
  return fault('ValueError', `invalid literal for int() with base 10: ${shown}`);
}

/** Python's `float(bytes)`, with its words when it fails. */
export function floatOfBytes(bytes: Uint8Array): number | PickleFault {
  const text = latin1(bytes);
  if (/^_|_$|_\D|[^\d_]_/.test(text)) return notFloat(bytes);
  return parseFloatLiteral(strip(text.replaceAll('_', ''))) ?? notFloat(bytes);
}

/** `inf`, `nan`, digits with a point or an exponent; undefined for all else. Too large is infinite. */
export function parseFloatLiteral(text: string): number | undefined {
  const special = /^([+-]?)(inf(?:inity)?|nan)$/i.exec(text);
  if (special !== null) return named(special[1] === '-', special[2]!);
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : undefined;
}

/**
 * The integer that Python's `int(text, base)` reads, with white space around it, a sign, and underscores between digits.
 * Base 0 means as in a program: `0x`, `0o`, `0b`, and no leading zeros. `tooMany` is 0 when the text is no integer.
 */
export function parseInteger(text: string, base: 0 | 10): bigint | {tooMany: number} {
  const [, sign = '', body = ''] = /^([+-]?)(.*)$/s.exec(strip(text))!;
  const digits = body.replaceAll('_', '');
  const magnitude = base === 0 && prefixed.test(body) ? BigInt(digits) : decimal(body, digits, base);
  if (typeof magnitude !== 'bigint') return magnitude;
  return sign === '-' ? -magnitude : magnitude;
}

/** What Python says of an integer with too many digits to be written in decimal. */
export function tooManyDigits(count?: number): PickleFault {
  const which = count === undefined ? '' : `: value has ${count} digits`;
  const limit = `Exceeds the limit (${digitLimit} digits) for integer string conversion`;
  return fault('ValueError', `${limit}${which}; use sys.set_int_max_str_digits() to increase the limit`);
}

/** An integer written in two's complement, least significant byte first; no bytes are 0. */
export function integerOfBytes(bytes: Uint8Array): bigint {
  if (bytes.length === 0) return 0n;
  const digits: string[] = [];
  for (let at = bytes.length - 1; at >= 0; at -= 1) digits.push(hexPairs[bytes[at]!]!);
  return BigInt.asIntN(bytes.length * 8, BigInt(`0x${digits.join('')}`));
}

/** The shortest bytes that {@link integerOfBytes} reads as this integer; 0 has none. */
export function bytesOfInteger(value: bigint): Uint8Array {
  if (value === 0n) return new Uint8Array();
  const magnitude = value < 0n ? -value - 1n : value;
  // One bit more than the magnitude has, for the sign.
  const size = Math.floor(bitLength(magnitude) / 8) + 1;
  const hex = BigInt.asUintN(size * 8, value)
    .toString(16)
    .padStart(size * 2, '0');
  return Uint8Array.from({length: size}, (_, at) =>
    Number.parseInt(hex.slice(hex.length - at * 2 - 2, hex.length - at * 2), 16),
  );
}

const prefixed = /^0(x(_?[0-9a-f])+|o(_?[0-7])+|b(_?[01])+)$/i;

function decimal(body: string, digits: string, base: 0 | 10): bigint | {tooMany: number} {
  const form = base === 10 ? /^\d+(_\d+)*$/ : /^([1-9]\d*(_\d+)*|0+(_0+)*)$/;
  if (!form.test(body)) return {tooMany: 0};
  return digits.length > digitLimit ? {tooMany: digits.length} : BigInt(digits);
}

/** The white space of C's isspace, which is less than JavaScript's. */
function strip(text: string): string {
  return text.replace(/^[ \t\n\v\f\r]+/, '').replace(/[ \t\n\v\f\r]+$/, '');
}

function named(negative: boolean, word: string): number {
  if (word.toLowerCase() === 'nan') return Number.NaN;
  return negative ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
}

function notFloat(bytes: Uint8Array): PickleFault {
  return fault('ValueError', `could not convert string to float: ${reprBytes(bytes)}`);
}
