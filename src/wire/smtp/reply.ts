import {decodeUtf8} from '../text/utf8.ts';
import type {Line} from './lines.ts';

/** One line of a reply (RFC 5321 §4.2): `250-SIZE 1000` goes on, `250 HELP` is the last. */
export interface ReplyLine {
  /** 0 when the line has none. */
  readonly code: number;
  readonly last: boolean;
  /** What follows the code, with its enhanced code. */
  readonly text: string;
  /** `2.1.5` (RFC 3463), where the server gives one that fits the reply code. */
  readonly enhanced?: string;
  /** What is wrong with the line, as a sentence without its full stop. */
  readonly fault?: string;
}

/** The longest line a server may send, its CRLF included (RFC 5321 §4.5.3.1.5). */
export const longestReplyLine = 512;

export function readReplyLine({bytes, content, ending}: Line): ReplyLine {
  const line = decodeUtf8(content);
  const match = /^([2-5][0-9]{2})(?:([ -])(.*))?$/s.exec(line);
  if (match === null) {
    const digits = /^[016-9][0-9]{2}(?![0-9])/.exec(line)?.[0];
    const fault =
      digits === undefined
        ? 'A reply begins with three digits and a space or a hyphen'
        : `No reply code begins as ${digits} does: the first digit is 2, 3, 4 or 5`;
    return {code: 0, last: true, text: line, fault};
  }
  const [, code = '', separator = ' ', text = ''] = match;
  const enhanced = /^([245])\.(0|[1-9]\d{0,2})\.(0|[1-9]\d{0,2})(?= |$)/.exec(text)?.[0];
  const fits = enhanced !== undefined && enhanced[0] === code[0];
  const fault = faultOf(bytes.length, ending) ?? (enhanced !== undefined && !fits ? misfit(code, enhanced) : undefined);
  return {
    code: Number(code),
    last: separator === ' ',
    text,
    ...(fits && {enhanced}),
    ...(fault !== undefined && {fault}),
  };
}

function faultOf(length: number, ending: Line['ending']): string | undefined {
  if (ending === 'LF') return 'The line ends with a bare LF instead of CR LF';
  if (length > longestReplyLine) return `The line has ${length} bytes; ${longestReplyLine} is the limit`;
  return ending === 'none' ? 'The line has no end' : undefined;
}

const misfit = (code: string, enhanced: string) =>
  `The enhanced code ${enhanced} does not fit ${code}: their first digits differ (RFC 2034 §4)`;

/** What the first digit says about what is to happen next (RFC 5321 §4.2.1). */
export type ReplyClass = 'good' | 'more' | 'later' | 'never' | 'none';

export function replyClass(code: number): ReplyClass {
  return classes[Math.floor(code / 100)] ?? 'none';
}

const classes: Readonly<Record<number, ReplyClass>> = {2: 'good', 3: 'more', 4: 'later', 5: 'never'};
