import type {Problem} from '../../journal/problem.ts';
import {concat} from '../../wire/bytes.ts';
import {enhancedMeaning, replyMeaning} from '../../wire/smtp/codes.ts';
import {commands, readCommand} from '../../wire/smtp/commands.ts';
import {endOfMessage, stuffDots} from '../../wire/smtp/dots.ts';
import {extensions} from '../../wire/smtp/extensions.ts';
import {type Line, LineBuffer} from '../../wire/smtp/lines.ts';
import {readReplyLine} from '../../wire/smtp/reply.ts';
import {decodeUtf8} from '../../wire/text/utf8.ts';
import type {Stream, StreamTls, TlsOptions} from '../../world/stream/stream.ts';
import {Pending} from './mail-pending.ts';
import type {MailKit} from './mail-walk.ts';

/** A whole reply; or why none came. */
export type Reply =
  | {readonly ok: true; readonly code: number; readonly lines: readonly string[]; readonly enhanced?: string}
  | {readonly ok: false; readonly problem: Problem};

/** A reply has fewer lines than this; more are somebody’s joke. */
const mostLines = 500;

const encoder = new TextEncoder();

/** One connection to a mail server, seen by the client, every line of it told. */
export class Conversation {
  readonly number: number;
  readonly #kit: MailKit;
  readonly #stream: Stream;
  readonly #timeout: number;
  #buffer = new LineBuffer(64 * 1024);
  #secure = false;
  readonly #pending = new Pending();
  #asked: number;
  #isClosed = false;
  #isAnswered = false;
  /** Lines of the server so far. */
  told = 0;

  constructor(kit: MailKit, stream: Stream, {number, timeout}: {number: number; timeout: number}) {
    this.#kit = kit;
    this.#stream = stream;
    this.number = number;
    this.#timeout = timeout;
    this.#asked = kit.now();
  }

  get secure(): boolean {
    return this.#secure;
  }

  get local(): string {
    return this.#stream.local;
  }

  /** Sends a command and waits for its reply. */
  async command(text: string): Promise<Reply> {
    const problem = await this.say(encoder.encode(`${text}\r\n`));
    return problem === undefined ? this.reply() : {ok: false, problem};
  }

  /** Sends a line with its end, as it is, and tells of it. */
  async say(bytes: Uint8Array): Promise<Problem | undefined> {
    const whole = decodeUtf8(bytes);
    const text = whole.replace(/\r?\n$/, '');
    const {verb} = readCommand(text);
    const {says: means, source} = this.#pending.inMessage ? ofMessage : (commands.get(verb) ?? unknown);
    this.#pending.said(whole);
    this.#isAnswered = false;
    this.#asked = this.#kit.now();
    const fault = faultOfLine(bytes);
    const fields = {conversation: this.number, from: 'client', text, verb, code: 0, last: true, means, source} as const;
    this.#kit.emit('line', {...fields, secure: this.#secure, ...(fault !== undefined && {fault})}, bytes);
    return this.#stream.write(bytes);
  }

  /** Sends bytes that are no line. */
  async sayRaw(bytes: Uint8Array): Promise<Problem | undefined> {
    this.#asked = this.#kit.now();
    this.#pending.said(decodeUtf8(bytes));
    this.#isAnswered = false;
    this.#kit.emit('raw', {conversation: this.number, size: bytes.length}, bytes);
    return this.#stream.write(bytes);
  }

  /** Sends a message after 354: dots doubled, and the line that ends it. */
  async content(message: Uint8Array): Promise<Problem | undefined> {
    const {bytes, dots} = stuffDots(message);
    const all = concat([bytes, endOfMessage]);
    this.#pending.sentMessage();
    this.#isAnswered = false;
    this.#asked = this.#kit.now();
    let lines = 0;
    for (let at = bytes.indexOf(0x0a); at >= 0; at = bytes.indexOf(0x0a, at + 1)) lines++;
    this.#kit.emit('content', {conversation: this.number, size: all.length, lines, dots}, all);
    return this.#stream.write(all);
  }

  async reply(): Promise<Reply> {
    const lines: string[] = [];
    let enhanced: string | undefined;
    for (;;) {
      const line = await this.#line(this.#timeout);
      if ('problem' in line) return {ok: false, problem: line.problem};
      const {code, last, text, fault, ...read} = this.tell(line.line);
      enhanced ??= read.enhanced;
      lines.push(text);
      if (code === 0)
        return {
          ok: false,
          problem: {code: 'mail.reply', says: fault ?? 'That is no reply', next: 'Is this a mail server?'},
        };
      if (lines.length > mostLines)
        return {ok: false, problem: {code: 'mail.long', says: `The reply has more than ${mostLines} lines`}};
      if (last) return {ok: true, code, lines, ...(enhanced !== undefined && {enhanced})};
    }
  }

  /** Tells every line that comes, until the connection ends; for whoever types by hand. */
  async listen(): Promise<void> {
    for (;;) {
      const line = await this.#line(undefined);
      if ('problem' in line) {
        this.close('server', line.problem.says);
        return;
      }
      this.tell(line.line);
    }
  }

