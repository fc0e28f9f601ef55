import type {Value} from './value.ts';

/** What `iterUnpack` gives: a plain iterator object, for a generator costs twice as much per record. */
export class UnpackIterator implements IterableIterator<Value[], undefined> {
  readonly #read: (bytes: Uint8Array, at: number) => Value[];
  readonly #bytes: Uint8Array;
  readonly #size: number;
  #at = 0;

  constructor(read: (bytes: Uint8Array, at: number) => Value[], bytes: Uint8Array, size: number) {
    this.#read = read;
    this.#bytes = bytes;
    this.#size = size;
  }

  /** How many records are still to come: `operator.length_hint`. */
  get remaining(): number {
    return (this.#bytes.length - this.#at) / this.#size;
  }

  next(): IteratorResult<Value[], undefined> {
    if (this.#at >= this.#bytes.length) return {done: true, value: undefined};
    const value = this.#read(this.#bytes, this.#at);
    this.#at += this.#size;
    return {done: false, value};
  }

  [Symbol.iterator](): this {
    return this;
  }
}
