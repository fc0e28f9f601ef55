import {defineFraming, encoded, joined, type Payload} from '../define.ts';
import type {Input} from '../input.ts';
import {maximum} from '../options.ts';
import {field, frameOf, malformed, waitFor} from '../reading.ts';
import type {Frame, FrameField, Malformed, Scan, Span, Step} from '../types.ts';
import {bytesOf} from '../words.ts';

/** Consistent overhead byte stuffing (Cheshire and Baker 1999): zeros are taken out of the payload, so a zero ends it. */
export const cobs = defineFraming({
  title: 'COBS',
  teaches: 'Each code byte says how far the next zero was; then no zero is left, and one zero can end the frame.',
  options: {maximum: maximum(64 * 1024)},
  recovery: {
    possible: true,
    because: 'A zero byte is never anything but the end of a frame.',
    landmark: () => ({sequence: Uint8Array.of(0), what: 'a zero byte'}),
  },
  *scan(input, from, options): Scan {
    for (let start = from; ; ) {
      const frame = yield* readFrame(input, start, options.maximum);
      if (frame.kind === 'malformed') return frame;
      yield frame;
      start = frame.end;
    }
  },
  encode: payloads => encoded(payloads.flatMap(payload => [stuffed(payload), Uint8Array.of(0)])),
  payload: unstuffed,
});

const ends = 'a zero byte';
const advice = 'Wait for the next zero byte: a frame starts behind it.';
/** More code bytes than this are not listed one by one. */
const listed = 64;

function* readFrame(input: Input, start: number, maximum: number): Step<Frame | Malformed> {
  const payload: Span[] = [];
  const fields: FrameField[] = [];
  for (let at = start; ; ) {
    if (at - start > maximum + Math.ceil(maximum / 254)) return tooLong(start, at, maximum);
    input.release(at);
    while (input.end <= at) yield waitFor(input, 'delimiter', {start, what: 'the frame', ends});
    const code = input.at(at);
    if (code === 0) return finish(start, at, payload, fields);
    const next = at + code;
    const zero = yield* findZero(input, at + 1, next, start);
    if (zero !== -1)
      return malformed(
        start,
        zero,
        `The code byte at ${at} promises ${bytesOf(code - 1)} without a zero, and a zero came after ${zero - at - 1}.`,
        advice,
      );
    payload.push({start: at + 1, end: next});
    if (fields.length < listed) fields.push(field('code', at, at + 1, code, meaningOf(code)));
    at = next;
  }
}

/** Waits for the bytes from `from` to `until` and gives the first zero among them, or -1. */
function* findZero(input: Input, from: number, until: number, start: number): Step<number> {
  for (let at = from; ; ) {
    const zero = input.indexOf(0, at, until);
    if (zero !== -1 || input.end >= until) return zero;
    at = Math.max(at, input.end);
    input.release(at);
    yield waitFor(input, 'delimiter', {start, what: 'the frame', ends});
  }
}

function meaningOf(code: number): string {
  return code === 0xff
    ? '254 bytes follow, and no zero behind them'
    : `${bytesOf(code - 1)} follow, then there was a zero`;
}

function finish(start: number, zero: number, payload: Span[], fields: FrameField[]): Frame | Malformed {
  if (payload.length === 0)
    return malformed(start, zero, 'A zero byte ends a frame that has not begun: an empty payload is 01 00.', advice);
  fields.push(field('delimiter', zero, zero + 1, 0, 'a zero byte: the frame ends before it'));
  const because = 'Safe to stop because a zero byte came, and inside a frame there are none.';
  return frameOf({start, end: zero + 1, header: {start, end: start}, payload, coded: true, fields, because});
}

function tooLong(start: number, at: number, maximum: number): Malformed {
  return malformed(
    start,
    at,
    `More than the maximum of ${bytesOf(maximum)} came without a zero byte.`,
    'Raise the maximum, or check that the peer sends COBS.',
  );
}

/** A code byte in front of every run of up to 254 bytes that are not zero. The end stands for a zero that is not sent. */
function stuffed(payload: Uint8Array): Uint8Array {
  const result: number[] = [0];
  let code = 0;
  for (const [index, byte] of payload.entries()) {
    if (byte !== 0) result.push(byte);
    const full = result.length - code === 0xff;
    if (byte !== 0 && !(full && index + 1 < payload.length)) continue;
    result[code] = result.length - code;
    code = result.length;
    result.push(0);
  }
  result[code] = result.length - code;
  return Uint8Array.from(result);
}

function unstuffed(raw: Uint8Array, frame: Frame): Payload {
  const spans = frame.payload;
  const result: number[] = [];
  for (const [index, {start, end}] of spans.entries()) {
    for (let at = start; at < end; at++) result.push(raw[at - frame.start]!);
    if (end - start < 254 && index + 1 < spans.length) result.push(0);
  }
  return spans.length === 0 ? joined(raw, frame) : {kind: 'payload', bytes: Uint8Array.from(result)};
}
