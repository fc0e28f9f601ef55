import {concat} from '../bytes.ts';
import {codes, Engine, type FlushMode} from './engine.ts';
import {type Format, formats, type Output, valueError, type ZlibProblem, zlibError} from './problem.ts';

export interface CompressorOptions {
  readonly format?: Format;
  /** Python's number, instead of `format`. */
  readonly wbits?: number;
  /** 0 (stored) to 9 (smallest); -1 is zlib's own choice, 6. */
  readonly level?: number;
  readonly memLevel?: number;
  /** 0 default, 1 filtered, 2 Huffman only, 3 run lengths, 4 fixed codes. */
  readonly strategy?: number;
  readonly zdict?: Uint8Array;
}

export type Compressed = Output | ZlibProblem;

/**
 * Python's `zlib.compressobj`. The bytes need not be those CPython makes from the same input, for they depend on the
 * version of zlib; what they decompress to does not.
 */
export class Compressor {
  readonly #engine: Engine;

  private constructor(engine: Engine) {
    this.#engine = engine;
  }

  static open(options: CompressorOptions = {}): Compressor | ZlibProblem {
    const wbits = options.wbits ?? formats[options.format ?? 'zlib'];
    const engine = Engine.deflate(options.level ?? -1, wbits, options.memLevel ?? 8, options.strategy ?? 0);
    if (typeof engine === 'number') return valueError('Invalid initialization option');
    if (options.zdict !== undefined && engine.setDictionary(options.zdict) !== codes.ok)
      return valueError('Invalid dictionary');
    return new Compressor(engine);
  }

  /** Takes data in; gives what is ready, often nothing yet. */
  compress(data: Uint8Array): Compressed {
    this.#engine.feed(data);
    return this.#drain('none', 'while compressing data');
  }

  /** Gives what was held back: `finish` ends the stream, `sync` lets the receiver have all of it and goes on. */
  flush(mode: FlushMode = 'finish'): Compressed {
    if (mode === 'none') return {kind: 'output', bytes: new Uint8Array(0)};
    this.#engine.feed(new Uint8Array(0));
    const result = this.#drain(mode, 'while flushing');
    if (mode === 'finish' && result.kind === 'output') this.#engine.close();
    return result;
  }

  #drain(mode: FlushMode, during: string): Compressed {
    const chunks: Uint8Array[] = [];
    for (let room = 16_384; ; room = Math.min(room * 2, 262_144)) {
      const {code, output, full} = this.#engine.run(room, mode);
      // pako has a text for this where zlib has none, and Python then uses its own.
      if (code === codes.streamError) return zlibError(code, during, '');
      chunks.push(output);
      if (!full) break;
    }
    return {kind: 'output', bytes: concat(chunks)};
  }
}
