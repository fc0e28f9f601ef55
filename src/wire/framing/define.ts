import {concat} from '../bytes.ts';
import {FrameDecoder, type Landmark} from './decoder.ts';
import type {Input} from './input.ts';
import {type OptionProblem, type OptionSpecs, type OptionsOf, type OptionValue, resolveOptions} from './options.ts';
import {malformed} from './reading.ts';
import type {Frame, Malformed, Scan} from './types.ts';

/** Options by name; what is left out has its default. */
export type GivenOptions = {readonly [name: string]: OptionValue | undefined};

/** Framed bytes, or which of the payloads this framing cannot carry (`index`), and why. */
export type Encoded =
  | {readonly kind: 'encoded'; readonly bytes: Uint8Array}
  | {readonly kind: 'refused'; readonly index: number; readonly reason: string; readonly next: string};

/** What a payload's bytes stand for, or where they are wrong. */
export type Payload = {readonly kind: 'payload'; readonly bytes: Uint8Array} | Malformed;

export type Recovery = {readonly possible: boolean; readonly because: string};

/** A way to tell where one message ends and the next begins, with everything that can be done with it. */
export interface Framing {
  readonly title: string;
  /** One sentence: how it knows when to stop. */
  readonly teaches: string;
  readonly options: OptionSpecs;
  /** Whether frames can be found again after malformed bytes, and why. */
  readonly recovery: Recovery;
  /** A decoder for a stream, or for what is left of one: `from` is the offset of the first byte it will be given. */
  open(given?: GivenOptions, from?: number): FrameDecoder | OptionProblem;
  /** One stream out of these payloads. */
  encode(payloads: readonly Uint8Array[], given?: GivenOptions): Encoded | OptionProblem;
  /** What a frame carries. `raw` holds the frame's bytes, `frame.start` up to `frame.end`. */
  payloadOf(raw: Uint8Array, frame: Frame, given?: GivenOptions): Payload | OptionProblem;
}

interface Definition<S extends OptionSpecs> {
  readonly title: string;
  readonly teaches: string;
  readonly options: S;
  readonly recovery: Recovery & {readonly landmark?: (options: OptionsOf<S>) => Landmark};
  /** What no single option can say: a contradiction between two of them. */
  readonly check?: (options: OptionsOf<S>) => OptionProblem | undefined;
  readonly scan: (input: Input, from: number, options: OptionsOf<S>) => Scan;
  readonly encode: (payloads: readonly Uint8Array[], options: OptionsOf<S>) => Encoded;
  readonly payload?: (raw: Uint8Array, frame: Frame, options: OptionsOf<S>) => Payload;
}

/** Makes a framing out of its parts; its options are checked once, here. */
export function defineFraming<const S extends OptionSpecs>(definition: Definition<S>): Framing {
  const {title, teaches, options, recovery, scan, check} = definition;
  const resolved = (given: GivenOptions = {}) => {
    const answer = resolveOptions(options, given);
    return answer.kind === 'options' ? (check?.(answer.values) ?? answer) : answer;
  };
  return {
    title,
    teaches,
    options,
    recovery: {possible: recovery.possible, because: recovery.because},
    open(given, from) {
      const answer = resolved(given);
      if (answer.kind !== 'options') return answer;
      const landmark = recovery.landmark?.(answer.values);
      return new FrameDecoder((input, at) => scan(input, at, answer.values), landmark, from);
    },
    encode(payloads, given) {
      const answer = resolved(given);
      return answer.kind === 'options' ? definition.encode(payloads, answer.values) : answer;
    },
    payloadOf(raw, frame, given) {
      const answer = resolved(given);
      if (answer.kind !== 'options') return answer;
      if (raw.length !== frame.end - frame.start)
        return malformed(
          frame.start,
          frame.start,
          'These are not the bytes of this frame.',
          'Give the frame’s own range.',
        );
      return definition.payload?.(raw, frame, answer.values) ?? joined(raw, frame);
    },
  };
}

export function encoded(pieces: readonly Uint8Array[]): Encoded {
  return {kind: 'encoded', bytes: concat(pieces)};
}

export function refused(index: number, reason: string, next: string): Encoded {
  return {kind: 'refused', index, reason, next};
}

/** The payload ranges of a frame, one behind the other. */
export function joined(raw: Uint8Array, frame: Frame): Payload {
  return {
    kind: 'payload',
    bytes: concat(frame.payload.map(({start, end}) => raw.subarray(start - frame.start, end - frame.start))),
  };
}
