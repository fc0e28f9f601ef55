import {chooseMode, interpretPack, type Mode, makeReader, makeWriter} from './engine.ts';
import {StructError} from './error.ts';
import {type Format, parseFormat} from './format.ts';
import type {Reader} from './generate-read.ts';
import type {Writer} from './generate-write.ts';
import {type LayoutEntry, layoutOf} from './layout.ts';
import {readingWords, resolveOffset, writingWords} from './offset.ts';
import {makePlan, type Plan} from './plan.ts';
import type {Profile} from './range.ts';
import {exact, type Size} from './size.ts';
import {UnpackIterator} from './unpack-iterator.ts';
import {type Packable, pythonType, type Value} from './value.ts';

export interface StructOptions {
  /** Whose error messages to use; 3.12 and later speak as 3.13 does. Default 3.13. */
  readonly python?: Profile;
  /** Execute without code generation, as where it is disallowed. Default: generate where it is allowed. */
  readonly mode?: Mode;
}

/**
 * Python's `struct.Struct`: a format read once, then used often. Native mode is that of x86-64 Linux on every host.
 *
 *     new Struct('!IHB').unpack(bytes)        // [number, number, number]
 *     new Struct('<q').pack(2n ** 40n)        // Uint8Array(8)
 *
 * Everything that fails throws a `StructError` with CPython's text and class.
 */
export class Struct {
  readonly format: string;
  /** Bytes; a bigint only where a number would not be exact. */
  readonly size: Size;
  /** How many values it takes and gives. */
  readonly items: Size;
  readonly python: Profile;
  readonly mode: Mode;
  readonly #format: Format;
  readonly #plan: Plan | undefined;
  #pack: ((...values: Packable[]) => Uint8Array) | undefined;
  #unpack: ((bytes: Uint8Array) => Value[]) | undefined;
  #reader: Reader | undefined;
  #writer: Writer | undefined;

  constructor(format: string | Uint8Array, options: StructOptions = {}) {
    this.#format = parseFormat(format);
    this.format = this.#format.text;
    this.size = exact(this.#format.size);
    this.items = exact(this.#format.items);
    this.python = options.python ?? '3.13';
    this.#plan = makePlan(this.#format, this.python);
    this.mode = this.#plan === undefined ? 'interpreted' : chooseMode(this.#plan, options.mode);
  }

  /** Values to a new array that shares its memory with nothing. */
  get pack(): (...values: Packable[]) => Uint8Array {
    this.#pack ??= this.#makePack();
    return this.#pack;
  }

  /** Exactly `size` bytes to values. Bytes among them are copies. */
  get unpack(): (bytes: Uint8Array) => Value[] {
    this.#unpack ??= this.#makeUnpack();
    return this.#unpack;
  }

  /** Write at an offset, which counts from the end when negative. Where a value fails, earlier ones stay written. */
  packInto(buffer: Uint8Array, offset: number | bigint, ...values: Packable[]): void {
    if (BigInt(values.length) !== this.#format.items) {
      // Callers that are not typed can leave these out.
      if (buffer === undefined) throw new StructError('pack_into expected buffer argument');
      if (offset === undefined) throw new StructError('pack_into expected offset argument');
      throw new StructError(`pack_into expected ${this.items} items for packing (got ${values.length})`);
    }
    if (!(buffer instanceof Uint8Array)) {
      const given = buffer === null || buffer === undefined ? 'None' : pythonType(buffer);
      throw new StructError(`argument must be read-write bytes-like object, not ${given}`, 'TypeError');
    }
    const at = resolveOffset(offset, this.#format.size, buffer.length, writingWords);
    // There was room for it, so it has a plan.
    const plan = this.#plan!;
    this.#writer ??= makeWriter(plan, this.mode);
    if (this.#writer?.packInto(buffer, at, values) !== true) interpretPack(plan, buffer, at, values);
  }

  /** Values from an offset on, which counts from the end when negative. */
  unpackFrom(bytes: Uint8Array, offset: number | bigint = 0): Value[] {
    requireBytes(bytes);
    const at = resolveOffset(offset, this.#format.size, bytes.length, readingWords);
    return this.#read().read(bytes, at);
  }

  /** Record after record. Bytes that are no multiple of the size are refused at once, not when the end is reached. */
  iterUnpack(bytes: Uint8Array): UnpackIterator {
    this.#requireRecords(bytes);
    return new UnpackIterator(bytes.length === 0 ? () => [] : this.#read().read, bytes, Number(this.size));
  }

  /** As `iterUnpack`, with the fields as arguments of a callback: several times faster, for nothing is allocated. */
  forEach(bytes: Uint8Array, callback: (...fields: Value[]) => void): void {
    this.#requireRecords(bytes);
    if (bytes.length > 0) this.#read().forEach(bytes, callback);
  }

  /** Which bytes are which field, and which are padding. */
  get layout(): readonly LayoutEntry[] {
    return layoutOf(this.#format);
  }

  #read(): Reader {
    // Bytes were long enough, so the format is not larger than any buffer, and has a plan.
    this.#reader ??= makeReader(this.#plan!, this.mode);
    return this.#reader;
  }

  #requireRecords(bytes: Uint8Array): void {
    const {size} = this.#format;
    if (size === 0n) throw new StructError('cannot iteratively unpack with a struct of length 0');
    requireBytes(bytes);
    if (BigInt(bytes.length) % size !== 0n)
      throw new StructError(`iterative unpacking requires a buffer of a multiple of ${size} bytes`);
  }

  #makeUnpack(): (bytes: Uint8Array) => Value[] {
    const {size} = this;
    const read = this.#plan === undefined ? undefined : this.#read().read;
    return bytes => {
      if (bytes instanceof Uint8Array && bytes.length === size && read !== undefined) return read(bytes, 0);
      requireBytes(bytes);
      throw new StructError(`unpack requires a buffer of ${size} bytes`);
    };
  }

  #makePack(): (...values: Packable[]) => Uint8Array {
    const plan = this.#plan;
    this.#writer ??= plan === undefined ? undefined : makeWriter(plan, this.mode);
    const slow = (values: Packable[]) => {
      if (BigInt(values.length) !== this.#format.items)
        throw new StructError(`pack expected ${this.items} items for packing (got ${values.length})`);
      const bytes = allocate(this.#format.size);
      interpretPack(plan!, bytes, 0, values);
      return bytes;
    };
    const fast = this.#writer?.pack;
    return fast === undefined ? (...values) => slow(values) : (...values) => fast(...values) ?? slow(values);
  }
}

function requireBytes(bytes: unknown): void {
  if (!(bytes instanceof Uint8Array))
    throw new StructError(`a bytes-like object is required, not '${pythonType(bytes)}'`, 'TypeError');
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
