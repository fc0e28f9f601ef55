import {hexPairs} from '../text/hex.ts';
import {fault, isFault, type PickleFault} from './fault.ts';

/**
 * A Python `str`. `points` is there only when `v` cannot tell the truth: when a high and a low surrogate stand side by
 * side as two characters, which a JavaScript string takes for one.
 */
export interface PythonText {
  readonly t: 'str';
  readonly v: string;
  readonly points?: readonly number[];
}

/** UTF-8 as Python reads it with `surrogatepass`: surrogates written in three bytes are kept. */
export function decodeUtf8(bytes: Uint8Array): PythonText | PickleFault {
  try {
    return {t: 'str', v: strict.decode(bytes)};
  } catch {
    return decodeBytewise(bytes, true);
  }
}

/** UTF-8 as Python reads it without `surrogatepass`. */
export function decodeStrictUtf8(bytes: Uint8Array): PythonText | PickleFault {
  return decodeBytewise(bytes, false);
}

/** The codec `raw-unicode-escape`: Latin-1 in which `\uXXXX` and `\UXXXXXXXX` are escapes, and nothing else is. */
export function decodeRawUnicodeEscape(bytes: Uint8Array): PythonText | PickleFault {
  const points: number[] = [];
  for (let at = 0; at < bytes.length; ) {
    const byte = bytes[at]!;
    const next = bytes[at + 1];
    if (byte !== backslash || next === undefined) {
      points.push(byte);
      at += 1;
    } else if (next === 0x75 || next === 0x55) {
      const size = next === 0x75 ? 4 : 8;
      const point = rawEscape(bytes, at, size);
      if (isFault(point)) return point;
      points.push(point);
      at += 2 + size;
    } else {
      points.push(byte, next);
      at += 2;
    }
  }
  return textOf(points);
}

/** Undoes the escapes of a bytes literal (`\n`, `\x41`, `\101`; unknown ones stay) as `codecs.escape_decode` does. */
export function decodeByteEscapes(bytes: Uint8Array): Uint8Array | PickleFault {
  if (!bytes.includes(backslash)) return bytes;
  const out: number[] = [];
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at]!;
    if (byte !== backslash) {
      out.push(byte);
      continue;
    }
    const next = bytes[++at];
    if (next === undefined) return fault('ValueError', 'Trailing \\ in string');
    const simple = simpleEscapes[String.fromCharCode(next)];
    if (simple !== undefined) out.push(...simple);
    else if (next === 0x78) {
      const [high, low] = [hexDigit(bytes[at + 1]), hexDigit(bytes[at + 2])];
      if (high < 0 || low < 0) return fault('ValueError', `invalid \\x escape at position ${at - 1}`);
      out.push(high * 16 + low);
      at += 2;
    } else if (isOctal(next)) {
      let value = next - 0x30;
      for (let digits = 1; digits < 3 && isOctal(bytes[at + 1]); digits += 1) value = value * 8 + bytes[++at]! - 0x30;
      out.push(value & 0xff);
    } else out.push(backslash, next);
  }
  return Uint8Array.from(out);
}

/** ASCII, strictly. */
export function decodeAscii(bytes: Uint8Array): PythonText | PickleFault {
  const at = bytes.findIndex(byte => byte > 0x7f);
  if (at >= 0) return undecodable('ascii', bytes, at, at + 1, 'ordinal not in range(128)');
  return {t: 'str', v: latin1(bytes)};
}

/** Each byte as the character of the same number. */
export function latin1(bytes: Uint8Array): string {
  const pieces: string[] = [];
  // In pieces, because a call takes a bounded number of arguments.
  for (let at = 0; at < bytes.length; at += 4096) pieces.push(String.fromCharCode(...bytes.subarray(at, at + 4096)));
  return pieces.join('');
}

/** A str from its code points. */
export function textOf(points: readonly number[]): PythonText {
  const pieces: string[] = [];
  for (let at = 0; at < points.length; at += 4096) pieces.push(String.fromCodePoint(...points.slice(at, at + 4096)));
  const v = pieces.join('');
  const joins = points.some((point, at) => isHigh(point) && isLow(points[at + 1]));
  return joins ? {t: 'str', v, points} : {t: 'str', v};
}

