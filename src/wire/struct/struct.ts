import {carefulWriter, requireBytes} from './careful.ts';
import {chooseMode, type Mode, makeReader, makeWriter} from './engine.ts';
import {StructError} from './error.ts';
import {type Format, parseFormat} from './format.ts';
import type {Reader} from './generate-read.ts';
import type {Writer} from './generate-write.ts';
import {type LayoutEntry, layoutOf} from './layout.ts';
import {readingWords, resolveOffset} from './offset.ts';
import {makePlan, type Plan} from './plan.ts';
import type {Profile} from './range.ts';
import {exact, type Size} from './size.ts';
import {UnpackIterator} from './unpack-iterator.ts';
import type {Value} from './value.ts';

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
  /** Undefined for a format that is larger than any buffer. */
  readonly #plan: Plan | undefined;
  #reader: Reader | undefined;
  #writer: Writer | undefined;

  constructor(format: string | Uint8Array, options: StructOptions = {}) {
    this.#format = parseFormat(format);
    this.format = this.#format.text;
    this.size = exact(this.#format.size);
    this.items = exact(this.#format.items);
    this.python = options.python ?? '3.13';
    this.#plan = makePlan(this.#format, this.python);
    this.mode = chooseMode(this.#plan, options.mode);
  }

  // The four that matter for speed are properties, so that a call goes straight to the code made for the format. It is
  // made at the first use of one of them: to ask for the size of a format compiles nothing.

  /** Values to a new array, which covers no byte that any other array covers. */
  get pack(): Writer['pack'] {
    return (this.#writer ?? this.#write()).pack;
  }

  /** Write at an offset, which counts from the end when negative. Where a value fails, earlier ones stay written. */
  get packInto(): Writer['packInto'] {
    return (this.#writer ?? this.#write()).packInto;
  }

  /** Exactly `size` bytes to values. Bytes among them are copies. */
  get unpack(): Reader['unpack'] {
    return this.#plan === undefined ? this.#refuse : (this.#reader ?? this.#read()).unpack;
  }

  /** Values from an offset on, which counts from the end when negative. */
  unpackFrom(bytes: Uint8Array, offset: number | bigint = 0): Value[] {
    requireBytes(bytes);
    const inside = typeof offset === 'number' && offset >>> 0 === offset && bytes.length - offset >= this.size;
    const at = inside ? offset : resolveOffset(offset, this.#format.size, bytes.length, readingWords);
    return (this.#reader ?? this.#read()).read(bytes, at);
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

  // Who calls it has found enough bytes, so the format is not larger than any buffer and has a plan.
  #read(): Reader {
    this.#reader ??= makeReader(this.#plan!, this.mode, this.#refuse);
    return this.#reader;
  }

  #write(): Writer {
    this.#writer ??= makeWriter(this.#plan, this.mode, carefulWriter(this.#format, this.#plan));
    return this.#writer;
  }

  readonly #refuse = (bytes: Uint8Array): never => {
    requireBytes(bytes);
    throw new StructError(`unpack requires a buffer of ${this.size} bytes`);
  };

  #requireRecords(bytes: Uint8Array): void {
    const {size} = this.#format;
    if (size === 0n) throw new StructError('cannot iteratively unpack with a struct of length 0');
    requireBytes(bytes);
    if (BigInt(bytes.length) % size !== 0n)
      throw new StructError(`iterative unpacking requires a buffer of a multiple of ${size} bytes`);
  }
}
