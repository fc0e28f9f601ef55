import {defineFraming, encoded, refused} from '../define.ts';
import {maximum} from '../options.ts';
import {frameOf, malformed} from '../reading.ts';
import type {EndVerdict} from '../types.ts';
import {bytesOf} from '../words.ts';

/** The first pattern of the book: one message, and the end of the stream ends it. */
export const untilEof = defineFraming({
  title: 'Until the end of the stream',
  teaches: 'Read until recv() gives nothing: one message per connection and direction.',
  options: {maximum: maximum(64 * 1024 * 1024, 'the stream')},
  recovery: {possible: false, because: 'There is one frame only, so nothing follows it.'},
  *scan(input, from, options) {
    for (;;) {
      const have = input.end - from;
      if (have > options.maximum)
        return malformed(
          from,
          from + options.maximum,
          `The stream has more than the maximum of ${bytesOf(options.maximum)} and no framing to stop it.`,
          'Raise the maximum, or use a framing that says how long a message is.',
        );
      input.release(input.end);
      const payload = {start: from, end: input.end};
      const because = `Safe to stop because recv() gave nothing: the peer has shut its side, and the message is ${bytesOf(have)}.`;
      const ifEnd: EndVerdict = {kind: 'complete', because, frame: frameOf({...payload, payload: [payload], because})};
      yield {
        kind: 'need-more',
        start: from,
        have,
        atLeast: 1,
        until: 'end-of-stream',
        because: `Must call recv() again because only the end of the stream ends this message; ${bytesOf(have)} so far.`,
        ifEnd,
      };
    }
  },
  encode(payloads) {
    if (payloads.length <= 1) return encoded(payloads);
    const before = bytesOf(payloads[0]!.length);
    return refused(
      1,
      `Nothing would tell this payload from the ${before} before it.`,
      'Send one payload per connection.',
    );
  },
});
