import {concat} from '../../wire/bytes.ts';
import {type Command, readCommand, readPath} from '../../wire/smtp/commands.ts';
import {unstuffDot} from '../../wire/smtp/dots.ts';
import type {Line} from '../../wire/smtp/lines.ts';
import {decodeUtf8} from '../../wire/text/utf8.ts';
import {recipientReply} from './recipients.ts';
import type {MailBehaviour} from './types.ts';

export interface Terms {
  readonly name: string;
  readonly behaviour: MailBehaviour;
  readonly offersTls: boolean;
  readonly eightBit: boolean;
  readonly size: number;
}

/** What the server says to a line, and what it does then. */
export interface Answer {
  readonly replies: readonly string[];
  readonly after?: 'close' | 'startTls';
  readonly message?: {readonly from: string; readonly recipients: readonly string[]; readonly content: Uint8Array};
}

interface Transaction {
  readonly from: string;
  readonly recipients: readonly string[];
}

const quiet: Answer = {replies: []};
const say = (...replies: string[]): Answer => ({replies});

/** The server’s side of one conversation (RFC 5321 §4.3): lines in, replies out. It knows no socket and no clock. */
export class Dialogue {
  readonly #terms: Terms;
  #helo = '';
  #secure = false;
  #transaction: Transaction | undefined;
  #data: {pieces: Uint8Array[]; length: number; bare: number; last: Line['ending']} | undefined;
  #mistakes = 0;

  constructor(terms: Terms) {
    this.#terms = terms;
  }

  get helo(): string {
    return this.#helo;
  }

  greeting(): string {
    return `220 ${this.#terms.name} ESMTP Wirebook's lab`;
  }

  /** Everything the client has said before the handshake is forgotten (RFC 3207 §4.2). */
  secured(): void {
    this.#secure = true;
    this.#helo = '';
    this.#transaction = undefined;
  }

