import {FrameDecoder} from '../../wire/framing/decoder.ts';
import type {Framing} from '../../wire/framing/define.ts';
import {Input} from '../../wire/framing/input.ts';
import {framings} from '../../wire/framing/registry.ts';
import type {EndVerdict, Frame, FrameEvent} from '../../wire/framing/types.ts';
import {bytesOf} from '../../wire/framing/words.ts';
import type {Choice} from './framing-choice.ts';
import type {FrameFields, VerdictFields} from './framing-events.ts';
import {type PayloadForm, readPayload} from './framing-payload.ts';

/** What a track tells. */
export interface Hearer {
  frame(fields: FrameFields, payload: Uint8Array): void;
  skipped(fields: {
    readonly decoder: string;
    readonly start: number;
    readonly end: number;
    readonly because: string;
  }): void;
}

export interface TrackOptions {
  readonly form: PayloadForm;
  /** No fields and no reasons. */
  readonly brief: boolean;
  /** Bytes of a payload that are shown with its frame. Absent: whoever prints it reads the payload itself. */
  readonly shown?: number;
}

/** One decoder on its way along a stream, with the bytes of the frame under way and no more. */
export class Track {
  readonly name: string;
  readonly framing: Framing;
  readonly #choice: Choice;
  readonly #options: TrackOptions;
  readonly #hearer: Hearer;
  readonly #decoder: FrameDecoder;
  readonly #bytes = new Input();
  #frames = 0;
  #lastFrame: Frame | undefined;
  #stand: FrameEvent | undefined;

  constructor(choice: Choice, options: TrackOptions, hearer: Hearer) {
    this.name = choice.name;
    this.framing = framings[choice.framing];
    this.#choice = choice;
    this.#options = options;
    this.#hearer = hearer;
    const decoder = this.framing.open(choice.options);
    // The choice was read with the same registry, so its options have been checked.
    if (!(decoder instanceof FrameDecoder)) throw new Error(`${decoder.option}: ${decoder.says}`);
    this.#decoder = decoder;
  }

  /** True when only {@link resynchronise} can help: what is pushed from here on is held in memory for it. */
  get malformed(): boolean {
    return this.#stand?.kind === 'malformed';
  }

  /** Gives it a chunk and tells the frames that it completes. */
  push(chunk: Uint8Array): void {
    this.#bytes.push(chunk);
    this.#decoder.push(chunk);
    this.#drain();
  }

  /** Looks for the next frame behind malformed bytes; a sentence when this framing has no way to. */
  resynchronise(): string | undefined {
    if (this.#stand?.kind !== 'malformed') return 'Nothing is malformed here';
    const {at} = this.#stand;
    if (!this.#decoder.resynchronise()) return this.framing.recovery.because.replace(/\.$/, '');
    this.#stand = undefined;
    this.#lastFrame = undefined;
    this.#bytes.release(at);
    this.#drain();
    return undefined;
  }

  /** Where it stands while the stream goes on. */
  verdict(): VerdictFields {
    const stand = this.#stand ?? this.#drain();
    const common = {decoder: this.name, at: this.#decoder.offset, frames: this.#frames};
    if (stand.kind === 'malformed')
      return {
        ...common,
        state: 'malformed',
        because: stand.reason,
        start: stand.start,
        offset: stand.at,
        next: stand.next,
      };
    if (stand.kind === 'end') {
      const rest = this.#decoder.offset - stand.at;
      const more = rest === 0 ? '' : ` ${bytesOf(rest)} behind it belong to something else.`;
      return {...common, state: 'ended', because: stand.because + more, offset: stand.at};
    }
    if (stand.kind !== 'need-more') throw new Error(`A decoder cannot stand at a ${stand.kind}.`);
    const {start, have, atLeast, until, because, ifEnd} = stand;
    const wait = {start, have, missing: atLeast, until, ifEnd: ifEnd.because};
    const last = this.#lastFrame;
    if (last !== undefined && have === 0)
      return {...common, ...wait, state: last.safe ? 'safe' : 'recv', because: last.because};
    return {...common, ...wait, state: 'recv', because};
  }

  /** What the end of the stream means; the frame that only the end completes is told. */
  end(): VerdictFields {
    const common = {decoder: this.name, at: this.#decoder.offset};
    const verdict = this.#decoder.atEnd();
    if (verdict.kind === 'complete' && verdict.frame !== undefined) this.#tellFrame(verdict.frame);
    if (verdict.kind === 'malformed') return this.verdict();
    return {
      ...common,
      frames: this.#frames,
      state: verdict.kind,
      because: verdict.because,
      ...placeOf(verdict, common.at),
    };
  }

  #drain(): FrameEvent {
    for (;;) {
      const event = this.#decoder.next();
      if (event.kind === 'frame') this.#tellFrame(event);
      else if (event.kind === 'skipped') this.#tellSkipped(event);
      else {
        this.#stand = event;
        if (event.kind === 'need-more') this.#bytes.release(event.start);
        // What comes behind the end is nobody's here, however much it is.
        if (event.kind === 'end') this.#bytes.release(Number.MAX_SAFE_INTEGER);
        return event;
      }
    }
  }

  #tellSkipped({start, end, because}: {start: number; end: number; because: string}): void {
    this.#hearer.skipped({decoder: this.name, start, end, because});
    this.#bytes.release(end);
  }

  #tellFrame(frame: Frame): void {
    this.#lastFrame = frame;
    const {start, end, header, payload: spans, coded, fields, safe, because} = frame;
    const payload = this.#payloadOf(frame);
    const found = {decoder: this.name, number: ++this.#frames, start, end, size: payload.length};
    this.#bytes.release(end);
    if (this.#options.brief) {
      this.#hearer.frame(found, payload);
      return;
    }
    this.#hearer.frame(
      {...found, header, payload: spans, fields, coded, safe, because, ...this.#reads(payload)},
      payload,
    );
  }

  /** Text and hex are made of the payload where they are printed: kept with each event, they would take far more memory. */
  #reads(payload: Uint8Array): {readonly reads?: readonly string[]} {
    const {form, shown} = this.#options;
    if (shown === undefined && (form === 'text' || form === 'hex' || form === 'raw')) return {};
    return {reads: readPayload(form, payload, shown).map(line => line.slice(0, shown && shown * 4))};
  }

  #payloadOf(frame: Frame): Uint8Array {
    const {start, end, payload, coded} = frame;
    const [only] = payload;
    // Most frames carry one plain stretch of bytes: then the header need not be copied with it.
    if (!coded && payload.length === 1 && only !== undefined) return this.#bytes.copy(only.start, only.end);
    const answer = this.framing.payloadOf(this.#bytes.copy(start, end), frame, this.#choice.options);
    return answer.kind === 'payload' ? answer.bytes : new Uint8Array(0);
  }
}

function placeOf(verdict: EndVerdict, at: number) {
  if (verdict.kind !== 'incomplete') return {};
  const {start, have, missing} = verdict;
  return {start, have, ...(missing !== undefined && {missing}), offset: at};
}
