import type {Input} from '../input.ts';
import {malformed} from '../reading.ts';
import type {FrameField, Malformed, Span, Step} from '../types.ts';
import {quoted} from '../words.ts';
import {isMalformed, latin1, readFieldLine, readLine} from './http-text.ts';

export type Role = 'auto' | 'request' | 'response';

/** The start line and the header fields of a message, with the range of each. */
export interface Head {
  readonly role: 'request' | 'response';
  readonly method: string;
  readonly status: number;
  /** 0 or 1: HTTP/1.0 or HTTP/1.1. */
  readonly minor: number;
  readonly startLine: readonly FrameField[];
  readonly headers: readonly FrameField[];
  /** Where the body starts. */
  readonly end: number;
}

/** Waits for a head of at most `maximum` bytes and reads it (RFC 9112 §2 to §5). */
export function* readHead(input: Input, start: number, role: Role, maximum: number): Step<Head | Malformed> {
  let at = start;
  const left = () => Math.max(0, start + maximum - at);
  let line = yield* readLine(input, at, {start, maximum: left(), what: 'the start line'});
  if (isMalformed(line)) return line;
  if (line.end === line.start) {
    // RFC 9112 §2.2: one empty line before a request is forgiven; old clients sent it behind a body.
    at = line.end + 2;
    line = yield* readLine(input, at, {start, maximum: left(), what: 'the start line'});
    if (isMalformed(line)) return line;
  }
  const startLine = readStartLine(input.copy(line.start, line.end), line, start, role);
  if (isMalformed(startLine)) return startLine;
  const headers: FrameField[] = [];
  for (at = line.end + 2; ; ) {
    const next = yield* readLine(input, at, {start, maximum: left(), what: 'a header field'});
    if (isMalformed(next)) return next;
    at = next.end + 2;
    if (next.end === next.start) return {...startLine, headers, end: at};
    const header = readFieldLine(input.copy(next.start, next.end), next.start, start);
    if (isMalformed(header)) return header;
    headers.push(header);
  }
}

const advice = 'Check that both sides speak HTTP/1.1 here, and not TLS, HTTP/2 or something of their own.';

type StartLine = Omit<Head, 'headers' | 'end'>;

function readStartLine(line: Uint8Array, {start: at}: Span, start: number, role: Role): StartLine | Malformed {
  const text = latin1(line);
  const isResponse = role === 'response' || (role === 'auto' && text.startsWith('HTTP/'));
  const match = (isResponse ? statusLine : requestLine).exec(text);
  if (match === null) {
    const shape = isResponse ? 'HTTP/1.1 200 OK' : 'GET /path HTTP/1.1';
    return malformed(start, at, `${quoted(line)} is no start line such as ${shape}.`, advice);
  }
  const [, first = '', second = '', third = ''] = match;
  const [major, minor] = (isResponse ? first : third).split('.').map(Number);
  if (major !== 1) return malformed(start, at, `HTTP/${major}.${minor} is not framed like HTTP/1.1.`, advice);
  const fields: FrameField[] = [];
  let from = at;
  for (const [name, value, meaning] of isResponse
    ? statusWords(first, second, third)
    : requestWords(first, second, third)) {
    fields.push({name, start: from, end: from + value.length, value, meaning});
    from += value.length + 1;
  }
  const status = isResponse ? Number(second) : 0;
  const method = isResponse ? '' : first;
  return {role: isResponse ? 'response' : 'request', method, status, minor: minor ?? 0, startLine: fields};
}

const requestLine = /^([!#$%&'*+\-.^_`|~0-9A-Za-z]+) ([\x21-\x7e]+) HTTP\/(\d\.\d)$/;
/** The blank behind the status stands even where no reason follows; some servers leave it out, and it changes nothing. */
const statusLine = /^HTTP\/(\d\.\d) ([1-5]\d\d)(?: ([\t \x21-\x7e\x80-\xff]*))?$/;

function requestWords(method: string, target: string, version: string) {
  return [
    ['method', method, 'what is asked for'],
    ['target', target, 'what it is asked of'],
    ['version', `HTTP/${version}`, 'the protocol the client speaks'],
  ] as const;
}

function statusWords(version: string, status: string, reason: string) {
  return [
    ['version', `HTTP/${version}`, 'the protocol the server speaks'],
    ['status', status, statusMeanings[status[0] ?? ''] ?? ''],
    ['reason', reason, 'for people; programs ignore it'],
  ] as const;
}

const statusMeanings: Readonly<Record<string, string>> = {
  1: 'interim: the answer is still to come',
  2: 'success',
  3: 'look elsewhere',
  4: 'the request is at fault',
  5: 'the server is at fault',
};
