import {StructError} from './error.ts';
import type {Format} from './format.ts';
import type {CarefulWriter} from './generate-write.ts';
import {interpretPack} from './interpret.ts';
import {resolveOffset, writingWords} from './offset.ts';
import type {Plan} from './plan.ts';
import {pythonType} from './value.ts';

/** Packing in the order in which CPython does it, so that of two mistakes the same one is reported. */
export function carefulWriter({items, size}: Format, plan: Plan | undefined): CarefulWriter {
  return {
    pack: values => {
      if (BigInt(values.length) !== items)
        throw new StructError(`pack expected ${items} items for packing (got ${values.length})`);
      const bytes = allocate(size);
      interpretPack(plan!, bytes, 0, values);
      return bytes;
    },
    packInto: (buffer, offset, values) => {
      if (BigInt(values.length) !== items || offset === undefined) {
        // Callers that are not typed can leave these out.
        if (buffer === undefined) throw new StructError('pack_into expected buffer argument');
        if (offset === undefined) throw new StructError('pack_into expected offset argument');
        throw new StructError(`pack_into expected ${items} items for packing (got ${values.length})`);
      }
      if (!(buffer instanceof Uint8Array)) throw readOnly(buffer);
      // When there is room for it, it has a plan.
      const at = resolveOffset(offset, size, buffer.length, writingWords);
      interpretPack(plan!, buffer, at, values);
    },
  };
}

export function requireBytes(bytes: unknown): asserts bytes is Uint8Array {
  if (!(bytes instanceof Uint8Array))
    throw new StructError(`a bytes-like object is required, not '${pythonType(bytes)}'`, 'TypeError');
}

// CPython names the type here, except that it says None.
function readOnly(buffer: unknown): StructError {
  const given = buffer === null || buffer === undefined ? 'None' : pythonType(buffer);
  return new StructError(`argument must be read-write bytes-like object, not ${given}`, 'TypeError');
}

// The header of a CPython bytes object is 33 bytes, which the size may not reach over 2**63-1.
function allocate(size: bigint): Uint8Array {
  if (size > 2n ** 63n - 1n - 33n) throw new StructError('byte string is too large', 'OverflowError');
  try {
    return new Uint8Array(Number(size));
  } catch {
    // CPython's MemoryError has no text either.
    throw new StructError('', 'MemoryError');
  }
}
