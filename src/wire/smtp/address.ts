/** A mailbox, read: `local@domain`, or a domain alone. */
export interface Mailbox {
  readonly local: string;
  /** As typed: a name, or an address literal with its brackets. */
  readonly domain: string;
  /** Of a literal: the address. */
  readonly literal?: string;
  /** Whether it needs SMTPUTF8 (RFC 6531): the local part is not ASCII. */
  readonly international: boolean;
}

export type MailboxRead =
  | {readonly ok: true; readonly mailbox: Mailbox}
  | {readonly ok: false; readonly says: string; readonly next: string; readonly at: number};

const encoder = new TextEncoder();

/** Reads an address as SMTP knows them (RFC 5321 §4.1.2, with UTF-8 after RFC 6531 §3.3). */
export function readMailbox(typed: string): MailboxRead {
  const text = typed.trim();
  const at = atSign(text);
  if (at === undefined) {
    const where = text.startsWith('"') ? text.length : 0;
    return bad(`“${text}” has no @`, 'Type an address such as alice@example.test.', where);
  }
  const [local, domain] = [text.slice(0, at), text.slice(at + 1)];
  const fault = localFault(local) ?? domainFault(domain, at + 1);
  if (fault !== undefined) return fault;
  const literal = literalOf(domain);
  const whole = encoder.encode(`${local}@${domain}`).length;
  if (whole > 254)
    return bad(`The address has ${whole} bytes`, 'A path has 256 at most, with its < and > (RFC 5321 §4.5.3.1.3).', 0);
  return {
    ok: true,
    mailbox: {local, domain, international: /[^\x00-\x7f]/.test(local), ...(literal !== undefined && {literal})},
  };
}

/** The address of `[127.0.0.1]` and `[IPv6:::1]`. */
export function literalOf(domain: string): string | undefined {
  return /^\[(?:IPv6:)?([0-9a-f:.]+)\]$/i.exec(domain)?.[1];
}

const bad = (says: string, next: string, at: number): MailboxRead => ({ok: false, says, next, at});

/** Where the local part ends; an @ inside quotes does not count. */
function atSign(text: string): number | undefined {
  const quoted = /^"(?:[^"\\]|\\.)*"/s.exec(text)?.[0].length ?? 0;
  const at = text.indexOf('@', quoted);
  return at < 0 ? undefined : at;
}

function localFault(local: string): MailboxRead | undefined {
  if (local === '') return bad('Nothing stands before the @', 'Type an address such as alice@example.test.', 0);
  const length = encoder.encode(local).length;
  if (length > 64) return bad(`The part before the @ has ${length} bytes`, '64 is the limit (RFC 5321 §4.5.3.1.1).', 0);
  if (/^"(?:[\x20\x21\x23-\x5b\x5d-\x7e\u0080-\u{10ffff}]|\\[\x20-\x7e])*"$/u.test(local)) return undefined;
  const wrong = /[^A-Za-z0-9!#$%&'*+/=?^_`{|}~.\u0080-\u{10ffff}-]/u.exec(local);
  if (wrong !== null)
    return bad(`“${wrong[0]}” must not stand before the @`, 'Put the part before the @ in double quotes.', wrong.index);
  const dot = /^\.|\.\.|\.$/.exec(local);
  if (dot !== null)
    return bad('A dot stands at an end, or two follow each other', 'Quote the part before the @.', dot.index);
  return undefined;
}

function domainFault(domain: string, start: number): MailboxRead | undefined {
  if (domain === '') return bad('Nothing stands behind the @', 'Type the domain, such as example.test.', start);
  if (domain.startsWith('[')) {
    const good = /^\[(?:\d{1,3}(?:\.\d{1,3}){3}|IPv6:[0-9a-f:.]+)\]$/i.test(domain);
    return good ? undefined : bad(`“${domain}” is no address literal`, 'Write [127.0.0.1] or [IPv6:::1].', start);
  }
  return undefined;
}
