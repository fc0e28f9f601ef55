import type {LayoutEntry} from './layout.ts';
import type {Size} from './size.ts';
import {Struct} from './struct.ts';
import type {UnpackIterator} from './unpack-iterator.ts';
import type {Packable, Value} from './value.ts';

/** The functions of Python's module `struct`, in the words of 3.13. For 3.11 make a `Struct` with that option. */

type Text = string | Uint8Array;

export const pack = (format: Text, ...values: Packable[]): Uint8Array => compiled(format).pack(...values);

export const packInto = (format: Text, buffer: Uint8Array, offset: number | bigint, ...values: Packable[]): void =>
  compiled(format).packInto(buffer, offset, ...values);

export const unpack = (format: Text, bytes: Uint8Array): Value[] => compiled(format).unpack(bytes);

export const unpackFrom = (format: Text, bytes: Uint8Array, offset: number | bigint = 0): Value[] =>
  compiled(format).unpackFrom(bytes, offset);

export const iterUnpack = (format: Text, bytes: Uint8Array): UnpackIterator => compiled(format).iterUnpack(bytes);

export const calcsize = (format: Text): Size => compiled(format).size;

export const layout = (format: Text): readonly LayoutEntry[] => compiled(format).layout;

/** How many formats a half of the cache holds: between 100 (CPython's number) and 200 are remembered. */
const half = 100;
let recent = new Map<string, Struct>();
let older = new Map<string, Struct>();

/**
 * The compiled format, remembered. What was used lately survives when a half is full, so it is a least-recently-used
 * cache to within that half, and a hit costs one look-up.
 */
export function compiled(format: Text): Struct {
  // Bytes are not remembered: they can change under the same identity.
  if (typeof format !== 'string') return new Struct(format);
  const known = recent.get(format);
  if (known !== undefined) return known;
  const struct = older.get(format) ?? new Struct(format);
  if (recent.size >= half) {
    older = recent;
    recent = new Map();
  }
  recent.set(format, struct);
  return struct;
}