/** The code points of a str, as Python counts them. */
export function pointsOf(text: PythonText): readonly number[] {
  return text.points ?? Array.from(text.v, character => character.codePointAt(0)!);
}

const strict = new TextDecoder('utf-8', {fatal: true, ignoreBOM: true});
const backslash = 0x5c;

const simpleEscapes: Readonly<Record<string, readonly number[]>> = {
  '\n': [],
  '\\': [backslash],
  "'": [0x27],
  '"': [0x22],
  a: [7],
  b: [8],
  t: [9],
  n: [10],
  v: [11],
  f: [12],
  r: [13],
};

function rawEscape(bytes: Uint8Array, start: number, size: number): number | PickleFault {
  let point = 0;
  for (let at = start + 2; at < start + 2 + size; at += 1) {
    const digit = hexDigit(bytes[at]);
    const reason = size === 4 ? 'truncated \\uXXXX escape' : 'truncated \\UXXXXXXXX escape';
    if (digit < 0) return undecodable('rawunicodeescape', bytes, start, Math.min(at, bytes.length), reason);
    point = point * 16 + digit;
  }
  if (point <= 0x10ffff) return point;
  return undecodable('rawunicodeescape', bytes, start, start + 2 + size, '\\Uxxxxxxxx out of range');
}

function decodeBytewise(bytes: Uint8Array, surrogates: boolean): PythonText | PickleFault {
  const points: number[] = [];
  for (let at = 0; at < bytes.length; ) {
    const sequence = utf8Sequence(bytes, at);
    if (typeof sequence.point === 'number') points.push(sequence.point);
    else {
      const surrogate = surrogates ? surrogateAt(bytes, at) : undefined;
      if (surrogate === undefined) return undecodable('utf-8', bytes, at, at + sequence.length, sequence.point);
      points.push(surrogate);
    }
    at += typeof sequence.point === 'number' ? sequence.length : 3;
  }
  return textOf(points);
}

/** One character, or why there is none and how many bytes Python's decoder blames (Unicode §3.9, table 3-7). */
function utf8Sequence(bytes: Uint8Array, at: number): {point: number | string; length: number} {
  const lead = bytes[at]!;
  if (lead < 0x80) return {point: lead, length: 1};
  if (lead < 0xc2 || lead > 0xf4) return {point: 'invalid start byte', length: 1};
  const length = lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
  const lowest = lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80;
  const highest = lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf;
  let point = lead & (0x7f >> length);
  for (let k = 1; k < length; k += 1) {
    const byte = bytes[at + k];
    if (byte === undefined) return {point: 'unexpected end of data', length: bytes.length - at};
    if (byte < (k === 1 ? lowest : 0x80) || byte > (k === 1 ? highest : 0xbf))
      return {point: 'invalid continuation byte', length: k};
    point = (point << 6) | (byte & 0x3f);
  }
  return {point, length};
}

function surrogateAt(bytes: Uint8Array, at: number): number | undefined {
  const [lead, second = 0, third = 0] = bytes.subarray(at, at + 3);
  if (lead !== 0xed || (second & 0xe0) !== 0xa0 || (third & 0xc0) !== 0x80) return undefined;
  return 0xd000 | ((second & 0x3f) << 6) | (third & 0x3f);
}

function undecodable(codec: string, bytes: Uint8Array, start: number, end: number, reason: string): PickleFault {
  const what =
    end === start + 1
      ? `byte 0x${hexPairs[bytes[start]!]} in position ${start}`
      : `bytes in position ${start}-${end - 1}`;
  return fault('UnicodeDecodeError', `'${codec}' codec can't decode ${what}: ${reason}`);
}

function hexDigit(byte: number | undefined): number {
  const digit = byte === undefined ? -1 : '0123456789abcdef'.indexOf(String.fromCharCode(byte).toLowerCase());
  return digit;
}

const isOctal = (byte: number | undefined): byte is number => byte !== undefined && byte >= 0x30 && byte <= 0x37;
const isHigh = (point: number): boolean => point >= 0xd800 && point <= 0xdbff;
const isLow = (point: number | undefined): boolean => point !== undefined && point >= 0xdc00 && point <= 0xdfff;
