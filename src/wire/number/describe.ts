import {readLiteral} from '../python/literal.ts';
import {reprFloat, reprInt} from '../python/repr.ts';
import {bin, bitLength, hex, oct} from './base.ts';
import {numbersIn, type Reading} from './bytes-as-numbers.ts';
import {type Encoded, encodeFloat, type FloatFormat} from './float-bits.ts';
import {parseHexBytes} from './hex-bytes.ts';
import {parseInteger} from './integer-text.ts';
import {type Word, words} from './twos-complement.ts';

/** How a text is to be read. `python` is any literal of an int or a float; a number is the base of bare digits. */
export type Notation = 'python' | 'bytes' | number;

export type Description =
  | {readonly ok: true; readonly kind: 'int'; readonly int: IntegerDescription}
  | {readonly ok: true; readonly kind: 'float'; readonly float: FloatDescription}
  | {
      readonly ok: true;
      readonly kind: 'bytes';
      readonly bytes: Uint8Array;
      readonly big: Reading;
      readonly little: Reading;
    }
  | {readonly ok: false; readonly offset: number; readonly message: string; readonly next: string};

export interface IntegerDescription {
  readonly value: bigint;
  readonly decimal: string;
  /** As the Python functions of these names print it. */
  readonly hex: string;
  readonly oct: string;
  readonly bin: string;
  readonly bitLength: number;
  readonly words: readonly Word[];
}

export interface FloatDescription {
  readonly value: number;
  readonly repr: string;
  readonly formats: Readonly<Record<FloatFormat, Encoded>>;
}

/** Read a number as it was typed, and say everything about it. */
export function describeText(text: string, notation: Notation = 'python'): Description {
  if (notation === 'bytes') {
    const read = parseHexBytes(text);
    return read.ok ? {ok: true, kind: 'bytes', bytes: read.bytes, ...numbersIn(read.bytes)} : read;
  }
  if (typeof notation === 'number') {
    const read = parseInteger(text, notation);
    return read.ok ? {ok: true, kind: 'int', int: describeInteger(read.value)} : read;
  }
  const read = readLiteral(text.trim());
  if (!read.ok) return {...read, offset: read.offset + text.length - text.trimStart().length};
  const {value} = read;
  if (value.t === 'int') return {ok: true, kind: 'int', int: describeInteger(value.v)};
  if (value.t === 'float') return {ok: true, kind: 'float', float: describeNumber(value.v)};
  if (value.t === 'bytes') return {ok: true, kind: 'bytes', bytes: value.v, ...numbersIn(value.v)};
  return {ok: false, offset: 0, message: 'This is no number.', next: "Write 4253, -1, 0x109d, 1.5 or b'\\x10\\x9d'."};
}

export function describeInteger(value: bigint): IntegerDescription {
  const inBases = {decimal: reprInt(value), hex: hex(value), oct: oct(value), bin: bin(value)};
  return {value, ...inBases, bitLength: bitLength(value), words: words(value)};
}

export function describeNumber(value: number): FloatDescription {
  const formats = {
    half: encodeFloat(value, 'half'),
    single: encodeFloat(value, 'single'),
    double: encodeFloat(value, 'double'),
  };
  return {value, repr: reprFloat(value), formats};
}
