import {randomBytes} from 'node:crypto';
import {ProblemError} from '../../journal/problem.ts';
import {readMailbox} from '../../wire/smtp/address.ts';
import {stuffDots} from '../../wire/smtp/dots.ts';
import {type Built, buildMessage, dateText} from '../../wire/smtp/message.ts';
import {parseEscapes} from '../../wire/text/parse-escapes.ts';
import type {MailAsk} from './mail-fields.ts';
import {pathOf, type Recipient} from './mail-fields.ts';
import type {MailKit} from './mail-walk.ts';

/** What is to be sent, before anybody said what they take. */
export interface Letter {
  /** The paths of MAIL and RCPT, without angle brackets. The recipient is absent when only a domain was given. */
  readonly sender: string;
  readonly recipient: string | undefined;
  /** Whether a path needs SMTPUTF8. */
  readonly international: boolean;
  build(offers: {readonly eightBit: boolean; readonly utf8: boolean}): Built;
}

const limit = 64 * 1024 * 1024;

export async function writeLetter(ask: MailAsk, recipient: Recipient, kit: MailKit): Promise<Letter> {
  const body = await bodyOf(ask, kit);
  const from = ask.from.trim() === '' ? undefined : readMailbox(ask.from);
  const sender = from?.ok === true ? pathOf(from.mailbox) : '';
  const to = recipient.kind === 'mailbox' ? pathOf(recipient.mailbox) : undefined;
  const id = `${randomBytes(12).toString('hex')}@${sender.split('@').at(-1) || 'localhost'}`;
  const date = dateText(new Date());
  const draft = {from: ask.from.trim(), to: ask.to.trim(), subject: ask.subject, body, whole: ask.whole, date, id};
  return {
    sender,
    recipient: to,
    international: /[^\x00-\x7f]/.test(sender + (to ?? '')),
    build: offers => buildMessage({...draft, ...offers}),
  };
}

/** Tells what the message is. */
export function tellMessage(built: Built, kit: MailKit): void {
  const {bytes, encoding, why, changed, longest} = built;
  const {dots} = stuffDots(bytes);
  kit.emit('message', {size: bytes.length, encoding, why, changed, longest, dots}, bytes);
}

async function bodyOf({body}: MailAsk, kit: MailKit): Promise<Uint8Array> {
  if (!body.startsWith('@')) {
    const typed = parseEscapes(body);
    if (typed.kind === 'bytes') return typed.bytes;
    throw new ProblemError({code: 'mail.body', says: typed.sentence, mark: {text: body, at: typed.at}});
  }
  const {files} = kit.world;
  const limits = {limit, signal: kit.signal};
  if (body !== '@-') {
    const read = await files.readWhole(body.slice(1), limits);
    if (read.ok) return read.bytes;
    throw new ProblemError(read.problem);
  }
  if (kit.input === undefined)
    throw new ProblemError({
      code: 'mail.input',
      says: 'Nothing is piped into standard input',
      next: 'Pipe the body into it.',
    });
  const read = await files.collect(kit.input, limits, 'standard input');
  if (read.ok) return read.bytes;
  throw new ProblemError(read.problem);
}