  take(line: Line): Answer {
    if (this.#data !== undefined) return this.#content(line);
    if (line.ending === 'none') return this.#mistake('500 5.5.2 The line is too long');
    if (line.bytes.length > 2048) return this.#mistake('500 5.5.2 The line is too long');
    if (line.ending === 'LF') return this.#mistake('500 5.5.2 A line ends with CR LF; this one has a bare LF');
    const text = decodeUtf8(line.content);
    if (/[^\x20-\x7e\t\u00a0-\u{10ffff}]/u.test(text))
      return this.#mistake('500 5.5.2 There are control bytes in the line');
    const command = readCommand(text);
    const rule = Object.hasOwn(this.#rules, command.verb) ? this.#rules[command.verb] : undefined;
    return rule?.(command) ?? this.#mistake(`500 5.5.1 ${command.verb.slice(0, 20) || 'An empty line'} is no command`);
  }

  /** After so many mistakes this is no mail client. */
  #mistake(reply: string): Answer {
    if (++this.#mistakes < 20) return say(reply);
    return {replies: [reply, `421 4.7.0 ${this.#terms.name} Too many mistakes`], after: 'close'};
  }

  readonly #rules: Readonly<Record<string, (command: Command) => Answer>> = {
    EHLO: command => this.#hello(command),
    HELO: command => this.#hello(command),
    STARTTLS: ({argument}) => {
      if (this.#secure) return say('503 5.5.1 TLS is on already');
      if (!this.#terms.offersTls) return say('502 5.5.1 TLS is not offered');
      if (argument !== '') return say('501 5.5.4 STARTTLS takes no argument');
      return {replies: ['220 2.0.0 Go ahead with TLS'], after: 'startTls'};
    },
    MAIL: command => this.#mail(command),
    RCPT: command => this.#recipient(command),
    DATA: ({argument}) => {
      if (argument !== '') return say('501 5.5.4 DATA takes no argument');
      if (this.#transaction === undefined) return say('503 5.5.1 MAIL comes first');
      if (this.#transaction.recipients.length === 0) return say('554 5.5.1 There are no valid recipients');
      this.#data = {pieces: [], length: 0, bare: 0, last: 'CRLF'};
      return say('354 End with a line of a single dot');
    },
    RSET: () => {
      this.#transaction = undefined;
      return say('250 2.0.0 Forgotten');
    },
    NOOP: () => say('250 2.0.0 Nothing done'),
    VRFY: ({argument}) =>
      argument === '' ? say('501 5.5.4 VRFY wants a user') : say('252 2.1.5 Send a message, and we shall see'),
    EXPN: () => say('502 5.5.1 Lists are not expanded here'),
    HELP: () => say('214-2.0.0 EHLO HELO STARTTLS MAIL RCPT DATA', '214 2.0.0 RSET NOOP VRFY HELP QUIT'),
    BDAT: () => say('502 5.5.1 CHUNKING is not offered'),
    AUTH: () => say('502 5.5.1 AUTH is not offered'),
    QUIT: () => ({replies: [`221 2.0.0 ${this.#terms.name} Goodbye`], after: 'close'}),
  };

  #hello({verb, argument}: Command): Answer {
    if (argument === '') return say(`501 5.5.4 ${verb} wants the name of your host`);
    this.#helo = argument;
    this.#transaction = undefined;
    const {name, size, eightBit, offersTls} = this.#terms;
    const first = `${name} greets ${argument.slice(0, 200)}`;
    if (verb === 'HELO') return say(`250 ${first}`);
    const offers = [
      first,
      'PIPELINING',
      `SIZE ${size}`,
      ...(eightBit ? ['8BITMIME', 'SMTPUTF8'] : []),
      ...(offersTls && !this.#secure ? ['STARTTLS'] : []),
      'ENHANCEDSTATUSCODES',
      'HELP',
    ];
    return say(...offers.map((offer, index) => `250${index === offers.length - 1 ? ' ' : '-'}${offer}`));
  }

  #mail({argument}: Command): Answer {
    if (this.#helo === '') return say('503 5.5.1 EHLO comes first');
    if (this.#transaction !== undefined) return say('503 5.5.1 A transaction is under way: RSET ends it');
    const read = readPath(argument, 'FROM');
    if (read === undefined) return say('501 5.1.7 Write MAIL FROM:<address>');
    const unknown = Object.keys(read.parameters).find(name => !['SIZE', 'BODY', 'SMTPUTF8'].includes(name));
    if (unknown !== undefined) return say(`555 5.5.4 ${unknown.slice(0, 20)} is not known`);
    if (read.path !== '' && !read.path.includes('@')) return say('553 5.1.7 The sender has no domain');
    if (/[^\x00-\x7f]/.test(read.path) && !('SMTPUTF8' in read.parameters))
      return say('553 5.6.7 The address is not ASCII: say SMTPUTF8');
    if (Number(read.parameters['SIZE'] ?? 0) > this.#terms.size)
      return say('552 5.3.4 That is more than is taken here');
    this.#transaction = {from: read.path, recipients: []};
    return say('250 2.1.0 The sender is good');
  }

  #recipient({argument}: Command): Answer {
    if (this.#transaction === undefined) return say('503 5.5.1 MAIL comes first');
    const read = readPath(argument, 'TO');
    if (read === undefined) return say('501 5.1.3 Write RCPT TO:<address>');
    if (this.#transaction.recipients.length >= 100) return say('452 4.5.3 Too many recipients');
    const reply = recipientReply(read.path, this.#terms.behaviour);
    if (reply.startsWith('2'))
      this.#transaction = {...this.#transaction, recipients: [...this.#transaction.recipients, read.path]};
    return say(reply);
  }

  #content(line: Line): Answer {
    const data = this.#data!;
    const isEnd =
      line.content.length === 1 && line.content[0] === 0x2e && line.ending === 'CRLF' && data.last === 'CRLF';
    if (!isEnd) {
      // A bare LF is no line end here, so a dot after it is no first byte: what is between them cannot be a second message.
      const piece = data.last === 'CRLF' ? unstuffDot(line.bytes) : line.bytes;
      data.length += piece.length;
      if (data.length <= this.#terms.size) data.pieces.push(piece);
      if (line.ending === 'LF') data.bare++;
      data.last = line.ending;
      return quiet;
    }
    const {from, recipients} = this.#transaction!;
    this.#data = undefined;
    this.#transaction = undefined;
    if (data.length > this.#terms.size) return say('552 5.3.4 The message is too large');
    if (data.bare > 0) return say(`554 5.6.0 ${data.bare} lines end with a bare LF: the message is not taken`);
    return {replies: [], message: {from, recipients, content: concat(data.pieces)}};
  }
}
