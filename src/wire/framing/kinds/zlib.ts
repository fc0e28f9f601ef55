import {concat} from '../../bytes.ts';
import {Compressor} from '../../zlib/compressor.ts';
import {type Decompressed, Decompressor} from '../../zlib/decompressor.ts';
import {type ContainerHeader, readHeader, readTrailer, trailerLength} from '../../zlib/header.ts';
import type {Format} from '../../zlib/problem.ts';
import {defineFraming, type Encoded, encoded, type Payload, refused} from '../define.ts';
import type {Input} from '../input.ts';
import {choice, flag, maximum} from '../options.ts';
import {ended, frameOf, incomplete, malformed, need, waitFor} from '../reading.ts';
import type {Frame, Malformed, NeedMore, Scan, Step} from '../types.ts';
import {bytesOf} from '../words.ts';

interface Options {
  readonly format: Format;
  readonly maximum: number;
  readonly repeat: boolean;
}

/** Compressed streams end by themselves: no length and no delimiter around them is needed. */
export const zlib = defineFraming({
  title: 'zlib stream',
  teaches: 'The compressed data says itself where it ends; what is left over is somebody else’s.',
  options: {
    format: choice({
      label: 'Format',
      hint: 'the container: zlib (RFC 1950), gzip (RFC 1952), either, or bare deflate (RFC 1951)',
      default: 'auto',
      options: ['auto', 'zlib', 'gzip', 'raw'],
    }),
    maximum: maximum(64 * 1024 * 1024, 'the decompressed output'),
    repeat: flag({label: 'Repeat', hint: 'another stream may follow at once', default: false}),
  },
  recovery: {possible: false, because: 'Compressed bits look alike everywhere; nothing marks where a stream starts.'},
  scan,
  encode,
  payload,
});

type Header = Extract<ContainerHeader, {kind: 'header'}>;

function* scan(input: Input, from: number, options: Options): Scan {
  for (let start = from; ; ) {
    const header = yield* waitForHeader(input, start, options.format);
    if (header.kind === 'malformed') return header;
    const end = yield* inflate(input, start, header, options.maximum);
    if (typeof end === 'object') return end;
    const frame = whole(input, start, end, header);
    yield frame;
    input.release(end);
    if (!options.repeat) return ended(end, 'Safe to stop because the compressed stream ended by itself.');
    start = end;
  }
}

/** A gzip name or comment that does not end is given up here: an extra field may have 64 KiB before it (RFC 1952 §2.3.1.1). */
const longestHeader = 96 * 1024;

function* waitForHeader(input: Input, start: number, format: Format): Step<Header | Malformed> {
  const what = 'the header of the compressed stream';
  for (let length = 1; ; ) {
    yield* need(input, start, length, {start, what});
    const bytes = input.copy(start, Math.min(input.end, start + Math.max(length, 512)));
    const header = readHeader(bytes, format, start);
    if (header.kind === 'header') return header;
    if (header.kind === 'malformed')
      return malformed(start, header.at, header.reason, 'Check that the peer compresses, and with which format.');
    // A name is searched for its end where it is, so that reading the header again is seldom needed.
    const missing = start + bytes.length;
    length = bytes.length + header.atLeast;
    if (header.until === 'zero') length = (yield* findZero(input, missing, start, what)) + 1 - start;
    if (header.until === 'zero' && length > longestHeader)
      return malformed(start, start + longestHeader, 'The gzip header does not end.', 'Do not trust this peer.');
  }
}

function* findZero(input: Input, from: number, start: number, what: string): Step<number> {
  for (let scanned = from; ; ) {
    const zero = input.indexOf(0, scanned);
    if (zero !== -1 || input.end - start > longestHeader) return zero === -1 ? input.end : zero;
    scanned = input.end;
    yield waitFor(input, 'delimiter', {start, what, ends: 'a zero byte behind its text'});
  }
}

