import {grouped} from '../text/counted.ts';
import type {Input} from './input.ts';
import type {End, EndVerdict, Frame, FrameField, Incomplete, Malformed, NeedMore, Span, Step} from './types.ts';
import {bytesOf} from './words.ts';

interface Wait {
  /** Where the frame under way starts. */
  readonly start: number;
  /** What is being read, as in “the 4-byte length prefix”. */
  readonly what: string;
  /** What the end of the stream means when not a byte of the frame has come. Nothing is lost, by default. */
  readonly atBoundary?: EndVerdict;
}

/** Waits until `count` bytes from `from` on are here. */
export function* need(input: Input, from: number, count: number, wait: Wait): Step<void> {
  while (input.end < from + count) yield shortOf(input, from, count, wait);
}

/** The wait for a known number of bytes. */
export function shortOf(input: Input, from: number, count: number, {start, what, atBoundary}: Wait): NeedMore {
  const have = Math.max(0, input.end - from);
  const nothing = input.end <= start;
  return {
    kind: 'need-more',
    start,
    have: Math.max(0, input.end - start),
    atLeast: count - have,
    until: 'bytes',
    because: nothing
      ? `Must call recv() again because nothing of the next frame is here: ${what} comes first, ${bytesOf(count)}.`
      : `Must call recv() again because ${what} is not all here: ${grouped(have)} of ${bytesOf(count)}.`,
    ifEnd: nothing ? (atBoundary ?? betweenFrames) : incomplete(start, have, count, what),
  };
}

/** The wait for something whose distance is not known: a delimiter, or the end of the stream. */
export function waitFor(input: Input, until: NeedMore['until'], wait: Wait & {readonly ends: string}): NeedMore {
  const {start, what, ends, atBoundary} = wait;
  const have = Math.max(0, input.end - start);
  return {
    kind: 'need-more',
    start,
    have,
    atLeast: 1,
    until,
    because: `Must call recv() again because ${what} ends only with ${ends}, and ${have === 0 ? 'nothing' : bytesOf(have)} of it came without.`,
    ifEnd: have === 0 ? (atBoundary ?? betweenFrames) : incomplete(start, have, undefined, what),
  };
}

/** The verdict of a stream that ends inside a frame. */
export function incomplete(start: number, have: number, expected: number | undefined, what: string): Incomplete {
  const missing = expected === undefined ? undefined : expected - have;
  const because =
    expected === undefined
      ? `The stream ended inside ${what}: ${bytesOf(have)} came, and how many were meant cannot be known.`
      : `The stream ended inside ${what}: ${grouped(have)} of ${bytesOf(expected)} came, ${grouped(expected - have)} are missing.`;
  return {kind: 'incomplete', start, have, expected, missing, because};
}

export const betweenFrames: EndVerdict = {
  kind: 'complete',
  because: 'The stream ended between two frames: nothing is lost.',
};

interface FrameParts {
  readonly start: number;
  readonly end: number;
  readonly header?: Span;
  readonly payload: readonly Span[];
  readonly coded?: boolean;
  readonly fields?: readonly FrameField[];
  readonly safe?: boolean;
  readonly because: string;
}

/** A frame whose header is, unless said otherwise, what comes before its first payload byte. */
export function frameOf(parts: FrameParts): Frame {
  const {start, end, payload, coded = false, fields = [], safe = true, because} = parts;
  const header = parts.header ?? {start, end: payload[0]?.start ?? end};
  return {kind: 'frame', start, end, header, payload, coded, fields, safe, because};
}

export function malformed(start: number, at: number, reason: string, next: string): Malformed {
  return {kind: 'malformed', start, at, reason, next};
}

export function ended(at: number, because: string): End {
  return {kind: 'end', at, because};
}

export function field(
  name: string,
  start: number,
  end: number,
  value: FrameField['value'],
  meaning: string,
): FrameField {
  return {name, start, end, value, meaning};
}
