import {grouped} from '../../text/counted.ts';
import {malformed} from '../reading.ts';
import type {FrameField, Malformed} from '../types.ts';
import {bytesOf} from '../words.ts';
import type {Head} from './http-head.ts';

/** How the end of a body is found (RFC 9112 §6.3). */
export type BodyKind =
  | {readonly kind: 'none'; readonly because: string}
  | {readonly kind: 'length'; readonly length: number; readonly because: string}
  | {readonly kind: 'chunked'}
  | {readonly kind: 'close'}
  /** Another protocol starts behind the head: an upgrade, or the tunnel of CONNECT. */
  | {readonly kind: 'tunnel'; readonly because: string};

const advice = 'Refuse the message and close the connection: two readers could find two different ends.';

/** Decides which of the ways applies, and refuses every message for which there could be two. */
export function bodyOf(head: Head, start: number, answers: string, maximum: number): BodyKind | Malformed {
  const codings = named(head, 'transfer-encoding');
  const lengths = named(head, 'content-length');
  const refusal = contradiction(head, start, codings, lengths);
  if (refusal !== undefined) return refusal;
  const bodiless = withoutBody(head, answers);
  if (bodiless !== undefined) return bodiless;
  const coding = codings[0];
  if (coding !== undefined) return codedBody(head, start, coding);
  const length = lengths[0];
  if (length !== undefined) return lengthBody(start, length, maximum);
  return head.role === 'response'
    ? {kind: 'close'}
    : {kind: 'none', because: 'a request without Content-Length has no body'};
}

function named(head: Head, name: string): readonly FrameField[] {
  return head.headers.filter(header => header.name.toLowerCase() === name);
}

function contradiction(
  head: Head,
  start: number,
  codings: readonly FrameField[],
  lengths: readonly FrameField[],
): Malformed | undefined {
  const [coding] = codings;
  const [length] = lengths;
  const bad = (at: number, reason: string) => malformed(start, at, reason, advice);
  if (coding !== undefined && length !== undefined)
    return bad(
      Math.max(coding.start, length.start),
      'Both Transfer-Encoding and Content-Length are here, the mark of a smuggled request.',
    );
  if (codings.length > 1) return bad(codings[1]!.start, 'Transfer-Encoding is here twice.');
  if (lengths.length > 1) return bad(lengths[1]!.start, 'Content-Length is here twice.');
  if (coding !== undefined && head.minor === 0) return bad(coding.start, 'HTTP/1.0 has no Transfer-Encoding.');
  if (length !== undefined && !/^\d+$/.test(String(length.value)))
    return bad(length.start, 'Content-Length is not decimal digits and nothing else.');
  return undefined;
}

/** RFC 9112 §6.3, rules 1 and 2: what some responses say about a length describes a body that does not come. */
function withoutBody({role, status}: Head, answers: string): BodyKind | undefined {
  if (role === 'request') return undefined;
  if (status === 101) return {kind: 'tunnel', because: 'the status is 101: another protocol starts here'};
  if (answers === 'CONNECT' && status >= 200 && status < 300)
    return {kind: 'tunnel', because: 'CONNECT succeeded: a tunnel starts here'};
  if (status < 200 || status === 204 || status === 304)
    return {kind: 'none', because: `a ${status} response has no body`};
  return answers === 'HEAD' ? {kind: 'none', because: 'the answer to HEAD has no body'} : undefined;
}

function codedBody({role}: Head, start: number, coding: FrameField): BodyKind | Malformed {
  const names = String(coding.value)
    .toLowerCase()
    .split(',')
    .map(name => name.replace(/^[ \t]+|[ \t]+$/g, ''));
  const chunkings = names.filter(name => name === 'chunked').length;
  if (chunkings === 1 && names.at(-1) === 'chunked') return {kind: 'chunked'};
  if (
    role === 'response' &&
    chunkings === 0 &&
    names.every(name => /^(gzip|x-gzip|deflate|compress|x-compress)$/.test(name))
  )
    return {kind: 'close'};
  return malformed(
    start,
    coding.start,
    'Transfer-Encoding does not end with one “chunked”, so nothing tells where the body ends.',
    advice,
  );
}

function lengthBody(start: number, header: FrameField, maximum: number): BodyKind | Malformed {
  const value = BigInt(String(header.value));
  if (value > BigInt(maximum))
    return malformed(
      start,
      header.start,
      `Content-Length asks for ${bytesOf(value)}, more than the maximum of ${bytesOf(maximum)}.`,
      'Answer 413, or raise the maximum.',
    );
  const length = Number(value);
  return {kind: 'length', length, because: `Content-Length promised ${grouped(length)}`};
}
