import {reprFloat} from '../python/repr.ts';
import {decodeHalf, encodeHalf, halfLimit} from '../struct/half.ts';
import {exactDecimal, floatHex} from './exact-decimal.ts';
import {bytesOf, type Span} from './span.ts';

/** The interchange formats of IEEE 754-2019 §3.6 that `struct` knows. `fraction` and `exponent` are widths in bits. */
export const floatFormats = {
  half: {code: 'e', width: 16, exponent: 5, fraction: 10},
  single: {code: 'f', width: 32, exponent: 8, fraction: 23},
  double: {code: 'd', width: 64, exponent: 11, fraction: 52},
} as const;
export type FloatFormat = keyof typeof floatFormats;

export interface FloatBits {
  readonly format: FloatFormat;
  /** The format character of Python's struct. */
  readonly code: 'e' | 'f' | 'd';
  readonly width: 16 | 32 | 64;
  readonly kind: 'zero' | 'subnormal' | 'normal' | 'infinity' | 'nan';
  readonly bits: bigint;
  readonly binary: string;
  readonly hex: string;
  readonly big: Uint8Array;
  readonly little: Uint8Array;
  /** Sign, exponent and fraction, most significant first. */
  readonly fields: readonly Span[];
  /** The number that the bits stand for, and `repr` of it. */
  readonly value: number;
  readonly repr: string;
  /** Every digit of that number; undefined for infinities and NaN. */
  readonly exact: string | undefined;
  /** `float.hex()`. */
  readonly floatHex: string;
}

/** A number in one of the formats, or why it cannot be there: `struct` refuses what is too large, so do we. */
export type Encoded =
  | {readonly ok: true; readonly float: FloatBits; readonly rounded: boolean; readonly says: string}
  | {readonly ok: false; readonly says: string};

const view = new DataView(new ArrayBuffer(8));

/** Round a number to a format (to the nearest, ties to even) and take the result apart. */
export function encodeFloat(value: number, format: FloatFormat): Encoded {
  if (Number.isFinite(value) && tooLarge(value, format)) {
    const largest = reprFloat(format === 'half' ? 65504 : 3.4028234663852886e38);
    return {ok: false, says: `It is too large for a ${format}, which ends at ${largest}.`};
  }
  const float = describeFloat(bitsOf(value, format), format);
  const rounded = !Number.isNaN(value) && float.value !== value;
  const says = rounded
    ? `A ${format} holds ${float.exact} instead: the nearest it has.`
    : `A ${format} holds it exactly.`;
  return {ok: true, float, rounded, says};
}

const tooLarge = (value: number, format: FloatFormat) =>
  format === 'half' ? Math.abs(value) >= halfLimit : format === 'single' && !Number.isFinite(Math.fround(value));

function bitsOf(value: number, format: FloatFormat): bigint {
  if (format === 'half') return BigInt(encodeHalf(value));
  if (format === 'single') view.setFloat32(0, value);
  else view.setFloat64(0, value);
  return format === 'single' ? BigInt(view.getUint32(0)) : view.getBigUint64(0);
}

/** Take a bit pattern apart. Bits above the width are ignored. */
export function describeFloat(pattern: bigint, format: FloatFormat): FloatBits {
  const {code, width, fraction: fractionWidth, exponent: exponentWidth} = floatFormats[format];
  const bits = BigInt.asUintN(width, pattern);
  const fraction = BigInt.asUintN(fractionWidth, bits);
  const exponent = Number(BigInt.asUintN(exponentWidth, bits >> BigInt(fractionWidth)));
  const kind = kindOf(exponent, fraction, exponentWidth);
  const binary = bits.toString(2).padStart(width, '0');
  const value = numberOf(bits, format);
  return {
    format,
    code,
    width,
    kind,
    bits,
    binary,
    hex: bits.toString(16).padStart(width / 4, '0'),
    big: bytesOf(bits, width / 8, 'big'),
    little: bytesOf(bits, width / 8, 'little'),
    fields: fieldsOf(binary, exponentWidth, kind, {exponent, fraction, width: fractionWidth}),
    value,
    repr: reprFloat(value),
    exact: Number.isFinite(value) ? exactDecimal(value) : undefined,
    floatHex: floatHex(value),
  };
}

function numberOf(bits: bigint, format: FloatFormat): number {
  if (format === 'half') return decodeHalf(Number(bits));
  if (format === 'single') view.setUint32(0, Number(bits));
  else view.setBigUint64(0, bits);
  return format === 'single' ? view.getFloat32(0) : view.getFloat64(0);
}

function kindOf(exponent: number, fraction: bigint, exponentWidth: number): FloatBits['kind'] {
  if (exponent === 2 ** exponentWidth - 1) return fraction === 0n ? 'infinity' : 'nan';
  if (exponent > 0) return 'normal';
  return fraction === 0n ? 'zero' : 'subnormal';
}

interface Parts {
  readonly exponent: number;
  readonly fraction: bigint;
  readonly width: number;
}

function fieldsOf(binary: string, exponentWidth: number, kind: FloatBits['kind'], parts: Parts): Span[] {
  const span = (name: string, start: number, end: number, meaning: string): Span => ({
    name,
    unit: 'bit',
    start,
    end,
    text: binary.slice(start, end),
    meaning,
  });
  const negative = binary[0] === '1';
  return [
    span('sign', 0, 1, negative ? 'negative' : 'positive'),
    span('exponent', 1, 1 + exponentWidth, exponentMeaning(kind, parts.exponent, 2 ** (exponentWidth - 1) - 1)),
    span('fraction', 1 + exponentWidth, binary.length, fractionMeaning(kind, parts)),
  ];
}

function exponentMeaning(kind: FloatBits['kind'], exponent: number, bias: number): string {
  if (kind === 'infinity' || kind === 'nan') return 'all ones: infinity or not a number';
  if (kind === 'normal') return `${exponent} - ${bias} = ${exponent - bias}: times 2^${exponent - bias}`;
  return `all zeros: times 2^${1 - bias}, without the leading 1`;
}

function fractionMeaning(kind: FloatBits['kind'], {fraction, width}: Parts): string {
  if (kind === 'infinity') return 'zero: infinity';
  if (kind === 'nan') return `${fraction >> BigInt(width - 1) ? 'quiet' : 'signalling'}, not a number`;
  return `${kind === 'normal' ? '1' : '0'} + ${fraction}/2^${width}`;
}
