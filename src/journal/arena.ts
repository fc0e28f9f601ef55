import type {ByteRange} from './event.ts';

/**
 * One bounded ring for all bytes of a journal. Offsets are absolute and never repeat, so a range whose bytes have been
 * overwritten is recognised as gone instead of showing somebody else's bytes.
 */
export class Arena {
  #ring: Uint8Array;
  /** The first offset of all, and the one behind the last byte. */
  #from: number;
  #end: number;
  readonly limit: number;
  /** Bytes that were overwritten because the ring was full, or refused because one piece was larger than it. */
  dropped = 0;

  /** `from` is the offset its first byte gets: that of a saved journal goes on where it was. */
  constructor(limit: number, from = 0) {
    this.limit = limit;
    this.#from = from;
    this.#end = from;
    this.#ring = new Uint8Array(Math.min(limit, 64 * 1024));
  }

  /** The offset that the next byte gets. */
  get end(): number {
    return this.#end;
  }

  /** Copies `bytes` in. A piece larger than the whole arena keeps its head: what was cut off counts as dropped. */
  append(bytes: Uint8Array): ByteRange {
    const kept = bytes.subarray(0, this.limit);
    this.dropped += bytes.length - kept.length;
    this.#makeRoom(kept.length);
    const at = this.#end;
    const start = (at - this.#from) % this.#ring.length;
    const head = Math.min(kept.length, this.#ring.length - start);
    this.#ring.set(kept.subarray(0, head), start);
    this.#ring.set(kept.subarray(head), 0);
    this.#end += kept.length;
    return {at, length: kept.length};
  }

  /** The range of bytes that were gone before the first that is appended: never found, and not counted again. */
  skip(length: number): ByteRange {
    if (this.#end !== this.#from) return {at: Number.NEGATIVE_INFINITY, length};
    const at = this.#end;
    this.#from += length;
    this.#end += length;
    return {at, length};
  }

  /** The bytes of a range, as a copy; `undefined` when they have been overwritten. */
  read(range: ByteRange): Uint8Array | undefined {
    const oldest = Math.max(this.#from, this.#end - this.#ring.length);
    if (range.at < oldest || range.at + range.length > this.#end) return undefined;
    const start = (range.at - this.#from) % this.#ring.length;
    const head = this.#ring.subarray(start, Math.min(start + range.length, this.#ring.length));
    const copy = new Uint8Array(range.length);
    copy.set(head);
    copy.set(this.#ring.subarray(0, range.length - head.length), head.length);
    return copy;
  }

  /** The same bytes at the same offsets, in a ring of its own. */
  copy(): Arena {
    const copy = new Arena(this.limit, this.#from);
    copy.#ring = this.#ring.slice();
    copy.#end = this.#end;
    copy.dropped = this.dropped;
    return copy;
  }

  /** Grows by doubling while under the limit; afterwards the oldest bytes make room. */
  #makeRoom(wanted: number): void {
    const held = this.#end - this.#from;
    let size = this.#ring.length;
    while (size < this.limit && held + wanted > size) size = Math.min(size * 2, this.limit);
    if (size !== this.#ring.length) {
      const grown = new Uint8Array(size);
      grown.set(this.#ring.subarray(0, held));
      this.#ring = grown;
    }
    const lost = Math.min(held + wanted - this.#ring.length, wanted);
    if (lost > 0) this.dropped += lost;
  }
}
