import {defineFraming, encoded, refused} from '../define.ts';
import {integer} from '../options.ts';
import {frameOf, need} from '../reading.ts';
import {bytesOf} from '../words.ts';

/** Messages of one size, agreed on beforehand (MPEG-TS packets of 188 bytes, Tor cells of 514). */
export const fixed = defineFraming({
  title: 'Fixed length',
  teaches: 'Both sides know the size, so a loop receives until it has that many bytes.',
  options: {
    size: integer({label: 'Size', hint: 'bytes of every message', default: 16, from: 1, to: 2 ** 32, unit: 'bytes'}),
  },
  recovery: {
    possible: false,
    because: 'Nothing in the bytes marks a boundary; a lost byte shifts every later message.',
  },
  *scan(input, from, {size}) {
    for (let start = from; ; start += size) {
      const end = start + size;
      input.release(end);
      yield* need(input, start, size, {start, what: 'the fixed-size message'});
      const because = `Safe to stop because all ${bytesOf(size)} that a message always has are here.`;
      yield frameOf({start, end, payload: [{start, end}], because});
    }
  },
  encode(payloads, {size}) {
    const index = payloads.findIndex(payload => payload.length !== size);
    if (index === -1) return encoded(payloads);
    const has = bytesOf(payloads[index]!.length);
    return refused(index, `This payload has ${has} and a message always has ${size}.`, 'Pad it, or frame by length.');
  },
});
