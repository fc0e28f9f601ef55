import {defineFraming, encoded, type Payload} from '../define.ts';
import type {Input} from '../input.ts';
import {maximum} from '../options.ts';
import {field, frameOf, malformed, need, waitFor} from '../reading.ts';
import type {Frame, FrameField, Malformed, Scan, Step} from '../types.ts';
import {byteName, bytesOf} from '../words.ts';

/** RFC 1055: IP packets over a serial line, between END bytes; END and ESC inside are written as two bytes each. */
export const slip = defineFraming({
  title: 'SLIP',
  teaches: 'One byte value ends a packet, and two escapes let the payload contain it all the same.',
  options: {maximum: maximum(64 * 1024)},
  recovery: {
    possible: true,
    because: 'An END byte is never part of a packet.',
    landmark: () => ({sequence: Uint8Array.of(end), what: 'an END byte (c0)'}),
  },
  *scan(input, from, options): Scan {
    for (let start = from; ; ) {
      const frame = yield* readPacket(input, start, options.maximum);
      if (frame.kind === 'malformed') return frame;
      yield frame;
      start = frame.end;
    }
  },
  // The END in front is RFC 1055's advice: it ends whatever noise the line picked up while it was idle.
  encode: payloads => encoded(payloads.map(escaped)),
  payload: (raw, frame) => unescaped(raw, frame),
});

const end = 0xc0;
const esc = 0xdb;
const escapedEnd = 0xdc;
const escapedEscape = 0xdd;
const ends = 'an END byte (c0)';
/** More escapes than this are not listed one by one. */
const listed = 64;

function* readPacket(input: Input, start: number, maximum: number): Step<Frame | Malformed> {
  // END bytes in front make empty packets, which RFC 1055 has the receiver drop.
  let body = start;
  for (; ; body++) {
    while (input.end <= body) yield {...waitFor(input, 'delimiter', {start, what: 'the packet', ends}), ifEnd: idle};
    if (input.at(body) !== end) break;
    input.release(body + 1);
  }
  const fields: FrameField[] = [];
  if (body > start) fields.push(field('END', start, body, body - start, 'ends whatever noise came before'));
  let escapes = 0;
  for (let at = body; ; ) {
    const stop = input.indexOf(end, at);
    const limit = stop === -1 ? input.end : stop;
    const next = input.indexOf(esc, at, limit);
    const clean = next === -1 ? limit : next;
    if (clean - body - escapes > maximum) return tooLong(start, body + escapes + maximum, maximum);
    if (next !== -1) {
      yield* need(input, next, 2, {start, what: 'the escape'});
      const code = input.at(next + 1);
      if (code !== escapedEnd && code !== escapedEscape) return badEscape(start, next, code);
      const stands = code === escapedEnd ? 'c0' : 'db';
      if (escapes++ < listed) fields.push(field('escape', next, next + 2, stands, `stands for one byte, ${stands}`));
      at = next + 2;
    } else if (stop !== -1) return packet(start, body, stop, escapes, fields);
    else {
      at = input.end;
      input.release(at);
      yield waitFor(input, 'delimiter', {start, what: 'the packet', ends});
    }
  }
}

const idle = {kind: 'complete', because: 'The stream ended between two packets: nothing is lost.'} as const;

function packet(start: number, body: number, stop: number, escapes: number, fields: FrameField[]): Frame {
  fields.push(field('END', stop, stop + 1, 'c0', 'the packet ends before it'));
  const because = `Safe to stop because an END byte came after ${bytesOf(stop - body)}.`;
  return frameOf({start, end: stop + 1, payload: [{start: body, end: stop}], coded: escapes > 0, fields, because});
}

function badEscape(start: number, at: number, code: number): Malformed {
  const reason = `ESC (db) is followed by ${byteName(code)}; only dc and dd have a meaning there.`;
  return malformed(start, at + 1, reason, 'Wait for the next END byte: a packet starts behind it.');
}

function tooLong(start: number, at: number, maximum: number): Malformed {
  return malformed(
    start,
    at,
    `More than the maximum of ${bytesOf(maximum)} came without an END byte.`,
    'Raise the maximum, or check that the peer sends SLIP.',
  );
}

function escaped(payload: Uint8Array): Uint8Array {
  const result: number[] = [end];
  for (const byte of payload) {
    if (byte === end) result.push(esc, escapedEnd);
    else if (byte === esc) result.push(esc, escapedEscape);
    else result.push(byte);
  }
  return Uint8Array.from([...result, end]);
}

function unescaped(raw: Uint8Array, frame: Frame): Payload {
  const [span] = frame.payload;
  const result: number[] = [];
  const until = span!.end - frame.start;
  for (let at = span!.start - frame.start; at < until; at++) {
    if (raw[at] !== esc) result.push(raw[at]!);
    else result.push(raw[++at] === escapedEnd ? end : esc);
  }
  return {kind: 'payload', bytes: Uint8Array.from(result)};
}
