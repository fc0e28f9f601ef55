import {defineFraming, encoded} from '../define.ts';
import type {Input} from '../input.ts';
import {maximum} from '../options.ts';
import {field, frameOf, malformed, need} from '../reading.ts';
import type {Malformed, Step} from '../types.ts';
import {byteName, bytesOf} from '../words.ts';

/** Bernstein's netstrings, `5:hello,`: the length in decimal, a colon, the bytes, a comma to check. SCGI uses them. */
export const netstring = defineFraming({
  title: 'Netstring',
  teaches: 'A length that people can read, and a comma behind the bytes that shows when the length was wrong.',
  options: {maximum: maximum(1024 * 1024)},
  recovery: {
    possible: false,
    because:
      'Digits, colons and commas may all be inside a payload, so a place that looks like a start proves nothing.',
  },
  *scan(input, from, options) {
    for (let start = from; ; ) {
      const length = yield* readDigits(input, start, options.maximum);
      if ('kind' in length) return length;
      const {value, colon} = length;
      const body = colon + 1;
      const comma = body + value;
      input.release(comma);
      const what = `the body of ${bytesOf(value)} and its comma`;
      yield* need(input, body, value + 1, {start, what});
      if (input.at(comma) !== 0x2c)
        return malformed(
          start,
          comma,
          `A comma belongs behind the ${bytesOf(value)} of this netstring, and ${byteName(input.at(comma))} is there.`,
          'Check the length: does it count characters instead of bytes?',
        );
      const end = comma + 1;
      input.release(end);
      const fields = [
        field('length', start, colon, value, `${bytesOf(value)} follow, counted in decimal`),
        field('colon', colon, body, ':', 'ends the length'),
        field('comma', comma, end, ',', 'stands where the length said it would'),
      ];
      const because = `Safe to stop because the length promised ${bytesOf(value)}, all are here, and the comma is in its place.`;
      yield frameOf({start, end, payload: [{start: body, end: comma}], fields, because});
      start = end;
    }
  },
  encode(payloads) {
    const text = new TextEncoder();
    return encoded(payloads.flatMap(payload => [text.encode(`${payload.length}:`), payload, text.encode(',')]));
  },
});

const advice = 'A netstring starts with its length in decimal, as in 5:hello, without spaces or leading zeros.';

function* readDigits(input: Input, start: number, maximum: number): Step<{value: number; colon: number} | Malformed> {
  let value = 0;
  for (let at = start; ; at++) {
    yield* need(input, at, 1, {start, what: at === start ? 'the length' : 'the length and its colon'});
    const byte = input.at(at);
    if (byte === 0x3a && at > start) return {value, colon: at};
    if (byte < 0x30 || byte > 0x39)
      return malformed(start, at, `${byteName(byte)} is neither a digit nor the colon behind one.`, advice);
    if (at === start + 1 && value === 0) return malformed(start, start, 'The length has a leading zero.', advice);
    value = value * 10 + (byte - 0x30);
    // Held against the limit at each digit, so that digits without end are cut short.
    if (value > maximum)
      return malformed(
        start,
        at,
        `The length is ${value} or more, over the maximum of ${bytesOf(maximum)}.`,
        'Raise the maximum if this is meant.',
      );
  }
}
