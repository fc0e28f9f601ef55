import {concat} from '../../bytes.ts';
import {FrameDecoder} from '../decoder.ts';
import type {Framing, GivenOptions} from '../define.ts';
import type {EndVerdict, Malformed} from '../types.ts';

/** A frame's payload: `bytes` from `start` up to `end`. The bytes are a chunk that was pushed, or a copy of a cut frame. */
export type OnFrame = (bytes: Uint8Array, start: number, end: number) => void;

/**
 * The start of a frame whose end has not come, as the pieces it came in: copies, because sockets reuse their buffers.
 * They are joined once, when the frame is whole.
 */
export class Carry {
  #pieces: Uint8Array[] = [];
  #length = 0;

  get length(): number {
    return this.#length;
  }

  keep(bytes: Uint8Array, start: number, end: number): void {
    if (end <= start) return;
    this.#pieces.push(bytes.slice(start, end));
    this.#length += end - start;
  }

  /** Everything kept and `bytes` up to `end` behind it; nothing is kept any more. */
  join(bytes: Uint8Array, end: number): Uint8Array {
    const whole = concat([...this.#pieces, bytes.subarray(0, end)]);
    this.#pieces = [];
    this.#length = 0;
    return whole;
  }

  /** What is kept, in one piece. */
  peek(): Uint8Array {
    return concat(this.#pieces);
  }
}

/** What the incremental decoder says about bytes that the fast one stumbled over: both say the same, word for word. */
export function explain(framing: Framing, options: GivenOptions, bytes: Uint8Array, from: number): Malformed {
  const event = decoderFor(framing, options, bytes, from).next();
  if (event.kind !== 'malformed')
    throw new Error(`The fast decoder stopped at ${from}, where there is a ${event.kind}.`);
  return event;
}

/** What the end of the stream means behind these bytes of an unfinished frame. */
export function verdictOf(framing: Framing, options: GivenOptions, bytes: Uint8Array, from: number): EndVerdict {
  return decoderFor(framing, options, bytes, from).atEnd();
}

function decoderFor(framing: Framing, options: GivenOptions, bytes: Uint8Array, from: number): FrameDecoder {
  const decoder = framing.open(options, from);
  if (!(decoder instanceof FrameDecoder)) throw new Error(`${decoder.option}: ${decoder.says}`);
  decoder.push(bytes);
  return decoder;
}
