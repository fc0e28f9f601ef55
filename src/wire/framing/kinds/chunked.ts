import {grouped} from '../../text/counted.ts';
import {defineFraming, type Encoded, encoded, refused} from '../define.ts';
import type {Input} from '../input.ts';
import {flag, maximum} from '../options.ts';
import {ended, frameOf, incomplete} from '../reading.ts';
import type {Frame, NeedMore, Scan} from '../types.ts';
import {bytesOf} from '../words.ts';
import {type Chunk, readChunk} from './chunk.ts';

interface Options {
  readonly maximum: number;
  readonly repeat: boolean;
}

/** The chunked coding of HTTP/1.1 alone, as it stands behind a header (RFC 9112 §7.1), read strictly. */
export const chunked = defineFraming({
  title: 'HTTP chunks',
  teaches: 'A length in hexadecimal before every piece and an empty piece at the end: blocks that people can read.',
  options: {
    maximum: maximum(1024 * 1024, 'all chunks of a body together'),
    repeat: flag({label: 'Repeat', hint: 'another body may follow the last chunk', default: false}),
  },
  recovery: {possible: false, because: 'Chunk data may contain anything, also what looks like a chunk.'},
  scan,
  encode,
});

function* scan(input: Input, from: number, options: Options): Scan {
  let count = 0;
  let total = 0;
  for (let start = from; ; ) {
    const chunk = yield* waitInside(
      readChunk(input, start, {start, maximum: options.maximum - total}),
      start,
      count > 0,
    );
    if ('kind' in chunk) return chunk;
    count++;
    total += chunk.body.end - chunk.body.start;
    yield frameOfChunk(chunk, count, total);
    input.release(chunk.end);
    start = chunk.end;
    if (!chunk.last) continue;
    if (!options.repeat)
      return ended(start, 'Safe to stop because the last chunk came: nothing more belongs to this body.');
    count = 0;
    total = 0;
  }
}

/** Between two chunks of one body the stream must not end, though no byte of a chunk is missing. */
function* waitInside<T>(step: Generator<NeedMore, T, undefined>, start: number, inside: boolean) {
  for (;;) {
    const {done, value} = step.next();
    if (done) return value;
    yield inside && value.have === 0 ? {...value, ifEnd: incomplete(start, 0, undefined, 'the body')} : value;
  }
}

function frameOfChunk(chunk: Chunk, count: number, total: number): Frame {
  const {start, end, body, fields, last} = chunk;
  const because = last
    ? `Safe to stop because the last chunk is empty, and the blank line behind it ends the body: ${bytesOf(total)} in ${grouped(count - 1)} chunks.`
    : `Must call recv() again because this was chunk ${grouped(count)}, and only an empty one ends the body.`;
  return frameOf({start, end, payload: [body], fields, safe: last, because});
}

function encode(payloads: readonly Uint8Array[], {maximum}: Options): Encoded {
  const text = new TextEncoder();
  const crlf = text.encode('\r\n');
  const empty = payloads.findIndex(payload => payload.length === 0);
  if (empty !== -1) return refused(empty, 'An empty chunk would end the body here.', 'Leave it out.');
  const total = payloads.reduce((sum, payload) => sum + payload.length, 0);
  if (total > maximum)
    return refused(
      payloads.length - 1,
      `The body would have ${bytesOf(total)}, more than the maximum.`,
      'Raise the maximum.',
    );
  const pieces = payloads.flatMap(payload => [text.encode(`${payload.length.toString(16)}\r\n`), payload, crlf]);
  return encoded([...pieces, text.encode('0\r\n\r\n')]);
}
