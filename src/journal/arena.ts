import type {ByteRange} from './event.ts';

/**
 * One bounded ring for all bytes of a journal. Offsets are absolute and never repeat, so a range whose bytes have been
 * overwritten is recognised as gone instead of showing somebody else's bytes.
 */
export class Arena {
  #ring: Uint8Array;
  #end = 0;
  readonly limit: number;
  /** Bytes that were overwritten because the ring was full, or refused because one piece was larger than it. */
  dropped = 0;

  constructor(limit: number) {
    this.limit = limit;
    this.#ring = new Uint8Array(Math.min(limit, 64 * 1024));
  }

  /** Copies `bytes` in. A piece larger than the whole arena keeps its head: what was cut off counts as dropped. */
  append(bytes: Uint8Array): ByteRange {
    const kept = bytes.subarray(0, this.limit);
    this.dropped += bytes.length - kept.length;
    this.#makeRoom(kept.length);
    const at = this.#end;
    const start = at % this.#ring.length;
    const head = Math.min(kept.length, this.#ring.length - start);
    this.#ring.set(kept.subarray(0, head), start);
    this.#ring.set(kept.subarray(head), 0);
    this.#end += kept.length;
    return {at, length: kept.length};
  }

  /** The bytes of a range, as a copy; `undefined` when they have been overwritten. */
  read(range: ByteRange): Uint8Array | undefined {
    if (range.at < this.#end - this.#ring.length || range.at + range.length > this.#end) return undefined;
    const start = range.at % this.#ring.length;
    const head = this.#ring.subarray(start, Math.min(start + range.length, this.#ring.length));
    const copy = new Uint8Array(range.length);
    copy.set(head);
    copy.set(this.#ring.subarray(0, range.length - head.length), head.length);
    return copy;
  }

  /** Grows by doubling while under the limit; afterwards the oldest bytes make room. */
  #makeRoom(wanted: number): void {
    let size = this.#ring.length;
    while (size < this.limit && this.#end + wanted > size) size = Math.min(size * 2, this.limit);
    if (size !== this.#ring.length) {
      const grown = new Uint8Array(size);
      grown.set(this.#ring.subarray(0, this.#end));
      this.#ring = grown;
    }
    const lost = Math.min(this.#end + wanted - this.#ring.length, wanted);
    if (lost > 0) this.dropped += lost;
  }
}
