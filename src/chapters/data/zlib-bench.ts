import {ProblemError} from '../../journal/problem.ts';
import {concat} from '../../wire/bytes.ts';
import {nextStream} from '../../wire/zlib/next-stream.ts';
import type {ActionReply, Kit} from '../contract.ts';
import type {ZlibKit} from './zlib-command.ts';
import type {ZlibAsk} from './zlib-shape.ts';
import {zlibPieces} from './zlib-source.ts';
import {DeflateStepper, InflateStepper, type Stepper, type Told} from './zlib-stepper.ts';

/** The most bytes that are stepped through: more are for the commands inflate and deflate. */
export const longestInflated = 1024 * 1024;

export interface OpenedZlib {
  readonly says: string;
  readonly bytes: Uint8Array;
  readonly plain: number | undefined;
}

/** All bytes that are asked for; a problem when they are too many to step through. */
export async function openZlib(ask: ZlibAsk, kit: Pick<Kit, 'input' | 'headless'>): Promise<OpenedZlib> {
  const source = await zlibPieces(ask, kit);
  const pieces: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const piece of source.pieces) {
      length += piece.length;
      if (length > longestInflated)
        throw new ProblemError({
          code: 'zlib.long',
          says: `More than ${longestInflated} bytes are too many to step through`,
          next: 'Use the commands: wirebook data zlib inflate, or deflate.',
        });
      pieces.push(piece.slice());
    }
  } finally {
    await source.close();
  }
  return {says: source.says, bytes: concat(pieces), plain: source.plain};
}

/** Calls that one key may make. */
const mostCalls = 20_000;

/** One object on a bench: given its bytes piece by piece, forwards and backwards. */
export class ZlibBench {
  readonly #kit: ZlibKit;
  readonly #ask: ZlibAsk;
  readonly #bytes: Uint8Array;
  #from = 0;
  #stepper: Stepper;
  /** The calls made so far, to be made again when one is taken back. */
  #calls: ('next' | 'flush')[] = [];

  constructor(kit: ZlibKit, ask: ZlibAsk, {says, bytes, plain}: OpenedZlib) {
    this.#kit = kit;
    this.#ask = ask;
    this.#bytes = bytes;
    const mode = ask.op === 'deflate' ? 'deflate' : 'inflate';
    kit.emit('data', {source: says, mode, ...(plain !== undefined && {plain})}, bytes);
    this.#stepper = this.#begin(0);
  }

  next(): ActionReply {
    return this.#make('next');
  }

  flush(): ActionReply {
    return this.#make('flush');
  }

  all(): ActionReply {
    for (let calls = 0; calls < mostCalls && !this.#stepper.over; calls++) this.#make('next');
    return undefined;
  }

  /** For a command: every stream there is, one right behind the other or with a byte between them, as the book has it. */
  async everything(): Promise<void> {
    for (;;) {
      let end: number | undefined;
      while (!this.#stepper.over && !this.#kit.signal.aborted) {
        const told = this.#stepper.next();
        this.#tell(told);
        end = told.find(one => one.kind === 'ended')?.fields.at;
        const failed = told.find(one => one.kind === 'step' && (one.fields.error ?? one.fields.stopped) !== undefined);
        if (failed?.kind === 'step') throw new ProblemError(problemOf(failed.fields));
        await this.#kit.caughtUp();
      }
      if (this.#ask.op === 'deflate' || end === undefined) return;
      const next = nextStream(this.#bytes, end, this.#ask.format);
      if (next === undefined) return;
      this.#stepper = this.#begin(next);
    }
  }

  /** The object anew, and every call but the last. */
  back(): ActionReply {
    const calls = this.#calls.slice(0, -1);
    this.#stepper = this.#begin(this.#from);
    for (const call of calls) this.#make(call);
    this.#kit.emit('taken', {steps: calls.length});
    return undefined;
  }

  object(offset: number): ActionReply {
    if (offset >= this.#bytes.length)
      return {
        code: 'zlib.offset',
        says: 'Nothing follows there',
        next: `The last byte is at ${this.#bytes.length - 1}.`,
      };
    this.#stepper = this.#begin(offset);
    return undefined;
  }

  #begin(from: number): Stepper {
    this.#from = from;
    this.#calls = [];
    const stepper =
      this.#ask.op === 'deflate'
        ? new DeflateStepper(this.#bytes, this.#ask)
        : new InflateStepper(this.#bytes, this.#ask, from);
    this.#kit.emit('object', {from, call: stepper.call});
    return stepper;
  }

  #make(call: 'next' | 'flush'): undefined {
    this.#calls.push(call);
    this.#tell(this.#stepper[call]());
  }

  #tell(told: readonly Told[]): void {
    for (const one of told) {
      if (one.kind === 'step') this.#kit.emit('step', one.fields, one.bytes);
      else if (one.kind === 'container') this.#kit.emit('container', one.fields);
      else this.#kit.emit('ended', one.fields);
    }
  }
}

function problemOf({
  error,
  stopped,
  next,
}: {
  error?: string | undefined;
  stopped?: string | undefined;
  next?: string | undefined;
}) {
  const rest = next === undefined ? {} : {next};
  if (error !== undefined) return {code: 'zlib.error', says: error, verbatim: true, ...rest};
  return {code: 'zlib.stopped', says: stopped ?? '', ...rest};
}
