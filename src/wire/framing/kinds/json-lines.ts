import {concat} from '../../bytes.ts';
import {defineFraming, type Encoded, encoded, refused} from '../define.ts';
import type {Input} from '../input.ts';
import {maximum} from '../options.ts';
import {field, frameOf, malformed, waitFor} from '../reading.ts';
import type {Frame, Malformed, Scan} from '../types.ts';
import {bytesOf} from '../words.ts';
import {checkJson} from './json-check.ts';

/** One JSON value per line (NDJSON, JSON Lines): a newline inside a JSON string is always written as an escape. */
export const jsonLines = defineFraming({
  title: 'JSON lines',
  teaches: 'JSON needs a frame around it; a newline will do, because JSON never has to contain one.',
  options: {maximum: maximum(1024 * 1024, 'one line')},
  recovery: {
    possible: true,
    because: 'A newline is never inside a value written on one line.',
    landmark: () => ({sequence: Uint8Array.of(newline), what: 'a newline'}),
  },
  scan,
  encode,
});

const newline = 0x0a;

function* scan(input: Input, from: number, options: {readonly maximum: number}): Scan {
  for (let start = from; ; ) {
    let at = start;
    for (;;) {
      const end = input.indexOf(newline, at);
      at = end === -1 ? input.end : end;
      if (at - start > options.maximum) return tooLong(start, options.maximum);
      if (end !== -1) break;
      yield waitFor(input, 'delimiter', {start, what: 'the line', ends: 'a newline'});
    }
    const line = frameOfLine(start, at, input.copy(start, at));
    if (line.kind === 'malformed') return line;
    yield line;
    start = at + 1;
    input.release(start);
  }
}

function frameOfLine(start: number, at: number, bytes: Uint8Array): Frame | Malformed {
  const parts = {start, end: at + 1, payload: [{start, end: at}]};
  const end = field('newline', at, at + 1, '\\n', 'the line ends before it');
  if (bytes.every(byte => byte === 0x20 || byte === 0x0d || byte === 0x09))
    return frameOf({
      ...parts,
      fields: [end],
      because: 'Safe to stop because the line ended; it is blank and carries nothing.',
    });
  const fault = checkJson(bytes);
  if (fault !== undefined)
    return malformed(
      start,
      start + fault.at,
      `${fault.reason}: this line is not JSON.`,
      'Skip to the next line, or check what the peer sends.',
    );
  const because = `Safe to stop because a newline came after ${bytesOf(bytes.length)}, and they are one JSON value.`;
  return frameOf({...parts, fields: [field('value', start, at, kindOf(bytes), 'one JSON value'), end], because});
}

const kinds: Readonly<Record<string, string>> = {
  '{': 'object',
  '[': 'array',
  '"': 'string',
  t: 'true',
  f: 'false',
  n: 'null',
};

function kindOf(bytes: Uint8Array): string {
  const first = bytes.find(byte => byte > 0x20) ?? 0;
  return kinds[String.fromCharCode(first)] ?? 'number';
}

function tooLong(start: number, maximum: number): Malformed {
  return malformed(
    start,
    start + maximum,
    `More than the maximum of ${bytesOf(maximum)} came without a newline.`,
    'Raise the maximum, or check that the peer ends its lines.',
  );
}

function encode(payloads: readonly Uint8Array[]): Encoded {
  const pieces: Uint8Array[] = [];
  for (const [index, payload] of payloads.entries()) {
    const fault = checkJson(payload);
    if (fault !== undefined)
      return refused(index, `${fault.reason}, at byte ${fault.at} of this payload.`, 'Give one JSON value in UTF-8.');
    if (payload.includes(newline))
      return refused(index, 'This value is spread over several lines.', 'Write it without line breaks.');
    pieces.push(concat([payload, Uint8Array.of(newline)]));
  }
  return encoded(pieces);
}
