import {concat} from '../bytes.ts';

/** One line as it came. */
export interface Line {
  /** With its ending. */
  readonly bytes: Uint8Array;
  /** Without its ending. */
  readonly content: Uint8Array;
  /** A bare LF ends no line in SMTP (RFC 5321 §2.3.8); whoever asks can tell. `none`: cut off because it grew too long. */
  readonly ending: 'CRLF' | 'LF' | 'none';
}

const none = new Uint8Array(0);

/** Cuts a stream into lines at each LF, however it arrives. A line longer than `most` is handed over in pieces. */
export class LineBuffer {
  readonly #most: number;
  #pieces: Uint8Array[] = [];
  #length = 0;

  constructor(most = 1 << 20) {
    this.#most = most;
  }

  /** Bytes that are no line yet, and lines that nobody took. */
  get length(): number {
    return this.#length;
  }

  push(bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    this.#pieces.push(bytes);
    this.#length += bytes.length;
  }

  /** The next line, or nothing while its end has not come. */
  next(): Line | undefined {
    let before = 0;
    for (const piece of this.#pieces) {
      const feed = piece.indexOf(0x0a);
      if (feed >= 0 && before + feed < this.#most) return lineOf(this.#take(before + feed + 1));
      before += piece.length;
      if (before >= this.#most) return lineOf(this.#take(this.#most));
    }
    // One piece, so that what arrives byte by byte is not looked through again and again.
    if (this.#pieces.length > 64) this.#pieces = [concat(this.#pieces)];
    return undefined;
  }

  /** Everything that is left, as it is. */
  rest(): Uint8Array {
    return this.#length === 0 ? none : this.#take(this.#length);
  }

  #take(count: number): Uint8Array {
    const first = this.#pieces[0]!;
    this.#length -= count;
    if (first.length > count) {
      this.#pieces[0] = first.subarray(count);
      return first.subarray(0, count);
    }
    const taken: Uint8Array[] = [];
    let left = count;
    while (left > 0) {
      const piece = this.#pieces[0]!;
      if (piece.length > left) this.#pieces[0] = piece.subarray(left);
      else this.#pieces.shift();
      taken.push(piece.subarray(0, left));
      left -= Math.min(left, piece.length);
    }
    return taken.length === 1 ? taken[0]! : concat(taken);
  }
}

function lineOf(bytes: Uint8Array): Line {
  if (bytes.at(-1) !== 0x0a) return {bytes, content: bytes, ending: 'none'};
  if (bytes.at(-2) !== 0x0d) return {bytes, content: bytes.subarray(0, -1), ending: 'LF'};
  return {bytes, content: bytes.subarray(0, -2), ending: 'CRLF'};
}
