import {type PyValue, typeName} from '../python/value.ts';

/** The bytes that `msgpack.packb` gives, or the exception that it raises. */
export type Packed =
  | {readonly ok: true; readonly bytes: Uint8Array}
  | {
      readonly ok: false;
      readonly class: 'OverflowError' | 'TypeError' | 'UnicodeEncodeError';
      readonly message: string;
    };

/**
 * Writes a value as Python's msgpack 1 does: the shortest form for each integer and length, 64 bits for every float, lists
 * and tuples as arrays, and any key a dict has. MessagePack specification, “Formats”.
 */
export function packMessage(value: PyValue): Packed {
  try {
    const out: number[] = [];
    pack(value, out);
    return {ok: true, bytes: Uint8Array.from(out)};
  } catch (error) {
    if (error instanceof Unpackable) return {ok: false, class: error.pythonClass, message: error.message};
    throw error;
  }
}

class Unpackable extends Error {
  readonly pythonClass: 'OverflowError' | 'TypeError' | 'UnicodeEncodeError';

  constructor(pythonClass: Unpackable['pythonClass'], message: string) {
    super(message);
    this.pythonClass = pythonClass;
  }
}

function pack(value: PyValue, out: number[]): void {
  switch (value.t) {
    case 'none':
      out.push(0xc0);
      return;
    case 'bool':
      out.push(value.v ? 0xc3 : 0xc2);
      return;
    case 'int':
      packInteger(value.v, out);
      return;
    case 'float':
      out.push(0xcb, ...eight(view => view.setFloat64(0, value.v)));
      return;
    case 'str': {
      const bytes = utf8(value.v);
      head(bytes.length, out, {fix: [0xa0, 31], codes: [0xd9, 0xda, 0xdb]});
      for (const byte of bytes) out.push(byte);
      return;
    }
    case 'bytes':
    case 'bytearray':
      head(value.v.length, out, {codes: [0xc4, 0xc5, 0xc6]});
      for (const byte of value.v) out.push(byte);
      return;
    case 'list':
    case 'tuple':
      head(value.v.length, out, {fix: [0x90, 15], codes: [undefined, 0xdc, 0xdd]});
      for (const item of value.v) pack(item, out);
      return;
    case 'dict':
      head(value.v.length, out, {fix: [0x80, 15], codes: [undefined, 0xde, 0xdf]});
      for (const [key, item] of value.v) {
        pack(key, out);
        pack(item, out);
      }
      return;
    default:
      throw new Unpackable('TypeError', `can not serialize '${typeName(value)}' object`);
  }
}

/** code, bytes, from, to: the first that has room is the shortest. */
const integers: readonly (readonly [code: number, size: number, from: bigint, to: bigint])[] = [
  [0xcc, 1, 0n, 0xffn],
  [0xcd, 2, 0n, 0xffffn],
  [0xce, 4, 0n, 0xffff_ffffn],
  [0xcf, 8, 0n, 0xffff_ffff_ffff_ffffn],
  [0xd0, 1, -0x80n, -1n],
  [0xd1, 2, -0x8000n, -1n],
  [0xd2, 4, -0x8000_0000n, -1n],
  [0xd3, 8, -0x8000_0000_0000_0000n, -1n],
];

function packInteger(value: bigint, out: number[]): void {
  if (value >= -32n && value <= 127n) {
    out.push(Number(value) & 0xff);
    return;
  }
  const form = integers.find(([, , from, to]) => value >= from && value <= to);
  if (form === undefined) throw new Unpackable('OverflowError', 'Integer value out of range');
  const [code, size] = form;
  const bytes = eight(view => view.setBigUint64(0, BigInt.asUintN(64, value)));
  out.push(code, ...bytes.slice(8 - size));
}

interface Heads {
  /** The code that holds the length itself, and the greatest such length. */
  readonly fix?: readonly [code: number, most: number];
  /** The codes that lengths of one, two and four bytes follow. */
  readonly codes: readonly [number | undefined, number, number];
}

function head(length: number, out: number[], {fix, codes}: Heads): void {
  const [one, two, four] = codes;
  if (fix !== undefined && length <= fix[1]) out.push(fix[0] | length);
  else if (one !== undefined && length <= 0xff) out.push(one, length);
  else if (length <= 0xffff) out.push(two, length >> 8, length & 0xff);
  else out.push(four, ...eight(view => view.setUint32(4, length)).slice(4));
}

function eight(write: (view: DataView) => void): number[] {
  const bytes = new Uint8Array(8);
  write(new DataView(bytes.buffer));
  return [...bytes];
}

function utf8(text: string): Uint8Array {
  if (text.isWellFormed()) return new TextEncoder().encode(text);
  const points = Array.from(text, character => character.codePointAt(0)!);
  const at = points.findIndex(point => point >= 0xd800 && point <= 0xdfff);
  const shown = `\\u${points[at]!.toString(16)}`;
  throw new Unpackable(
    'UnicodeEncodeError',
    `'utf-8' codec can't encode character '${shown}' in position ${at}: surrogates not allowed`,
  );
}
