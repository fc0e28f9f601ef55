import {readFile} from 'node:fs/promises';
import {isIP} from 'node:net';
import {type Problem, ProblemError} from '../../journal/problem.ts';
import type {Endpoint} from '../../lab/types.ts';
import {type Offers, readOffers} from '../../wire/smtp/extensions.ts';
import type {TransferEncoding} from '../../wire/smtp/message.ts';
import {replyClass} from '../../wire/smtp/reply.ts';
import {endpointText} from '../../world/dns/endpoint.ts';
import {openStream} from '../../world/stream/stream.ts';
import {Conversation, type Reply} from './mail-conversation.ts';
import {type Letter, tellMessage} from './mail-draft.ts';
import type {Outcome} from './mail-events.ts';
import type {MailAsk} from './mail-fields.ts';
import type {Exchanger, MailKit} from './mail-walk.ts';

/** What came of a conversation, and whether the next exchanger is to be tried. */
export interface Delivered {
  readonly kind: Outcome;
  readonly says: string;
  readonly next: boolean;
  /** Set when TLS failed and the same address is worth a second try without it. */
  readonly withoutTls?: boolean;
  readonly at?: Endpoint;
  readonly sent?: Uint8Array;
}

export interface Opened {
  readonly talk: Conversation;
  readonly at: Endpoint;
}

type Goal = 'probe' | 'send';

/** Everything that speaks with mail servers on behalf of one run. */
export class Postman {
  readonly #kit: MailKit;
  readonly #ask: MailAsk;
  readonly #letter: Letter;
  #count = 0;
  #told: TransferEncoding;

  constructor(kit: MailKit, ask: MailAsk, letter: Letter) {
    this.#kit = kit;
    this.#ask = ask;
    this.#letter = letter;
    this.#told = letter.build({eightBit: true, utf8: letter.international}).encoding;
  }

  /** Tries the addresses of an exchanger until one of them says something final. */
  async deliver(exchanger: Exchanger, goal: Goal): Promise<Delivered> {
    let last: Delivered = {kind: 'unreachable', says: 'It has no address', next: true};
    for (const address of exchanger.addresses) {
      if (this.#kit.signal.aborted) break;
      last = await this.#once(exchanger, address, goal, this.#ask.starttls);
      if (last.withoutTls === true) last = await this.#once(exchanger, address, goal, 'no');
      if (last.kind !== 'unreachable') break;
    }
    if (!this.#kit.signal.aborted)
      this.#kit.emit('outcome', {exchanger: exchanger.index, result: last.kind, says: last.says});
    return last;
  }

  /** A connection to an address; the greeting is not read yet. */
  async open(exchanger: Exchanger, address: string, secure = true): Promise<Opened | Problem> {
    const kit = this.#kit;
    const meant = {address, port: exchanger.port};
    const at = address.startsWith('127.4.') ? (await kit.lab()).reach(address, exchanger.port) : meant;
    const number = this.#count++;
    kit.emit('trying', {
      conversation: number,
      exchanger: exchanger.index,
      name: exchanger.name,
      address: endpointText(address, exchanger.port),
      at: endpointText(at.address, at.port),
      secure,
    });
    const began = kit.now();
    const {wait: timeout} = this.#ask;
    const opened = await openStream({...at, timeout, signal: kit.signal});
    if (!opened.ok) {
      kit.emit('closed', {conversation: number, by: 'error', says: opened.problem.says});
      return opened.problem;
    }
    kit.emit('connected', {conversation: number, local: opened.stream.local, seconds: kit.now() - began});
    const talk = new Conversation(kit, opened.stream, {number, timeout});
    kit.signal.addEventListener('abort', () => talk.close(), {once: true});
    return {talk, at};
  }

  helo(talk: Conversation): string {
    if (this.#ask.helo !== '') return this.#ask.helo;
    const local = talk.local.replace(/:\d+$/, '').replace(/^\[|\]$/g, '');
    return isIP(local) === 6 ? `[IPv6:${local}]` : `[${local}]`;
  }

  /** Whom to trust, and which name the certificate must have. */
  async tlsOptions({name}: Pick<Exchanger, 'name'>, address: string) {
    const authority = await this.#authority(address);
    const plain = name.replace(/\.$/, '').replace(/^\[(?:IPv6:)?(.*)\]$/i, '$1');
    return {name: plain, timeout: this.#ask.wait, ...(authority !== undefined && {authority})};
  }

  async #authority(address: string): Promise<string | undefined> {
    if (this.#ask.ca === '') return address.startsWith('127.4.') ? (await this.#kit.lab()).dns.authority : undefined;
    try {
      return await readFile(this.#ask.ca, 'utf8');
    } catch (error) {
      const {code = 'unknown'} = error as NodeJS.ErrnoException;
      throw new ProblemError({
        code: 'mail.ca',
        says: `${this.#ask.ca} cannot be read`,
        next: 'Name another file.',
        errno: code,
      });
    }
  }

  async #once(exchanger: Exchanger, address: string, goal: Goal, starttls: MailAsk['starttls']): Promise<Delivered> {
    const opened = await this.open(exchanger, address, starttls !== 'no');
    if (!('talk' in opened)) return {kind: 'unreachable', says: opened.says, next: true};
    const {talk, at} = opened;
    try {
      const offers = await this.#greet(talk);
      if ('kind' in offers) return await this.#leave(talk, offers);
      const secured = await this.#secure(talk, offers, exchanger, {address, starttls});
      if ('kind' in secured) return await this.#leave(talk, secured);
      return await this.#transact(talk, secured.offers, goal, at);
    } finally {
      talk.close();
    }
  }

  /** A server that cannot be spoken with any more is not asked to say goodbye. */
  async #leave(talk: Conversation, outcome: Delivered): Promise<Delivered> {
    if (outcome.kind !== 'broken' && outcome.withoutTls !== true) await talk.command('QUIT');
    return outcome;
  }

  async #greet(talk: Conversation): Promise<{offers: Offers} | Delivered> {
    const greeting = await talk.reply();
    if (!isGood(greeting)) return this.#refused(greeting, 'It greets with', true);
    return this.#hello(talk);
  }

  async #hello(talk: Conversation): Promise<{offers: Offers} | Delivered> {
    const name = this.helo(talk);
    const ehlo = await talk.command(`EHLO ${name}`);
    const isUnknown = ehlo.ok && replyClass(ehlo.code) === 'never';
    if (isGood(ehlo)) return {offers: readOffers(ehlo.lines)};
    // RFC 5321 §3.2: a server that does not know EHLO may know HELO.
    if (!isUnknown) return this.#refused(ehlo, 'To EHLO it says', true);
    const helo = await talk.command(`HELO ${name}`);
    return isGood(helo) ? {offers: {}} : this.#refused(helo, 'To HELO it says', true);
  }

  async #secure(
    talk: Conversation,
    {offers}: {offers: Offers},
    exchanger: Exchanger,
    {address, starttls}: {address: string; starttls: MailAsk['starttls']},
  ): Promise<{offers: Offers} | Delivered> {
    if (starttls === 'no') return {offers};
    const must = starttls !== 'auto';
    const insecure = (says: string): Delivered => ({kind: 'insecure', says, next: true});
    if (!('STARTTLS' in offers)) return must ? insecure('It does not offer STARTTLS, and TLS was asked for') : {offers};
    const ready = await talk.command('STARTTLS');
    if (!isGood(ready)) return must ? insecure('It refuses STARTTLS, and TLS was asked for') : {offers};
    const secured = await talk.startTls(await this.tlsOptions(exchanger, address));
    if (!secured.ok) {
      const says = `TLS failed: ${secured.problem.says}`;
      return must ? {...insecure(says), kind: 'broken'} : {kind: 'broken', says, next: true, withoutTls: true};
    }
    if (starttls === 'verify' && secured.tls.distrust !== undefined)
      return insecure(`Its certificate is not to be trusted (${secured.tls.distrust})`);
    return this.#hello(talk);
  }

