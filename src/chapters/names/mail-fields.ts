import {domainToASCII} from 'node:url';
import {parseName} from '../../wire/dns/parse-name.ts';
import {type Mailbox, readMailbox} from '../../wire/smtp/address.ts';
import {parseEscapes} from '../../wire/text/parse-escapes.ts';
import {readPlace} from '../../wire/whois/referral.ts';
import {
  type AskOf,
  choiceField,
  type Field,
  flagField,
  portField,
  type Read,
  secondsField,
  textField,
} from '../fields.ts';
import {parseServer} from './server-text.ts';

export const mailFields = {
  to: checkedText('To', 'alice@example.test', 'an address; or a domain, to see where its mail goes', typed => {
    const read = readRecipient(typed);
    return read.ok ? undefined : read;
  }),
  server: checkedText(
    'Name server',
    'auto',
    'who is asked for MX: auto (the lab for test. and example., otherwise system), lab, system, ADDR[:PORT]',
    typed => {
      const read = typed.trim() === 'auto' ? undefined : parseServer(typed);
      return read === undefined || read.ok ? undefined : read;
    },
  ),
  exchanger: checkedText('Exchanger', '', 'HOST[:PORT]: go there and ask for no MX', typed =>
    typed.trim() === '' || readPlace(typed.trim()) !== undefined
      ? undefined
      : {ok: false, says: `“${typed}” is no host`, next: 'Type one such as mail.example.test or 127.0.0.1:2525.'},
  ),
  port: portField({default: 25, hint: 'where mail servers listen: 25'}),
  from: checkedText('From', 'bob@example.test', 'the sender; empty: <>, as reports have it', typed => {
    const read = typed.trim() === '' ? undefined : readMailbox(typed);
    return read === undefined || read.ok ? undefined : read;
  }),
  subject: textField({
    label: 'Subject',
    default: 'A message by hand',
    hint: 'any text; it is encoded where it must be',
  }),
  body: checkedText(
    'Body',
    String.raw`Hello,\n.this line begins with a dot.\n`,
    String.raw`text with \n and \x00; @FILE; @- is standard input`,
    typed => {
      const read = typed.startsWith('@') ? undefined : parseEscapes(typed);
      return read === undefined || read.kind === 'bytes'
        ? undefined
        : {ok: false, says: read.sentence.replace(/\.$/, ''), at: read.at};
    },
  ),
  whole: flagField({label: 'Whole', default: false, hint: 'the body is a whole message with a header of its own'}),
  helo: textField({
    label: 'HELO',
    default: '',
    hint: 'the name for EHLO; empty: the address of this end in brackets (RFC 5321 §4.1.3)',
    check: typed => (/[^\x21-\x7e]/.test(typed) ? 'The name for EHLO has printable ASCII only' : undefined),
  }),
  starttls: choiceField({
    label: 'STARTTLS',
    options: ['auto', 'require', 'verify', 'no'],
    default: 'auto',
    hint: 'auto: when it is offered, whatever the certificate; require: or stop; verify: and the certificate must be good',
  }),
  ca: textField({
    label: 'Authority',
    default: '',
    hint: 'a file with the PEM of whom to trust; empty: the lab’s for its hosts, otherwise Node’s',
  }),
  probe: flagField({label: 'Probe', default: false, hint: 'go as far as RCPT, then RSET and QUIT: nothing is sent'}),
  send: flagField({
    label: 'Send',
    default: false,
    hint: 'send the message. Without it and Probe: look-ups and a plan only',
  }),
  tryAll: flagField({
    label: 'Try all',
    default: false,
    hint: 'with Probe: every exchanger, also behind one that says yes',
  }),
  wait: secondsField({
    label: 'Time-out',
    default: 30,
    from: 0.1,
    to: 600,
    hint: 'seconds for a connection, and for each reply',
  }),
};

export type MailAsk = AskOf<typeof mailFields>;

/** Whom the mail is for: a mailbox, or a domain alone. `domain` is what DNS is asked for: ASCII, without the last dot. */
export type Recipient = {readonly domain: string; readonly literal?: string} & (
  | {readonly kind: 'mailbox'; readonly mailbox: Mailbox}
  | {readonly kind: 'domain'}
);

type Complaint = Extract<Read<never>, {ok: false}>;

export function readRecipient(typed: string): Read<Recipient> {
  const text = typed.trim();
  if (text === '')
    return {ok: false, says: 'Nobody is named', next: 'Type an address such as alice@example.test.', at: 0};
  if (!text.includes('@')) {
    const domain = asciiDomain(text);
    return domain === undefined ? noDomain(text, 0) : {ok: true, value: {kind: 'domain', domain}};
  }
  const read = readMailbox(text);
  if (!read.ok) return read;
  const {mailbox} = read;
  if (mailbox.literal !== undefined)
    return {ok: true, value: {kind: 'mailbox', mailbox, domain: mailbox.domain, literal: mailbox.literal}};
  const domain = asciiDomain(mailbox.domain);
  if (domain !== undefined) return {ok: true, value: {kind: 'mailbox', mailbox, domain}};
  return noDomain(mailbox.domain, text.lastIndexOf(mailbox.domain));
}

/** Why this is no domain: DNS has an opinion first, for it could not even be asked. */
function noDomain(domain: string, at: number): Complaint {
  const parsed = /^[\x21-\x7e]+$/.test(domain) ? parseName(domain) : undefined;
  const next = 'Type a domain such as example.test.';
  if (parsed?.ok === false) return {ok: false, says: parsed.says.replace(/\.$/, ''), next, at: at + parsed.at};
  return {ok: false, says: `“${domain}” is no domain: those have letters, digits, hyphens and dots`, next, at};
}

/** The address as it stands in a command, its domain in ASCII. */
export function pathOf({local, domain, literal}: Mailbox): string {
  return `${local}@${literal === undefined ? (asciiDomain(domain) ?? domain) : domain}`;
}

/** A domain as DNS has it (RFC 5891): letters, digits, hyphens and underscores in labels of 1 to 63. */
export function asciiDomain(typed: string): string | undefined {
  const ascii = /^[\x21-\x7e]*$/.test(typed) ? typed : domainToASCII(typed);
  const domain = ascii.replace(/\.$/, '');
  const labels = domain.split('.');
  const isGood =
    domain.length <= 253 && labels.every(label => /^[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?$/i.test(label));
  return isGood ? domain : undefined;
}

function checkedText(
  label: string,
  preset: string,
  hint: string,
  complaint: (
    typed: string,
  ) => Complaint | {readonly ok: false; readonly says: string; readonly at: number} | undefined,
): Field<string> {
  return {
    ...textField({label, default: preset, hint}),
    read: typed => complaint(typed) ?? {ok: true, value: typed},
  };
}
