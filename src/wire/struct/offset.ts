import {StructError} from './error.ts';
import {asInteger, pythonType} from './value.ts';

/** The words that differ between reading at an offset and writing at one. */
export interface OffsetWords {
  readonly name: 'unpack_from' | 'pack_into';
  readonly verb: 'unpacking' | 'packing';
  readonly negative: (size: bigint, offset: bigint) => string;
  /** What the conversion of an int beyond 64 bits raises. */
  readonly overflow: () => StructError;
}

export const readingWords: OffsetWords = {
  name: 'unpack_from',
  verb: 'unpacking',
  negative: (size, offset) => `not enough data to unpack ${size} bytes at offset ${offset}`,
  overflow: () => new StructError('Python int too large to convert to C ssize_t', 'OverflowError'),
};

export const writingWords: OffsetWords = {
  name: 'pack_into',
  verb: 'packing',
  negative: (size, offset) => `no space to pack ${size} bytes at offset ${offset}`,
  overflow: () => new StructError("cannot fit 'int' into an index-sized integer", 'IndexError'),
};

/**
 * Where in a buffer a struct of `size` bytes begins, given an offset that may be negative (from the end).
 *
 * @throws StructError when the struct would not lie inside.
 */
export function resolveOffset(offset: unknown, size: bigint, length: number, words: OffsetWords): number {
  let at = asInteger(offset);
  if (at === undefined)
    throw new StructError(`'${pythonType(offset)}' object cannot be interpreted as an integer`, 'TypeError');
  if (BigInt.asIntN(64, at) !== at) throw words.overflow();
  const room = BigInt(length);
  if (at < 0n) {
    if (at + size > 0n) throw new StructError(words.negative(size, at));
    if (at + room < 0n) throw new StructError(`offset ${at} out of range for ${length}-byte buffer`);
    at += room;
  }
  if (room - at < size)
    throw new StructError(
      `${words.name} requires a buffer of at least ${size + at} bytes for ${words.verb} ${size} bytes ` +
        `at offset ${at} (actual buffer size is ${length})`,
    );
  return Number(at);
}
