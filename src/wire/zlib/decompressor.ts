import {concat} from '../bytes.ts';
import {codes, Engine, type FlushMode} from './engine.ts';
import {type Format, formats, type Output, type TooLarge, valueError, type ZlibProblem, zlibError} from './problem.ts';

export interface DecompressorOptions {
  readonly format?: Format;
  /** Python's number, instead of `format`: 8 to 15, 24 to 31 (gzip), 40 to 47 (either), -8 to -15 (raw), 0 (as the header says). */
  readonly wbits?: number;
  /** The preset dictionary, when the stream asks for one. */
  readonly zdict?: Uint8Array;
  /** Output bytes in all after which it stops with `too-large`, so that a small bomb stays small. 64 MiB. */
  readonly maximumOutput?: number;
}

export type Decompressed = Output | ZlibProblem | TooLarge;

/**
 * Python's `zlib.decompressobj`, byte for byte: the same output, `unused_data`, `unconsumed_tail`, `eof` and messages
 * for the same calls. (The names are Python's on purpose.) Errors are values; the attributes are right after them too.
 */
export class Decompressor {
  /** What came after the end of the compressed stream: somebody else's bytes. */
  unused_data: Uint8Array = empty;
  /** Input that `max_length` kept from being used: give it to the next call. */
  unconsumed_tail: Uint8Array = empty;
  /** The compressed stream has ended by itself. */
  eof = false;
  /** Bytes made so far, in all. */
  produced = 0;

  readonly #engine: Engine;
  readonly #dictionary: Uint8Array | undefined;
  readonly #maximum: number;

  private constructor(engine: Engine, {zdict, maximumOutput = 64 * 1024 * 1024}: DecompressorOptions) {
    this.#engine = engine;
    this.#dictionary = zdict;
    this.#maximum = maximumOutput;
  }

  static open(options: DecompressorOptions = {}): Decompressor | ZlibProblem {
    const wbits = options.wbits ?? formats[options.format ?? 'zlib'];
    const engine = Engine.inflate(wbits);
    if (typeof engine === 'number') return valueError('Invalid initialization option');
    // A raw stream has no header to ask for its dictionary, so it is set at once.
    if (wbits < 0 && options.zdict !== undefined) {
      const code = engine.setDictionary(options.zdict);
      if (code !== codes.ok) return zlibError(code, 'while setting zdict', engine.message);
    }
    return new Decompressor(engine, options);
  }

  /** Decompresses `data`; `max_length` bounds the output of this call, and 0 does not. */
  decompress(data: Uint8Array, max_length = 0): Decompressed {
    if (max_length < 0) return valueError('max_length must be non-negative');
    const limit = max_length === 0 ? Number.POSITIVE_INFINITY : max_length;
    const {pieces, code, problem} = this.#inflate(data, limit, 'sync');
    // Python gives up on a wrong dictionary before it looks at what is left.
    if (problem?.kind === 'zlib-problem') return problem;
    this.#keepLeft(data, code);
    if (problem !== undefined) return problem;
    if (code === codes.streamEnd) this.eof = true;
    else if (code !== codes.ok && code !== codes.bufferError)
      return zlibError(code, 'while decompressing data', this.#engine.message);
    return {kind: 'output', bytes: pieces.length === 1 ? pieces[0]! : concat(pieces)};
  }

  /** Decompresses what is left in `unconsumed_tail` and ends. As in Python, a cut stream is no error here: look at `eof`. */
  flush(length = 16_384): Decompressed {
    if (length <= 0) return valueError('length must be greater than zero');
    const data = this.unconsumed_tail;
    const {pieces, code, problem} = this.#inflate(data, Number.POSITIVE_INFINITY, 'finish');
    if (problem?.kind === 'zlib-problem') return problem;
    this.#keepLeft(data, code);
    if (code === codes.streamEnd) {
      this.eof = true;
      this.#engine.close();
    }
    return problem ?? {kind: 'output', bytes: concat(pieces)};
  }

  #inflate(data: Uint8Array, limit: number, mode: FlushMode): Inflated {
    const engine = this.#engine;
    engine.feed(data);
    if (this.produced > this.#maximum)
      return {pieces: [], code: codes.ok, problem: tooLarge(this.produced, this.#maximum)};
    const pieces: Uint8Array[] = [];
    let made = 0;
    for (let room = firstRoom; ; room = Math.min(room * 2, largestRoom)) {
      // One byte over the guard is let through, to know that there is more.
      const allowed = Math.min(room, limit - made, this.#maximum - this.produced + 1);
      const {code, output, full} = engine.run(allowed, mode);
      if (output.length > 0) pieces.push(output);
      made += output.length;
      this.produced += output.length;
      if (this.produced > this.#maximum)
        return {pieces, code: codes.ok, problem: tooLarge(this.produced, this.#maximum)};
      if (code === codes.needDictionary && this.#dictionary !== undefined) {
        const set = engine.setDictionary(this.#dictionary);
        if (set === codes.ok) continue;
        return {pieces, code, problem: zlibError(set, 'while setting zdict', engine.message)};
      }
      if (!full || made >= limit || (code !== codes.ok && code !== codes.bufferError)) return {pieces, code};
    }
  }

  #keepLeft(data: Uint8Array, code: number): void {
    const left = data.slice(data.length - this.#engine.left);
    const isEnd = code === codes.streamEnd;
    if (isEnd && left.length > 0) this.unused_data = concat([this.unused_data, left]);
    // Python 3 leaves the same bytes in both when the stream ends while there was a tail.
    if (!isEnd || this.unconsumed_tail.length > 0) this.unconsumed_tail = left;
  }
}

interface Inflated {
  readonly pieces: readonly Uint8Array[];
  readonly code: number;
  readonly problem?: ZlibProblem | TooLarge;
}

const empty = new Uint8Array(0);
const firstRoom = 16_384;
const largestRoom = 262_144;

function tooLarge(produced: number, maximum: number): TooLarge {
  return {
    kind: 'too-large',
    produced,
    reason: `The compressed data makes more than the limit of ${maximum} bytes.`,
    next: 'Give max_length and take the output in pieces, or raise the limit if you trust the sender.',
  };
}
