/**
 * The part of a stream that a decoder still needs: a list of the chunks as they came, addressed by absolute offset.
 * Chunks are kept by reference and never joined, so a frame cut into n chunks costs n, not n². What was released is let
 * go; releasing beyond the end drops bytes as they come, so a payload nobody looks at takes no memory.
 */
export class Input {
  #chunks: Uint8Array[] = [];
  #starts: number[] = [];
  #first = 0;
  #end: number;
  #kept: number;
  #recent = 0;

  /** `from` is the offset of the first byte that will come. */
  constructor(from = 0) {
    this.#end = from;
    this.#kept = from;
  }

  /** The offset after the last byte that came. */
  get end(): number {
    return this.#end;
  }

  /** Bytes held in memory now. */
  get held(): number {
    return this.#chunks.reduce((sum, chunk) => sum + chunk.length, 0);
  }

  push(chunk: Uint8Array): void {
    const start = this.#end;
    this.#end += chunk.length;
    if (this.#end <= this.#kept || chunk.length === 0) return;
    this.#chunks.push(chunk);
    this.#starts.push(start);
  }

  /** Nothing before `offset` will be asked for again. */
  release(offset: number): void {
    if (offset <= this.#kept) return;
    this.#kept = offset;
    while (this.#first < this.#chunks.length && this.#endOf(this.#first) <= offset)
      this.#chunks[this.#first++] = nothing;
    // The emptied front of the list is cut off only now and then: cutting it each time would cost n² for n chunks.
    if (this.#first < 32 || this.#first * 2 < this.#chunks.length) return;
    this.#chunks = this.#chunks.slice(this.#first);
    this.#starts = this.#starts.slice(this.#first);
    this.#recent = 0;
    this.#first = 0;
  }

  /** The byte at `offset`, or -1 when it has not come. */
  at(offset: number): number {
    if (offset >= this.#end) return -1;
    const index = this.#indexOf(offset);
    return this.#chunks[index]![offset - this.#starts[index]!]!;
  }

  /** A copy of bytes that have all come. */
  copy(start: number, end: number): Uint8Array {
    const bytes = new Uint8Array(end - start);
    for (const piece of this.pieces(start, end)) bytes.set(piece.bytes, piece.start - start);
    return bytes;
  }

  /** What there is from `start` on, as the chunks it came in. */
  *pieces(start: number, end = this.#end): Generator<{readonly start: number; readonly bytes: Uint8Array}> {
    for (let at = start; at < Math.min(end, this.#end); ) {
      const index = this.#indexOf(at);
      const from = this.#starts[index]!;
      const chunk = this.#chunks[index]!;
      const until = Math.min(end, from + chunk.length);
      yield {start: at, bytes: chunk.subarray(at - from, until - from)};
      at = until;
    }
  }

  /** The first `byte` from `from` up to, not including, `until`, or -1. */
  indexOf(byte: number, from: number, until = this.#end): number {
    for (const piece of this.pieces(from, until)) {
      const found = piece.bytes.indexOf(byte);
      if (found !== -1) return piece.start + found;
    }
    return -1;
  }

  /** The first place at or after `from` where `sequence` is, or where it may still turn out to be once more bytes come. */
  find(sequence: Uint8Array, from: number): {readonly found: boolean; readonly at: number} {
    for (let at = from; ; at++) {
      at = this.indexOf(sequence[0]!, at);
      if (at === -1) return {found: false, at: Math.max(from, this.#end)};
      let same = 1;
      while (same < sequence.length && this.at(at + same) === sequence[same]) same++;
      if (same === sequence.length) return {found: true, at};
      if (at + same >= this.#end) return {found: false, at};
    }
  }

  // Reads go forward almost always, so the chunk used last, or the one after it, is tried before a binary search.
  #indexOf(offset: number): number {
    for (let index = this.#recent; index <= this.#recent + 1; index++) {
      const start = this.#starts[index];
      if (start === undefined || offset < start || offset >= this.#endOf(index)) continue;
      this.#recent = index;
      return index;
    }
    let low = this.#first;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#starts[middle]! <= offset) low = middle;
      else high = middle - 1;
    }
    this.#recent = low;
    return low;
  }

  #endOf(index: number): number {
    return this.#starts[index]! + this.#chunks[index]!.length;
  }
}

const nothing = new Uint8Array(0);
