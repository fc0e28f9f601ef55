import * as pako from 'pako';

/** The return codes of zlib that anything here looks at. */
export const codes = {ok: 0, streamEnd: 1, needDictionary: 2, streamError: -2, dataError: -3, bufferError: -5} as const;

/** What deflate() and inflate() are told about the bytes they hold back. The numbers are zlib's and Python's. */
export const flushModes = {none: 0, partial: 1, sync: 2, full: 3, finish: 4} as const;
export type FlushMode = keyof typeof flushModes;

/** One z_stream: the only place that touches pako, a port of zlib 1.3 to JavaScript. */
export class Engine {
  readonly #stream = new pako.ZStream();
  readonly #kind: 'inflate' | 'deflate';

  private constructor(kind: 'inflate' | 'deflate') {
    this.#kind = kind;
  }

  /** A stream that decompresses, or zlib's code when `windowBits` makes no sense. */
  static inflate(windowBits: number): Engine | number {
    const engine = new Engine('inflate');
    const code = pako.zlibInflateInit2(engine.#stream, windowBits);
    return code === codes.ok ? engine : code;
  }

  /** A stream that compresses, or zlib's code when an option makes no sense. */
  static deflate(level: number, windowBits: number, memoryLevel: number, strategy: number): Engine | number {
    const engine = new Engine('deflate');
    const wanted = strategies.find(known => known === strategy);
    if (wanted === undefined) return codes.streamError;
    const code = pako.zlibDeflateInit2(engine.#stream, level, 8, windowBits, memoryLevel, wanted);
    return code === codes.ok ? engine : code;
  }

  /** What zlib says about the last call, or an empty text. */
  get message(): string {
    return this.#stream.msg;
  }

  /** Bytes of the input that have not been taken. */
  get left(): number {
    return this.#stream.avail_in;
  }

  feed(input: Uint8Array): void {
    this.#stream.input = input;
    this.#stream.next_in = 0;
    this.#stream.avail_in = input.length;
  }

  setDictionary(dictionary: Uint8Array): number {
    const set = this.#kind === 'inflate' ? pako.zlibInflateSetDictionary : pako.zlibDeflateSetDictionary;
    return set(this.#stream, dictionary);
  }

  /** Runs until the room or the input is used up. `output` is what was made of `room` bytes at most. */
  run(room: number, mode: FlushMode): {readonly code: number; readonly output: Uint8Array; readonly full: boolean} {
    const stream = this.#stream;
    // Used again by the next run: a chunk of one byte must not cost a new buffer.
    if (stream.output === null || stream.output.length < room) stream.output = new Uint8Array(room);
    stream.next_out = 0;
    stream.avail_out = room;
    const step = this.#kind === 'inflate' ? pako.zlibInflate : pako.zlibDeflate;
    const code = step(stream, flushModes[mode]);
    return {code, output: stream.output.slice(0, room - stream.avail_out), full: stream.avail_out === 0};
  }

  /** Ends the stream; every later run gives `streamError`. */
  close(): void {
    const end = this.#kind === 'inflate' ? pako.zlibInflateEnd : pako.zlibDeflateEnd;
    end(this.#stream);
  }
}

const strategies = [pako.Z_DEFAULT_STRATEGY, pako.Z_FILTERED, pako.Z_HUFFMAN_ONLY, pako.Z_RLE, pako.Z_FIXED] as const;