  async #transact(talk: Conversation, offers: Offers, goal: Goal, at: Endpoint): Promise<Delivered> {
    const {sender, recipient, international} = this.#letter;
    const has = (word: string) => word in offers;
    const built = this.#letter.build({eightBit: has('8BITMIME'), utf8: has('SMTPUTF8') && international});
    // Made for a server that takes less than was supposed, it is another message.
    if (built.encoding !== this.#told) tellMessage(built, this.#kit);
    this.#told = built.encoding;
    const complaint = complaintOf(offers, built.bytes.length, international);
    if (complaint !== undefined) return this.#leave(talk, {kind: 'refused', says: complaint, next: true});
    const parameters = [
      has('SIZE') ? ` SIZE=${built.bytes.length}` : '',
      has('8BITMIME') && built.encoding === '8bit' ? ' BODY=8BITMIME' : '',
      international ? ' SMTPUTF8' : '',
    ].join('');
    const mail = await talk.command(`MAIL FROM:<${sender}>${parameters}`);
    if (!isGood(mail)) return this.#leave(talk, this.#refused(mail, 'To MAIL it says'));
    if (recipient === undefined) return this.#reset(talk, 'It takes mail from this sender; no recipient was named');
    const rcpt = await talk.command(`RCPT TO:<${recipient}>`);
    if (!isGood(rcpt)) return this.#leave(talk, this.#refused(rcpt, 'To RCPT it says'));
    if (goal === 'probe') return this.#reset(talk, `It would take mail for ${recipient}`);
    const data = await talk.command('DATA');
    if (!data.ok || data.code !== 354) return this.#leave(talk, this.#refused(data, 'To DATA it says'));
    const problem = await talk.content(built.bytes);
    const done = problem === undefined ? await talk.reply() : {ok: false as const, problem};
    if (!isGood(done)) return this.#leave(talk, this.#refused(done, 'To the message it says'));
    await talk.command('QUIT');
    return {kind: 'sent', says: `Taken: ${done.code} ${done.lines.at(-1)}`, next: false, at, sent: built.bytes};
  }

  async #reset(talk: Conversation, says: string): Promise<Delivered> {
    await talk.command('RSET');
    await talk.command('QUIT');
    return {kind: 'accepted', says, next: false};
  }

  /** `greets`: a host that refuses to speak at all says nothing of the recipient, so the next one is tried. */
  #refused(reply: Reply, what: string, greets = false): Delivered {
    if (!reply.ok) return {kind: 'broken', says: reply.problem.says, next: true};
    const says = `${what} ${reply.code} ${reply.lines.join(' ')}`;
    const later = replyClass(reply.code) === 'later';
    return {kind: later ? 'deferred' : 'refused', says, next: later || greets};
  }
}

function isGood(reply: Reply): reply is Extract<Reply, {ok: true}> {
  return reply.ok && replyClass(reply.code) === 'good';
}

function complaintOf(offers: Offers, size: number, international: boolean): string | undefined {
  if (international && !('SMTPUTF8' in offers))
    return 'The address is not ASCII, and the server does not offer SMTPUTF8 (RFC 6531 §3.2)';
  const most = Number(offers['SIZE'] ?? 0);
  return most > 0 && size > most
    ? `The message has ${size} bytes, and the server takes ${most} (RFC 1870 §6.1)`
    : undefined;
}