  /** Resolves when a whole reply has come and nothing more for so many seconds; after `most` seconds in any case. */
  async quiet(seconds: number, most: number): Promise<void> {
    const until = this.#kit.now() + most;
    while (this.#kit.now() < until && !this.#isClosed) {
      const {told} = this;
      await new Promise(done => setTimeout(done, seconds * 1000));
      if (told === this.told && this.#isAnswered) return;
    }
  }

  /** Tells a line of a reply. */
  tell(line: Line): ReturnType<typeof readReplyLine> {
    const reply = readReplyLine(line);
    const {code, last, text, enhanced, fault} = reply;
    this.told++;
    this.#isAnswered = last;
    const {verb} = this.#pending;
    if (last) this.#pending.answered(code);
    const {says, source} = meaningOf(verb, {code, text, enhanced});
    const seconds = this.#kit.now() - this.#asked;
    const whole = decodeUtf8(line.content);
    const fields = {conversation: this.number, from: 'server', text: whole, verb, code, last} as const;
    const more = {...(enhanced !== undefined && {enhanced}), ...(fault !== undefined && {fault})};
    this.#kit.emit('line', {...fields, means: says, source, secure: this.#secure, seconds, ...more}, line.bytes);
    return reply;
  }

  /** The handshake. What came in clear and was not read is told and forgotten: it must not count as said under TLS. */
  async startTls(options: TlsOptions): Promise<{ok: true; tls: StreamTls} | {ok: false; problem: Problem}> {
    const left = [this.#buffer.rest(), ...this.#stream.unread()].reduce((sum, {length}) => sum + length, 0);
    this.#buffer = new LineBuffer(64 * 1024);
    if (left > 0)
      this.#kit.emit('notice', {
        says: `${left} bytes came in clear behind the reply to STARTTLS, and were thrown away (RFC 3207 §4.2)`,
      });
    const began = this.#kit.now();
    const secured = await this.#stream.startTls(options);
    if (!secured.ok) return secured;
    this.#secure = true;
    this.#pending.forget();
    this.#kit.emit(...securedEvent(this.number, options.name, secured.tls, this.#kit.now() - began));
    return secured;
  }

  close(by: 'client' | 'server' | 'error' = 'client', says = 'Our end has closed the connection'): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#kit.emit('closed', {conversation: this.number, by, says});
    this.#stream.close();
  }

  async #line(seconds: number | undefined): Promise<{line: Line} | {problem: Problem}> {
    for (;;) {
      const line = this.#buffer.next();
      if (line !== undefined) return {line};
      const read = await this.#stream.read(seconds);
      if (read.kind === 'bytes') this.#buffer.push(read.bytes);
      else if (read.kind === 'failed') return {problem: read.problem};
      else if (read.kind === 'timeout')
        return {
          problem: {code: 'mail.silent', says: `No reply within ${seconds} s`, next: 'Wait longer with --wait.'},
        };
      else return {problem: {code: 'mail.closed', says: 'The server has closed the connection'}};
    }
  }
}

const ofMessage = {says: 'A line of the message: one that begins with a dot needs another', source: 'RFC 5321 §4.5.2'};
const unknown = {says: 'Not a command that SMTP knows', source: 'RFC 5321 §4.1.1'};

function meaningOf(
  verb: string,
  {code, text, enhanced}: {code: number; text: string; enhanced: string | undefined},
): {says: string; source: string} {
  const offer = verb === 'EHLO' && code === 250 ? extensions.get(text.split(/[\s=]/)[0]!.toUpperCase()) : undefined;
  if (offer !== undefined) return {says: `The server offers this: ${offer.says}`, source: offer.source};
  const {says, source} = replyMeaning(code);
  return {says: enhanced === undefined ? says : `${says}. ${enhanced}: ${enhancedMeaning(enhanced)}`, source};
}

function faultOfLine(bytes: Uint8Array): string | undefined {
  if (bytes.at(-1) !== 0x0a) return 'The line has no end: the server waits for more';
  if (bytes.at(-2) !== 0x0d) return 'The line ends with a bare LF; SMTP wants CR LF (RFC 5321 §2.3.8)';
  if (bytes.indexOf(0x0a) < bytes.length - 1)
    return 'These are several lines at once; that is allowed after EHLO if the server offers PIPELINING';
  return bytes.length > 512 ? `The line has ${bytes.length} bytes; 512 is the limit (RFC 5321 §4.5.3.1.4)` : undefined;
}

const distrusts: Readonly<Record<string, string>> = {
  CERT_HAS_EXPIRED: 'it has expired',
  CERT_NOT_YET_VALID: 'it is not valid yet',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'it is signed with its own key',
  SELF_SIGNED_CERT_IN_CHAIN: 'whoever signed it is not trusted here',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'whoever signed it is not known here',
  UNABLE_TO_GET_ISSUER_CERT: 'whoever signed it is not known here',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'whoever signed it is not known here',
  ERR_TLS_CERT_ALTNAME_INVALID: 'it is for another name',
};

function securedEvent(
  conversation: number,
  name: string,
  {certificate, distrust, protocol, cipher}: StreamTls,
  seconds: number,
) {
  const trusted = distrust === undefined;
  const says = trusted
    ? `The certificate is good for ${name}`
    : `The certificate proves nothing: ${distrusts[distrust] ?? distrust}`;
  const {subject = '', issuer = '', names = '', from = '', to = '', sha256 = '', der} = certificate ?? {};
  const fields = {conversation, protocol, cipher, trusted, name, subject, issuer, names, sha256, seconds, says};
  return [
    'secured',
    {...fields, notBefore: from, notAfter: to, ...(distrust !== undefined && {distrust})},
    der,
  ] as const;
}
