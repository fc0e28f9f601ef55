import {grouped} from '../../text/counted.ts';
import {toHex} from '../../text/hex.ts';
import {defineFraming, type Encoded, encoded, refused} from '../define.ts';
import type {Input} from '../input.ts';
import {flag, maximum} from '../options.ts';
import {ended, field, frameOf, incomplete, malformed, need} from '../reading.ts';
import type {Malformed, Scan} from '../types.ts';
import {asText, bytesOf} from '../words.ts';

interface Options {
  readonly maximum: number;
  readonly repeat: boolean;
}

/** The book's blocks: 4 bytes of length, big end first, and that many bytes; an empty block ends the message. */
export const blocks = defineFraming({
  title: 'Blocks up to an empty one',
  teaches: 'When the whole length is not known beforehand, send pieces with a length each and an empty one at the end.',
  options: {
    maximum: maximum(1024 * 1024, 'one block'),
    repeat: flag({label: 'Repeat', hint: 'another message may follow the empty block', default: false}),
  },
  recovery: {possible: false, because: 'After one wrong length every later one is read from the wrong place.'},
  scan,
  encode,
});

function* scan(input: Input, from: number, options: Options): Scan {
  let blocksSoFar = 0;
  let bytesSoFar = 0;
  for (let start = from; ; ) {
    const what = 'the 4-byte length of the next block';
    const atBoundary = blocksSoFar === 0 ? {} : {atBoundary: incomplete(start, 0, 4, what)};
    yield* need(input, start, 4, {start, what, ...atBoundary});
    const prefix = input.copy(start, start + 4);
    const length = new DataView(prefix.buffer).getUint32(0);
    if (length > options.maximum) return tooLong(start, prefix, length, options.maximum);
    const body = start + 4;
    const end = body + length;
    input.release(end);
    const last = length === 0;
    yield* need(input, body, length, {
      start,
      what: `the block of ${bytesOf(length)} that ${toHex(prefix, ' ')} promises`,
    });
    blocksSoFar++;
    bytesSoFar += length;
    const meaning = last ? 'an empty block: the message ends here' : `a block of ${bytesOf(length)} follows`;
    const because = last
      ? `Safe to stop because the empty block 00 00 00 00 ends the message: ${grouped(blocksSoFar - 1)} ${blocksSoFar === 2 ? 'block' : 'blocks'}, ${bytesOf(bytesSoFar)}.`
      : `Must call recv() again because this was block ${grouped(blocksSoFar)}, and only an empty block ends the message.`;
    yield frameOf({
      start,
      end,
      payload: [{start: body, end}],
      fields: [field('length', start, body, length, meaning)],
      safe: last,
      because,
    });
    start = end;
    if (!last) continue;
    if (!options.repeat)
      return ended(end, 'Safe to stop because an empty block came: nothing more belongs to this message.');
    blocksSoFar = 0;
    bytesSoFar = 0;
  }
}

function tooLong(start: number, prefix: Uint8Array, length: number, maximum: number): Malformed {
  const text = asText(prefix);
  const seen = text === undefined ? '' : ` Read as text, the prefix is “${text}”.`;
  const reason = `The length ${toHex(prefix, ' ')} asks for ${bytesOf(length)}, more than the maximum of ${bytesOf(maximum)}.${seen}`;
  return malformed(
    start,
    start,
    reason,
    'Check that the peer really sends blocks: text read as a length looks like this.',
  );
}

function encode(payloads: readonly Uint8Array[], {maximum}: Options): Encoded {
  const pieces: Uint8Array[] = [];
  for (const [index, payload] of payloads.entries()) {
    if (payload.length === 0) return refused(index, 'An empty block would end the message here.', 'Leave it out.');
    if (payload.length > maximum)
      return refused(index, `This block has ${bytesOf(payload.length)}, more than the maximum.`, 'Cut it up.');
    const prefix = new Uint8Array(4);
    new DataView(prefix.buffer).setUint32(0, payload.length);
    pieces.push(prefix, payload);
  }
  return encoded([...pieces, new Uint8Array(4)]);
}
