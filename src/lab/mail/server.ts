import {randomBytes} from 'node:crypto';
import {createServer, type Socket} from 'node:net';
import {createSecureContext, type SecureContext, TLSSocket} from 'node:tls';
import {LineBuffer} from '../../wire/smtp/lines.ts';
import {dateText} from '../../wire/smtp/message.ts';
import {listening} from '../listening.ts';
import {type Answer, Dialogue, type Terms} from './dialogue.ts';
import {type Mailbox, openMailbox} from './mailbox.ts';
import type {MailOptions, MailServer} from './types.ts';

/**
 * A mail server on loopback that takes what it is sent, puts everybody off (451) or refuses everybody (550). It keeps the
 * last messages in memory. Rejects with the error of listen(), such as EADDRINUSE.
 */
export async function startMail(options: MailOptions): Promise<MailServer> {
  const {certificate} = options;
  const counts = {connections: 0, messages: 0};
  const server = createServer();
  const open = await listening(server, options);
  const {mailbox, close} = openMailbox(open);
  const terms: Terms = {
    name: options.name,
    behaviour: options.behaviour,
    offersTls: certificate !== undefined,
    eightBit: options.eightBit ?? true,
    size: options.size ?? 10 * 1024 * 1024,
  };
  const secure = certificate && createSecureContext(certificate);
  server.on('connection', socket => {
    counts.connections++;
    new Connection(socket, terms, secure, mailbox, () => counts.messages++);
  });
  return {
    ...open,
    counts: () => ({...counts}),
    messages: () => mailbox.messages,
    async close() {
      close();
      await open.close();
    },
  };
}

/** RFC 5321 §4.5.3.2.7 says five minutes; nobody in a lab waits for as long. */
const idleMilliseconds = 300_000;

class Connection {
  readonly #dialogue: Dialogue;
  readonly #terms: Terms;
  readonly #secure: SecureContext | undefined;
  readonly #mailbox: Mailbox;
  readonly #peer: string;
  readonly #stored: () => void;
  #socket: Socket;
  #buffer = new LineBuffer(64 * 1024);
  #tls: string | undefined;

  constructor(socket: Socket, terms: Terms, secure: SecureContext | undefined, mailbox: Mailbox, stored: () => void) {
    this.#socket = socket;
    this.#terms = terms;
    this.#secure = secure;
    this.#mailbox = mailbox;
    this.#stored = stored;
    this.#peer = socket.remoteAddress ?? 'unknown';
    this.#dialogue = new Dialogue(terms);
    this.#attend(socket);
    this.#say([this.#dialogue.greeting()]);
  }

  #attend(socket: Socket): void {
    socket.setNoDelay(true);
    socket.on('error', () => socket.destroy());
    socket.setTimeout(idleMilliseconds, () => {
      this.#say([`421 4.4.2 ${this.#terms.name} You were silent for too long`]);
      socket.destroySoon();
    });
    socket.on('data', this.#heard);
  }

  readonly #heard = (bytes: Buffer): void => {
    this.#buffer.push(bytes);
    for (let line = this.#buffer.next(); line !== undefined; line = this.#buffer.next()) {
      if (!this.#carryOut(this.#dialogue.take(line))) return;
    }
  };

  /** False when nothing that was sent in clear may be looked at any more. */
  #carryOut({replies, after, message}: Answer): boolean {
    this.#say(replies);
    if (message !== undefined) this.#store(message);
    if (after === undefined) return true;
    // What was sent behind STARTTLS in clear must never count as said under TLS.
    this.#buffer = new LineBuffer(64 * 1024);
    if (after === 'close') this.#socket.destroySoon();
    else this.#startTls();
    return false;
  }

  #startTls(): void {
    const plain = this.#socket;
    plain.off('data', this.#heard);
    plain.setTimeout(0);
    const socket = new TLSSocket(plain, {isServer: true, ...(this.#secure && {secureContext: this.#secure})});
    this.#socket = socket;
    // A handshake that fails is told under this name alone, and destroys nothing by itself.
    socket.on('_tlsError', () => socket.destroy());
    socket.on('secure', () => {
      this.#tls = `${socket.getProtocol()} ${socket.getCipher().name}`;
      this.#dialogue.secured();
    });
    this.#attend(socket);
  }

  #store({from, recipients, content}: Answer['message'] & object): void {
    const id = randomBytes(6).toString('hex');
    const by = this.#tls === undefined ? 'ESMTP' : 'ESMTPS';
    const one = recipients.length === 1 ? `\r\n\tfor <${recipients[0]}>` : '';
    const received = `Received: from ${this.#dialogue.helo} ([${this.#peer}])\r\n\tby ${this.#terms.name} with ${by} id ${id}${one};\r\n\t${dateText(new Date())}\r\n`;
    const trace = `Return-Path: <${from}>\r\n${received}`;
    this.#mailbox.add({id, from, recipients, trace, content, ...(this.#tls !== undefined && {tls: this.#tls})});
    this.#stored();
    this.#say([`250 2.6.0 ${content.length} bytes taken as ${id}`]);
  }

  #say(replies: readonly string[]): void {
    if (replies.length > 0 && this.#socket.writable) this.#socket.write(replies.map(reply => `${reply}\r\n`).join(''));
  }
}