/** Runs the stream through, keeping neither input nor output, and gives the offset of its end. */
function* inflate(input: Input, start: number, header: Header, maximum: number): Step<number | Malformed> {
  const decompressor = open(header.format, maximum);
  for (let at = start; ; ) {
    if (at === input.end) yield unfinished(input, start, decompressor.produced);
    for (const {start: from, bytes} of input.pieces(at)) {
      const fault = swallow(decompressor, bytes);
      if (fault?.kind === 'too-large')
        return malformed(
          start,
          start + header.length,
          `${fault.reason} A few bytes that make many are a bomb.`,
          'Raise the maximum if you trust the sender.',
        );
      at = from + bytes.length;
      if (fault !== undefined) return corrupt(start, at - decompressor.unconsumed_tail.length, header, fault.message);
      if (decompressor.eof) return at - decompressor.unused_data.length;
    }
    input.release(at - 8);
  }
}

function swallow(decompressor: Decompressor, bytes: Uint8Array): Exclude<Decompressed, {kind: 'output'}> | undefined {
  for (let piece = bytes; ; piece = decompressor.unconsumed_tail) {
    const result = decompressor.decompress(piece, 64 * 1024);
    if (result.kind !== 'output') return result;
    if (decompressor.eof || decompressor.unconsumed_tail.length === 0) return undefined;
  }
}

function corrupt(start: number, at: number, {format}: Header, message: string): Malformed {
  // zlib notices a wrong checksum once it has read all of it; the proof starts before.
  const back = /incorrect (data|length) check/.test(message) ? 4 : 0;
  return malformed(
    start,
    at - back,
    `${message}.`,
    `Compare with what was sent: ${format} data has been changed or is none.`,
  );
}

function unfinished(input: Input, start: number, produced: number): NeedMore {
  const have = input.end - start;
  const what = 'the compressed stream';
  return {
    kind: 'need-more',
    start,
    have,
    atLeast: 1,
    until: 'unknown',
    because: `Must call recv() again because the compressed stream has not said that it ends: ${bytesOf(have)} in, ${bytesOf(produced)} out so far.`,
    ifEnd: incomplete(start, have, undefined, what),
  };
}

function whole(input: Input, start: number, end: number, header: Header): Frame {
  const body = start + header.length;
  const behind = end - trailerLength[header.format];
  const trailer = input.copy(behind, end);
  return frameOf({
    start,
    end,
    header: {start, end: body},
    payload: [{start: body, end: behind}],
    coded: true,
    fields: [...header.fields, ...readTrailer(trailer, header.format, behind)],
    because: `Safe to stop because the compressed stream ended by itself after ${bytesOf(end - start)}.`,
  });
}

function encode(payloads: readonly Uint8Array[], {format, maximum, repeat}: Options): Encoded {
  if (payloads.length > 1 && !repeat) return refused(1, 'Only one stream is read.', 'Set repeat.');
  const pieces: Uint8Array[] = [];
  for (const [index, payload] of payloads.entries()) {
    if (payload.length > maximum)
      return refused(index, `This payload has ${bytesOf(payload.length)}, more than the maximum.`, 'Raise it.');
    const compressor = Compressor.open({format: format === 'auto' ? 'zlib' : format});
    if (!(compressor instanceof Compressor)) throw new Error(compressor.message);
    for (const result of [compressor.compress(payload), compressor.flush()]) {
      if (result.kind !== 'output') throw new Error(result.message);
      pieces.push(result.bytes);
    }
  }
  return encoded(pieces);
}

function payload(raw: Uint8Array, frame: Frame, {format, maximum}: Options): Payload {
  const result = open(format, maximum).decompress(raw);
  if (result.kind === 'output') return {kind: 'payload', bytes: concat([result.bytes])};
  const reason = result.kind === 'too-large' ? result.reason : result.message;
  return malformed(frame.start, frame.start, reason, 'Decode the stream first; it tells where it breaks.');
}

function open(format: Format, maximumOutput: number): Decompressor {
  const opened = Decompressor.open({format, maximumOutput});
  if (opened instanceof Decompressor) return opened;
  throw new Error(opened.message);
}
