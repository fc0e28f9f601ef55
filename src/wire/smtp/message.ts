import {concat} from '../bytes.ts';
import {longestLine, withLineEnds} from './dots.ts';
import {headerText, quotedPrintable} from './encoding.ts';

export interface Draft {
  readonly from: string;
  readonly to: string;
  readonly subject: string;
  /** Bytes of the text, with any line ends. */
  readonly body: Uint8Array;
  /** The body is a whole message with a header of its own: nothing is added. */
  readonly whole: boolean;
  /** As `dateText` writes it. */
  readonly date: string;
  /** Without its angle brackets: `something@host`. */
  readonly id: string;
  /** What the server takes: bytes above 127 in the body, and in the header. */
  readonly eightBit: boolean;
  readonly utf8: boolean;
}

/** How the bytes of the body go through a protocol of lines. */
export type TransferEncoding = '7bit' | '8bit' | 'quoted-printable';

export interface Built {
  /** Header, empty line and body, every line ended with CR LF; dots are not doubled yet. */
  readonly bytes: Uint8Array;
  readonly encoding: TransferEncoding;
  /** Why this encoding. */
  readonly why: string;
  /** Bare LFs and CRs that became CR LF. */
  readonly changed: number;
  /** Bytes of the longest line of the message, its CR LF not counted. */
  readonly longest: number;
}

/** Bytes of a line without its CR LF (RFC 5322 §2.1.1; RFC 5321 §4.5.3.1.6 says 1000 with it). */
export const mostInLine = 998;

/** The message as the recipient will see it (RFC 5322), made for a server that takes 8-bit text or one that does not. */
export function buildMessage(draft: Draft): Built {
  const {bytes: body, changed} = withLineEnds(draft.body);
  const ended = body.length === 0 || body.at(-1) === 0x0a ? body : concat([body, Uint8Array.of(0x0d, 0x0a)]);
  const {encoding, why} = choose(body, draft);
  if (draft.whole) return {bytes: ended, encoding, why, changed, longest: longestLine(ended)};
  const text = encoding === 'quoted-printable' ? quotedPrintable(body) : ended;
  const tail = text.length === 0 || text.at(-1) === 0x0a ? [] : [Uint8Array.of(0x0d, 0x0a)];
  const bytes = concat([new TextEncoder().encode(headerOf(draft, encoding)), text, ...tail]);
  return {bytes, encoding, why, changed, longest: longestLine(bytes)};
}

function choose(body: Uint8Array, draft: Draft): {encoding: TransferEncoding; why: string} {
  const longest = longestLine(body);
  const isAscii = body.every(byte => byte < 0x80 && byte !== 0);
  if (draft.whole)
    return {
      encoding: isAscii ? '7bit' : '8bit',
      why: 'The message has a header of its own, so nothing in it is changed',
    };
  if (longest > mostInLine)
    return {
      encoding: 'quoted-printable',
      why: `A line has ${longest} bytes and ${mostInLine} is the limit, so the lines are cut and put together again by the reader`,
    };
  if (isAscii) return {encoding: '7bit', why: 'Everything is ASCII'};
  if (!draft.eightBit)
    return {encoding: 'quoted-printable', why: 'The text is not ASCII, and the server does not offer 8BITMIME'};
  if (body.includes(0)) return {encoding: 'quoted-printable', why: 'The text has a byte 0, which no line may have'};
  return {encoding: '8bit', why: 'The text is not ASCII, and the server offers 8BITMIME'};
}

function headerOf({from, to, subject, date, id, body, utf8}: Draft, encoding: TransferEncoding): string {
  const lines = [
    `Date: ${date}`,
    `From: ${from === '' ? 'nobody <>' : from}`,
    `To: ${to}`,
    `Subject: ${utf8 ? subject : headerText(subject)}`,
    `Message-ID: <${id}>`,
    'MIME-Version: 1.0',
    `Content-Type: text/plain; charset=${charsetOf(body)}`,
    `Content-Transfer-Encoding: ${encoding}`,
  ];
  return `${lines.join('\r\n')}\r\n\r\n`;
}

/** UTF-8 where it is; what is not is said to be unknown, for nobody can tell (RFC 1428 §3). */
function charsetOf(body: Uint8Array): string {
  if (body.every(byte => byte < 0x80)) return 'us-ascii';
  try {
    new TextDecoder('utf-8', {fatal: true}).decode(body);
    return 'utf-8';
  } catch {
    return 'unknown-8bit';
  }
}

const days = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** What is asked of a `Date`, in universal time; months and weekdays count from 0. */
interface Moment {
  getUTCFullYear(): number;
  getUTCMonth(): number;
  getUTCDate(): number;
  getUTCDay(): number;
  getUTCHours(): number;
  getUTCMinutes(): number;
  getUTCSeconds(): number;
}

/** A moment as headers have it (RFC 5322 §3.3). */
export function dateText(moment: Moment): string {
  const time = [moment.getUTCHours(), moment.getUTCMinutes(), moment.getUTCSeconds()];
  const day = `${days[moment.getUTCDay()]}, ${moment.getUTCDate()} ${months[moment.getUTCMonth()]} ${moment.getUTCFullYear()}`;
  return `${day} ${time.map(value => String(value).padStart(2, '0')).join(':')} +0000`;
}
