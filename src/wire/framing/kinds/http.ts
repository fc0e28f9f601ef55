import {grouped} from '../../text/counted.ts';
import {defineFraming, encoded} from '../define.ts';
import type {Input} from '../input.ts';
import {choice, integer, maximum} from '../options.ts';
import {ended, frameOf, malformed, need} from '../reading.ts';
import type {End, Frame, FrameField, Malformed, NeedMore, Scan, Span, Step} from '../types.ts';
import {bytesOf} from '../words.ts';
import {readChunk} from './chunk.ts';
import {type BodyKind, bodyOf} from './http-body.ts';
import {type Head, readHead} from './http-head.ts';

/** Whole HTTP/1.1 messages, pipelined or not (RFC 9112), read strictly: what two readers could take differently is refused. */
export const http = defineFraming({
  title: 'HTTP/1.1 messages',
  teaches:
    'A head up to an empty line, which says how the body ends: by length, by chunks, or by the end of the stream.',
  options: {
    role: choice({
      label: 'Role',
      hint: 'which side is speaking',
      default: 'auto',
      options: ['auto', 'request', 'response'],
    }),
    answers: choice({
      label: 'Answers',
      hint: 'the method that responses answer: after HEAD no body comes',
      default: 'GET',
      options: ['GET', 'HEAD', 'CONNECT'],
    }),
    head: integer({
      label: 'Head',
      hint: 'bytes that start line and header fields may have',
      default: 16_384,
      from: 16,
      to: 2 ** 20,
      unit: 'bytes',
    }),
    maximum: maximum(16 * 1024 * 1024, 'one body'),
  },
  recovery: {
    possible: false,
    because: 'What looks like a start line may be inside a body; guessing is how requests are smuggled.',
  },
  *scan(input, from, options): Scan {
    for (let start = from; ; ) {
      const head = yield* readHead(input, start, options.role, options.head);
      if ('kind' in head) return head;
      input.release(head.end);
      const body = bodyOf(head, start, options.answers, options.maximum);
      if (body.kind === 'malformed') return body;
      const message = yield* readBody(input, start, head, body, options.maximum);
      if (message.kind !== 'frame') return message;
      yield message;
      if (body.kind === 'tunnel') return ended(message.end, `Safe to stop because HTTP ends here: ${body.because}.`);
      start = message.end;
    }
  },
  // Each payload becomes a request, so that the stream can be read again without knowing what was asked.
  encode(payloads) {
    const text = new TextEncoder();
    const head = (length: number) =>
      text.encode(`POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: ${length}\r\n\r\n`);
    return encoded(payloads.flatMap(payload => [head(payload.length), payload]));
  },
});

/** More chunks than this in one message are malformed: their ranges would take more room than their bytes. */
const mostChunks = 65_536;
/** Fields of chunks beyond this many are not listed. */
const listed = 256;

function* readBody(
  input: Input,
  start: number,
  head: Head,
  body: BodyKind,
  maximum: number,
): Step<Frame | Malformed | End> {
  if (body.kind === 'chunked') return yield* chunkedBody(input, start, head, maximum);
  if (body.kind === 'close') return yield* bodyToTheEnd(input, start, head, maximum);
  if (body.kind !== 'length') return messageOf(start, head, [], head.end, body.because);
  const end = head.end + body.length;
  input.release(end);
  yield* need(input, head.end, body.length, {
    start,
    what: `the body of ${bytesOf(body.length)} that Content-Length promises`,
  });
  return messageOf(start, head, [{start: head.end, end}], end, `${body.because} and all of it is here`);
}

function* chunkedBody(input: Input, start: number, head: Head, maximum: number): Step<Frame | Malformed> {
  const spans: Span[] = [];
  const fields: FrameField[] = [];
  let total = 0;
  for (let at = head.end; ; ) {
    const chunk = yield* readChunk(input, at, {start, maximum: maximum - total});
    if ('kind' in chunk) return chunk;
    at = chunk.end;
    if (fields.length < listed || chunk.last) fields.push(...chunk.fields);
    input.release(at);
    if (chunk.last)
      return messageOf(
        start,
        head,
        spans,
        at,
        `the last chunk came after ${bytesOf(total)} in ${grouped(spans.length)} chunks`,
        fields,
      );
    spans.push(chunk.body);
    total += chunk.body.end - chunk.body.start;
    if (spans.length > mostChunks)
      return malformed(
        start,
        chunk.start,
        `More than ${grouped(mostChunks)} chunks in one message.`,
        'Close the connection: this peer wastes your time.',
      );
  }
}

function* bodyToTheEnd(input: Input, start: number, head: Head, maximum: number): Step<Malformed> {
  for (;;) {
    const have = input.end - head.end;
    if (have > maximum)
      return malformed(
        start,
        head.end + maximum,
        `The body has more than the maximum of ${bytesOf(maximum)} and no length.`,
        'Close the connection, or raise the maximum.',
      );
    input.release(input.end);
    const frame = messageOf(
      start,
      head,
      [{start: head.end, end: input.end}],
      input.end,
      'the peer ended the stream, and nothing else ends this body',
    );
    const wait: NeedMore = {
      kind: 'need-more',
      start,
      have: input.end - start,
      atLeast: 1,
      until: 'end-of-stream',
      because: `Must call recv() again because the response has neither a length nor chunks: only the end of the stream ends it; ${bytesOf(have)} of body so far.`,
      ifEnd: {kind: 'complete', frame, because: frame.because},
    };
    yield wait;
  }
}

function messageOf(
  start: number,
  head: Head,
  payload: readonly Span[],
  end: number,
  why: string,
  more: readonly FrameField[] = [],
): Frame {
  const interim = head.role === 'response' && head.status < 200 && head.status !== 101;
  return frameOf({
    start,
    end,
    header: {start, end: head.end},
    payload,
    fields: [...head.startLine, ...head.headers, ...more],
    safe: !interim,
    because: interim
      ? `Must call recv() again because ${head.status} is an interim response: the final one is still to come.`
      : `Safe to stop because ${why}.`,
  });
}
