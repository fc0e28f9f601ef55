import type {Input} from '../input.ts';
import {need} from '../reading.ts';
import type {Step} from '../types.ts';

/** How a length is written. The varints say their own size: LEB128 by a top bit per byte, QUIC's by the first two bits. */
export const widths = ['u8', 'u16', 'u24', 'u32', 'u64', 'leb128', 'quic'] as const;
export type Width = (typeof widths)[number];

export interface LengthFieldOptions {
  readonly width: Width;
  readonly order: 'big' | 'little';
  readonly signed: boolean;
}

/** A length as read; exact, because 64 bits do not fit into a number. Or why it is none. */
export type LengthField =
  | {readonly kind: 'length'; readonly value: bigint; readonly bytes: Uint8Array}
  | {readonly kind: 'bad-length'; readonly at: number; readonly reason: string};

const sizes = {u8: 1, u16: 2, u24: 3, u32: 4, u64: 8} as const;

/** Reads the length at `at`. `start` is where its frame starts. */
export function* readLength(input: Input, at: number, start: number, options: LengthFieldOptions): Step<LengthField> {
  const {width} = options;
  if (width === 'leb128') return yield* readLeb128(input, at, start);
  yield* need(input, at, 1, {start, what: 'the length prefix'});
  const size = width === 'quic' ? 1 << (input.at(at) >> 6) : sizes[width];
  yield* need(input, at, size, {start, what: `the ${size}-byte length prefix`});
  const bytes = input.copy(at, at + size);
  if (width === 'quic') return {kind: 'length', value: unsigned(bytes, 'big') & ~(3n << BigInt(size * 8 - 2)), bytes};
  const value = unsigned(bytes, options.order);
  return {kind: 'length', value: options.signed ? BigInt.asIntN(size * 8, value) : value, bytes};
}

/** The bytes of a length, or undefined when this width cannot hold it. */
export function writeLength(value: bigint, {width, order, signed}: LengthFieldOptions): Uint8Array | undefined {
  if (value < 0n) return undefined;
  if (width === 'leb128') return value >> 64n === 0n ? writeLeb128(value) : undefined;
  if (width === 'quic') return writeQuic(value);
  const bits = BigInt(sizes[width] * 8 - (signed ? 1 : 0));
  if (value >> bits !== 0n) return undefined;
  return fixedBytes(value, sizes[width], order);
}

// Ten bytes of seven bits hold 64, and the tenth may only carry the last of them.
function* readLeb128(input: Input, at: number, start: number): Step<LengthField> {
  let value = 0n;
  for (let k = 0; k < 10; k++) {
    yield* need(input, at, k + 1, {start, what: 'the variable-length prefix'});
    const byte = input.at(at + k);
    if (k === 9 && byte > 1)
      return {
        kind: 'bad-length',
        at: at + k,
        reason: 'A varint of 64 bits has ten bytes at most, and the tenth is 0 or 1.',
      };
    value |= BigInt(byte & 0x7f) << BigInt(7 * k);
    if (byte < 0x80) return {kind: 'length', value, bytes: input.copy(at, at + k + 1)};
  }
  throw new Error('The tenth byte of a varint always ends it.');
}

function writeLeb128(value: bigint): Uint8Array {
  const bytes: number[] = [];
  for (let rest = value; ; rest >>= 7n) {
    if (rest < 0x80n) return Uint8Array.from([...bytes, Number(rest)]);
    bytes.push(Number(rest & 0x7fn) | 0x80);
  }
}

// RFC 9000 §16: the two top bits give the size, 1, 2, 4 or 8.
function writeQuic(value: bigint): Uint8Array | undefined {
  const power = [6n, 14n, 30n, 62n].findIndex(bits => value >> bits === 0n);
  if (power === -1) return undefined;
  const size = 1 << power;
  return fixedBytes(value | (BigInt(power) << BigInt(size * 8 - 2)), size, 'big');
}

function unsigned(bytes: Uint8Array, order: 'big' | 'little'): bigint {
  let value = 0n;
  for (const byte of order === 'big' ? bytes : bytes.toReversed()) value = (value << 8n) | BigInt(byte);
  return value;
}

function fixedBytes(value: bigint, size: number, order: 'big' | 'little'): Uint8Array {
  const bytes = Uint8Array.from({length: size}, (_, k) => Number((value >> BigInt(8 * (size - 1 - k))) & 0xffn));
  return order === 'big' ? bytes : bytes.reverse();
}
