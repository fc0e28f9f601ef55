import type {Input} from '../input.ts';
import {field, malformed, need} from '../reading.ts';
import type {FrameField, Malformed, Span, Step} from '../types.ts';
import {byteName, bytesOf} from '../words.ts';
import {isMalformed, latin1, readFieldLine, readLine} from './http-text.ts';

/** One chunk of RFC 9112 §7.1. The last one is empty and has the trailer fields in `fields`. */
export interface Chunk extends Span {
  readonly body: Span;
  readonly fields: readonly FrameField[];
  readonly last: boolean;
}

export interface ChunkLimits {
  /** Where the frame under way starts, for what is said about it. */
  readonly start: number;
  /** Bytes of data that may still come. */
  readonly maximum: number;
}

/** Bytes of a chunk-size line with its extensions, and of all trailer fields. */
const longestLine = 4096;
const longestTrailer = 16 * 1024;

const advice = 'Refuse the message and close the connection: a lenient reader would see another length here.';

/** Reads the chunk whose size line starts at `at`. Its data is passed over, not kept. */
export function* readChunk(input: Input, at: number, limits: ChunkLimits): Step<Chunk | Malformed> {
  const {start, maximum} = limits;
  const line = yield* readLine(input, at, {start, maximum: longestLine, what: 'the chunk size'});
  if (isMalformed(line)) return line;
  const size = readSize(input.copy(line.start, line.end), at, start);
  if (isMalformed(size)) return size;
  const body = line.end + 2;
  if (size.value > BigInt(maximum))
    return malformed(
      start,
      at,
      `The chunk size ${size.digits} asks for ${bytesOf(size.value)}, more than the ${bytesOf(maximum)} that may come.`,
      'Raise the maximum if this is meant.',
    );
  const length = Number(size.value);
  const fields = [
    field(
      'chunk-size',
      at,
      at + size.digits.length,
      length,
      length === 0 ? 'the last chunk' : `${bytesOf(length)} follow`,
    ),
    ...size.extensions,
  ];
  if (length === 0) return yield* readTrailer(input, at, body, start, fields);
  const end = body + length;
  input.release(end);
  yield* need(input, body, length + 2, {start, what: `the chunk of ${bytesOf(length)} and its CRLF`});
  const wrong = [0x0d, 0x0a].findIndex((byte, k) => input.at(end + k) !== byte);
  if (wrong !== -1)
    return malformed(
      start,
      end + wrong,
      `CRLF belongs behind the ${bytesOf(length)} of this chunk, and ${byteName(input.at(end + wrong))} is there.`,
      advice,
    );
  input.release(end + 2);
  return {start: at, end: end + 2, body: {start: body, end}, fields, last: false};
}

function* readTrailer(
  input: Input,
  at: number,
  body: number,
  start: number,
  sizeFields: FrameField[],
): Step<Chunk | Malformed> {
  const fields = [...sizeFields];
  for (let from = body; ; ) {
    const line = yield* readLine(input, from, {
      start,
      maximum: Math.max(0, body + longestTrailer - from),
      what: 'the trailer',
    });
    if (isMalformed(line)) return line;
    const end = line.end + 2;
    if (line.end === line.start) return {start: at, end, body: {start: body, end: body}, fields, last: true};
    const trailer = readFieldLine(input.copy(line.start, line.end), line.start, start);
    if (isMalformed(trailer)) return trailer;
    fields.push({
      ...trailer,
      meaning: forbidden.has(trailer.name.toLowerCase())
        ? 'not allowed in a trailer (RFC 9110 §6.5.1): to be ignored'
        : 'a trailer field',
    });
    from = end;
  }
}

/** Fields about framing, routing or who is asking come too late behind the body. */
const forbidden = new Set([
  'transfer-encoding',
  'content-length',
  'host',
  'authorization',
  'content-encoding',
  'content-type',
  'trailer',
  'te',
]);

interface Size {
  readonly digits: string;
  readonly value: bigint;
  readonly extensions: readonly FrameField[];
}

/** 1*HEXDIG and extensions: no sign, no `0x`, no underscore, no blank, and no more than 64 bits. */
function readSize(line: Uint8Array, at: number, start: number): Size | Malformed {
  const text = latin1(line);
  const digits = /^[0-9a-fA-F]*/.exec(text)?.[0] ?? '';
  if (digits === '')
    return malformed(
      start,
      at,
      `A chunk size is hexadecimal digits, and ${line.length === 0 ? 'the line is empty' : `${byteName(line[0]!)} is here`}.`,
      advice,
    );
  if (digits.length > 16)
    return malformed(start, at + 16, 'A chunk size of more than 16 digits would not fit into 64 bits.', advice);
  const extensions: FrameField[] = [];
  let from = digits.length;
  while (from < text.length) {
    extension.lastIndex = from;
    const match = extension.exec(text);
    if (match === null)
      return malformed(
        start,
        at + from,
        `${byteName(line[from]!)} is neither part of the chunk size nor of an extension.`,
        advice,
      );
    const [all, name = '', value = ''] = match;
    extensions.push(
      field(
        `extension ${name}`,
        at + from,
        at + from + all.length,
        value,
        'a chunk extension: to be ignored when unknown',
      ),
    );
    from += all.length;
  }
  return {digits, value: BigInt('0x' + digits), extensions};
}

/** BWS ";" BWS name [ BWS "=" BWS ( token / quoted-string ) ] */
const extension =
  /[ \t]*;[ \t]*([!#$%&'*+\-.^_`|~0-9A-Za-z]+)(?:[ \t]*=[ \t]*([!#$%&'*+\-.^_`|~0-9A-Za-z]+|"(?:[\t \x21\x23-\x5b\x5d-\x7e\x80-\xff]|\\[\t\x20-\x7e\x80-\xff])*"))?/y;
