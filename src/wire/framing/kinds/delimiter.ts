import {concat} from '../../bytes.ts';
import {defineFraming, type Encoded, encoded, refused} from '../define.ts';
import type {Input} from '../input.ts';
import {bytes, maximum} from '../options.ts';
import {field, frameOf, malformed, waitFor} from '../reading.ts';
import type {Frame, Malformed, Scan} from '../types.ts';
import {bytesOf, quoted} from '../words.ts';

interface Options {
  readonly delimiter: Uint8Array;
  readonly escape: Uint8Array;
  readonly maximum: number;
}

/** Messages ended by a byte or a sequence that they cannot contain, or contain only escaped. */
export const delimiter = defineFraming({
  title: 'Delimiter',
  teaches: 'Receive until the delimiter is there; what came behind it already belongs to the next message.',
  options: {
    delimiter: bytes({
      label: 'Delimiter',
      hint: 'what ends a message, with escapes: \\n, \\r\\n, \\0',
      default: '\\n',
      from: 1,
      to: 64,
    }),
    escape: bytes({
      label: 'Escape',
      hint: 'a byte that takes the meaning from the byte after it; empty for none',
      default: '',
      from: 0,
      to: 1,
    }),
    maximum: maximum(64 * 1024),
  },
  recovery: {
    possible: true,
    because: 'The next delimiter starts over: whatever was broken is over there.',
    landmark: options => ({sequence: options.delimiter, what: `the delimiter ${quoted(options.delimiter)}`}),
  },
  check({delimiter, escape: by}) {
    if (by.length === 0 || !delimiter.includes(by[0]!)) return undefined;
    const says = 'The escape is part of the delimiter, so nothing could ever be ended.';
    return {kind: 'option-problem', option: 'escape', says, next: 'Choose another escape byte.'};
  },
  scan,
  encode,
  payload: (raw, frame, options) => ({kind: 'payload', bytes: unescaped(raw, frame, options)}),
});

function* scan(input: Input, from: number, options: Options): Scan {
  const what = 'the message';
  const ends = `the delimiter ${quoted(options.delimiter)}`;
  for (let start = from; ; ) {
    let at = start;
    let escapes = 0;
    for (;;) {
      const place = findEnd(input, at, options);
      escapes += place.escapes;
      at = place.at;
      if (at - start > options.maximum) return tooLong(start, options, ends);
      if (place.found) break;
      input.release(at);
      yield waitFor(input, 'delimiter', {start, what, ends});
    }
    const end = at + options.delimiter.length;
    yield frame(start, at, end, options, escapes);
    input.release(end);
    start = end;
  }
}

// An escape takes the byte after it along, so a delimiter counts only when no escape reaches into it.
function findEnd(input: Input, from: number, {delimiter, escape: by}: Options) {
  let at = from;
  let escapes = 0;
  let place = input.find(delimiter, at);
  while (by.length > 0) {
    const next = input.indexOf(by[0]!, at, place.at);
    if (next === -1) break;
    if (next + 1 >= input.end) return {found: false, at: next, escapes};
    escapes++;
    at = next + 2;
    if (place.at < at) place = input.find(delimiter, at);
  }
  return {...place, escapes};
}

function frame(start: number, at: number, end: number, {delimiter}: Options, escapes: number): Frame {
  const named = quoted(delimiter);
  const meaning = `the delimiter: the message ends before it${escapes === 0 ? '' : `, and has ${escapes} escaped in it`}`;
  return frameOf({
    start,
    end,
    payload: [{start, end: at}],
    coded: escapes > 0,
    fields: [field('delimiter', at, end, named, meaning)],
    because: `Safe to stop because the delimiter ${named} came after ${bytesOf(at - start)}.`,
  });
}

function tooLong(start: number, {maximum}: Options, ends: string): Malformed {
  const reason = `More than the maximum of ${bytesOf(maximum)} came without ${ends}.`;
  return malformed(start, start + maximum, reason, 'Raise the maximum, or check that the peer sends this delimiter.');
}

function encode(payloads: readonly Uint8Array[], {delimiter, escape: by}: Options): Encoded {
  const pieces: Uint8Array[] = [];
  for (const [index, payload] of payloads.entries()) {
    const body = by.length === 0 ? payload : escaped(payload, delimiter[0]!, by[0]!);
    const piece = concat([body, delimiter]);
    if (by.length === 0 && firstPlace(piece, delimiter) < body.length)
      return refused(
        index,
        `The delimiter ${quoted(delimiter)} would be found inside this payload.`,
        'Set an escape byte, or frame by length.',
      );
    pieces.push(piece);
  }
  return encoded(pieces);
}

function escaped(payload: Uint8Array, first: number, by: number): Uint8Array {
  const result: number[] = [];
  for (const byte of payload) {
    if (byte === first || byte === by) result.push(by);
    result.push(byte);
  }
  return Uint8Array.from(result);
}

function unescaped(raw: Uint8Array, frame: Frame, {delimiter, escape: by}: Options): Uint8Array {
  const body = raw.subarray(0, raw.length - delimiter.length);
  if (!frame.coded) return body.slice();
  const result: number[] = [];
  for (let at = 0; at < body.length; at++) result.push(body[at] === by[0] ? body[++at]! : body[at]!);
  return Uint8Array.from(result);
}

function firstPlace(bytes: Uint8Array, sequence: Uint8Array): number {
  for (let at = bytes.indexOf(sequence[0]!); at !== -1; at = bytes.indexOf(sequence[0]!, at + 1))
    if (sequence.every((byte, k) => bytes[at + k] === byte)) return at;
  return -1;
}
