import {Input} from './input.ts';
import {waitFor} from './reading.ts';
import type {EndVerdict, FrameEvent, Malformed, Scan, Skipped} from './types.ts';
import {bytesOf} from './words.ts';

/** How a decoder finds its feet after malformed bytes: it goes on behind the next `sequence`. */
export interface Landmark {
  readonly sequence: Uint8Array;
  readonly what: string;
}

/**
 * One decoder for every framing: push chunks as they come, pull events until it says `need-more`, `end` or `malformed`.
 * The events do not depend on where the stream was cut; only the waits do. It keeps no payload: events are ranges, and
 * whoever owns the stream owns its bytes.
 */
export class FrameDecoder {
  readonly #start: (input: Input, from: number) => Scan;
  readonly #landmark: Landmark | undefined;
  readonly #input: Input;
  readonly #ahead: FrameEvent[] = [];
  #scan: Generator<FrameEvent, FrameEvent, undefined>;
  #last: FrameEvent | undefined;
  #seen = -1;
  #stopped = false;

  constructor(start: (input: Input, from: number) => Scan, landmark?: Landmark, from = 0) {
    this.#start = start;
    this.#landmark = landmark;
    this.#input = new Input(from);
    this.#scan = start(this.#input, from);
  }

  /** The offset after the last byte pushed. */
  get offset(): number {
    return this.#input.end;
  }

  /** Bytes kept in memory: headers and delimiters under way, hardly ever a payload. */
  get held(): number {
    return this.#input.held;
  }

  /** Gives the decoder what recv() gave. The chunk must not be changed afterwards. */
  push(chunk: Uint8Array): void {
    this.#input.push(chunk);
    if (this.#last?.kind === 'end') this.#input.release(this.#input.end);
  }

  /** The next event. `need-more`, `malformed` and `end` are given again until something changes. */
  next(): FrameEvent {
    return this.#ahead.shift() ?? this.#advance();
  }

  /** What the end of the stream would mean here. Frames not pulled yet are still given by {@link next}. */
  atEnd(): EndVerdict {
    while (!this.#isWaiting()) {
      const event = this.#advance();
      if (event.kind === 'frame' || event.kind === 'skipped') this.#ahead.push(event);
    }
    const last = this.#last!;
    if (last.kind === 'need-more') return last.ifEnd;
    if (last.kind === 'malformed') return {kind: 'malformed', error: last, because: last.reason};
    if (last.kind !== 'end') throw new Error(`A decoder cannot stop at a ${last.kind}.`);
    const rest = this.#input.end - last.at;
    return {
      kind: 'complete',
      because: rest === 0 ? last.because : `${last.because} ${bytesOf(rest)} behind it belong to something else.`,
    };
  }

  /** After `malformed`: look for the next frame. False when this framing gives no way to find it. */
  resynchronise(): boolean {
    if (this.#last?.kind !== 'malformed' || this.#landmark === undefined) return false;
    this.#scan = this.#search(this.#last, this.#landmark);
    this.#stopped = false;
    this.#last = undefined;
    return true;
  }

  #isWaiting(): boolean {
    return this.#stopped || (this.#last?.kind === 'need-more' && this.#seen === this.#input.end);
  }

  #advance(): FrameEvent {
    if (this.#isWaiting()) return this.#last!;
    this.#seen = this.#input.end;
    const step = this.#scan.next();
    this.#stopped = step.done === true;
    this.#last = step.value;
    return step.value;
  }

  *#search(error: Malformed, {sequence, what}: Landmark): Generator<FrameEvent, FrameEvent, undefined> {
    let from = error.at;
    for (;;) {
      const place = this.#input.find(sequence, from);
      if (!place.found) {
        from = place.at;
        this.#input.release(from);
        yield waitFor(this.#input, 'delimiter', {start: error.start, what: 'the broken frame', ends: what});
        continue;
      }
      const end = place.at + sequence.length;
      const skipped: Skipped = {
        kind: 'skipped',
        start: error.start,
        end,
        because: `Passed over ${bytesOf(end - error.start)} up to ${what}, where the next frame starts.`,
      };
      yield skipped;
      return yield* this.#start(this.#input, end);
    }
  }
}
