import {ProblemError} from '../../journal/problem.ts';
import {Compressor} from '../../wire/zlib/compressor.ts';
import {Decompressor} from '../../wire/zlib/decompressor.ts';
import type {TooLarge, ZlibProblem} from '../../wire/zlib/problem.ts';
import type {Kit} from '../contract.ts';
import type {ZlibAsk, zlibEvents} from './zlib-shape.ts';

export type ZlibKit = Kit<typeof zlibEvents, string, ZlibAsk>;

/** What one event carries at most. */
const pieceLength = 256 * 1024;

/** Standard input decompressed, in the memory of a few pieces. Throws what Python would raise. */
export async function inflateAll(ask: ZlibAsk, kit: ZlibKit, pieces: AsyncIterable<Uint8Array>): Promise<void> {
  const inflating = new Inflating(ask, kit);
  for await (const piece of pieces) {
    if (kit.signal.aborted) return;
    await inflating.push(piece);
  }
  if (!kit.signal.aborted) inflating.end();
}

/** Standard input compressed. */
export async function deflateAll(ask: ZlibAsk, kit: ZlibKit, pieces: AsyncIterable<Uint8Array>): Promise<void> {
  const {format, level} = ask;
  const opened = Compressor.open({format: format === 'auto' ? 'zlib' : format, level});
  if (!(opened instanceof Compressor)) throw new ProblemError(problemOf(opened));
  let [consumed, produced] = [0, 0];
  const tell = async (made: ReturnType<Compressor['compress']>) => {
    if (made.kind !== 'output') throw new ProblemError(problemOf(made));
    for (let at = 0; at < made.bytes.length; at += pieceLength) {
      kit.emit('output', {at: produced + at}, made.bytes.subarray(at, at + pieceLength));
      await kit.caughtUp();
    }
    produced += made.bytes.length;
  };
  for await (const piece of pieces) {
    if (kit.signal.aborted) return;
    consumed += piece.length;
    await tell(opened.compress(piece));
  }
  await tell(opened.flush());
  kit.emit('total', {consumed, produced, left: 0, members: 1});
}

/** A gzip file may be several members one behind the other (RFC 1952 §2.2): the next one follows at once. */
class Inflating {
  readonly #ask: ZlibAsk;
  readonly #kit: ZlibKit;
  #object: Decompressor;
  #begun = 0;
  #consumed = 0;
  #left = 0;
  #before = 0;
  #members = 1;

  constructor(ask: ZlibAsk, kit: ZlibKit) {
    this.#ask = ask;
    this.#kit = kit;
    this.#object = this.#open();
  }

  async push(piece: Uint8Array): Promise<void> {
    for (let rest = piece; rest.length > 0; ) {
      if (this.#object.eof && !this.#next(rest)) {
        this.#left += rest.length;
        return;
      }
      rest = await this.#inflate(rest);
    }
  }

  end(): void {
    const [consumed, left, members] = [this.#consumed, this.#left, this.#members];
    this.#kit.emit('total', {consumed, produced: this.#before + this.#object.produced, left, members});
    if (this.#object.eof) return;
    const says = 'zlib.error: Error -5 while decompressing data: incomplete or truncated stream';
    const next = `The input ended at ${consumed}, inside the compressed data: look for who cut it.`;
    throw new ProblemError({code: 'zlib.truncated', says, verbatim: true, next});
  }

  /** Gives one piece and takes all that it makes; what it did not use comes back. */
  async #inflate(piece: Uint8Array): Promise<Uint8Array> {
    const object = this.#object;
    for (let given = piece; ; given = object.unconsumed_tail) {
      const at = this.#before + object.produced;
      const made = object.decompress(given, pieceLength);
      if (made.kind !== 'output') throw new ProblemError(this.#whyNot(made));
      if (made.bytes.length > 0) this.#kit.emit('output', {at}, made.bytes);
      await this.#kit.caughtUp();
      if (object.eof || (object.unconsumed_tail.length === 0 && made.bytes.length < pieceLength)) break;
    }
    const unused = object.eof ? object.unused_data : nothing;
    this.#consumed += piece.length - unused.length;
    return unused;
  }

  /** Begins the next member, if one follows. */
  #next(rest: Uint8Array): boolean {
    const isMember = this.#ask.format === 'gzip' || this.#ask.format === 'auto';
    if (this.#left > 0 || !isMember || rest[0] !== 0x1f || (rest.length > 1 && rest[1] !== 0x8b)) return false;
    this.#before += this.#object.produced;
    this.#begun = this.#consumed;
    this.#members++;
    this.#object = this.#open();
    return true;
  }

  #open(): Decompressor {
    const {format, limit} = this.#ask;
    const maximumOutput = limit === 0 ? Number.POSITIVE_INFINITY : Math.max(0, limit - this.#before);
    const opened = Decompressor.open({format, maximumOutput});
    if (opened instanceof Decompressor) return opened;
    throw new ProblemError(problemOf(opened));
  }

  #whyNot(why: ZlibProblem | TooLarge) {
    const problem = problemOf(why);
    if (why.kind === 'too-large') return problem;
    const {produced} = this.#object;
    return {
      ...problem,
      next: `It is in the compressed stream that begins at ${this.#begun}, behind ${produced} bytes of output.`,
    };
  }
}

const nothing = new Uint8Array(0);

function problemOf(why: ZlibProblem | TooLarge) {
  if (why.kind === 'zlib-problem') return {code: 'zlib.error', says: `${why.type}: ${why.message}`, verbatim: true};
  const next = 'Raise --limit if you trust the sender; --limit 0 is none.';
  return {code: 'zlib.guard', says: why.reason, next};
}
