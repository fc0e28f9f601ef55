import type {EventOf} from '../../journal/event.ts';
import {choice, described, flag, integer, list, number, optional, text} from '../../journal/shape.ts';

const exchanger = described(integer, 'the exchanger, from 0, in the order in which they are tried');
const conversation = described(integer, 'the connection, from 0: an exchanger may have several addresses');

/** What came of an exchanger, or of one of its addresses. */
export const outcomes = ['sent', 'accepted', 'deferred', 'refused', 'unreachable', 'insecure', 'broken'] as const;
export type Outcome = (typeof outcomes)[number];

export const verdicts = [
  'planned',
  'sent',
  'probed',
  'deferred',
  'refused',
  'unreachable',
  'nowhere',
  'insecure',
] as const;
export type Verdict = (typeof verdicts)[number];

export const mailEvents = {
  query: {
    says: 'A name server was asked. bytes: its answer.',
    fields: {
      name: text,
      type: choice('MX', 'A', 'AAAA', 'CNAME'),
      server: described(text, 'address and port of who was asked'),
      rcode: described(text, 'NOERROR, NXDOMAIN …; empty when no answer came'),
      records: described(integer, 'of the type that was asked for'),
      authentic: described(flag, 'AD: the server says that it has verified the answer'),
      seconds: number,
      says: described(text, 'what follows from it'),
    },
    bytes: true,
  },
  exchanger: {
    says: 'A host that may take the mail.',
    fields: {
      index: exchanger,
      name: text,
      preference: described(integer, 'of its MX record; the lowest is tried first (RFC 5321 §5.1)'),
      source: described(
        choice('MX', 'implicit', 'literal', 'named'),
        'implicit: there is no MX, so the domain’s own address counts',
      ),
      addresses: described(list(text), 'IPv6 and IPv4, in the order in which they are tried'),
      alias: optional(described(text, 'the name it is an alias of, which MX should not lead to (RFC 2181 §10.3)')),
      says: described(text, 'what is wrong with it; empty when nothing is'),
    },
  },
  message: {
    says: 'The message as the recipient is to see it. bytes: header, empty line and body, dots not doubled yet.',
    fields: {
      size: integer,
      encoding: choice('7bit', '8bit', 'quoted-printable'),
      why: described(text, 'why it is encoded so'),
      changed: described(integer, 'bare LFs and CRs that became CR LF'),
      longest: described(integer, 'bytes of the longest line'),
      dots: described(integer, 'lines that begin with a dot, which are sent with another one'),
    },
    bytes: true,
  },
  plan: {
    says: 'What would be sent to the first exchanger, line by line, if it says yes to everything.',
    fields: {lines: list(text)},
  },
  trying: {
    says: 'A connection is being made.',
    fields: {
      conversation,
      exchanger,
      name: text,
      address: described(text, 'the address and the port that are meant'),
      at: described(text, 'where that really is: hosts of the lab listen on ports that anybody may bind'),
      secure: described(flag, 'false when TLS failed before and is left out now'),
    },
  },
  connected: {
    says: 'The connection is there.',
    fields: {conversation, local: described(text, 'our end'), seconds: number},
  },
  line: {
    says: 'A line of the conversation. bytes: as it was sent or came.',
    fields: {
      conversation,
      from: choice('client', 'server'),
      text: described(text, 'without its line end'),
      verb: described(text, 'the command; of a reply: the command it answers, or empty for the greeting'),
      code: described(integer, 'of a reply: three digits; 0 otherwise'),
      enhanced: optional(described(text, 'the enhanced code, such as 5.1.1')),
      last: described(flag, 'false for a reply that has more lines'),
      means: described(text, 'in words'),
      source: described(text, 'where that is written'),
      fault: optional(described(text, 'what is wrong with the line')),
      secure: described(flag, 'whether TLS is on'),
      seconds: optional(described(number, 'of a reply: since the command was sent')),
    },
    bytes: true,
  },
  content: {
    says: 'The message was sent behind DATA. bytes: as sent, dots doubled, with the line of a single dot.',
    fields: {
      conversation,
      size: integer,
      lines: integer,
      dots: described(integer, 'lines that got another dot (RFC 5321 §4.5.2)'),
    },
    bytes: true,
  },
  raw: {
    says: 'Bytes were sent by hand. bytes: those.',
    fields: {conversation, size: integer},
    bytes: true,
  },
  secured: {
    says: 'TLS is on. bytes: the certificate, DER.',
    fields: {
      conversation,
      protocol: text,
      cipher: text,
      trusted: described(flag, 'whether the certificate is good for this name and signed by somebody who is trusted'),
      distrust: optional(described(text, 'why not: OpenSSL’s code')),
      name: described(text, 'the name it must be for'),
      subject: text,
      issuer: text,
      names: text,
      notBefore: text,
      notAfter: text,
      sha256: described(text, 'its fingerprint'),
      seconds: number,
      says: described(text, 'in a sentence'),
    },
    bytes: true,
  },
  closed: {
    says: 'The connection is closed.',
    fields: {conversation, by: choice('client', 'server', 'error'), says: text},
  },
  outcome: {
    says: 'What came of an exchanger.',
    fields: {exchanger, result: choice(...outcomes), says: text},
  },
  kept: {
    says: 'What lies in the mailbox of the lab’s server now. bytes: the message, with the trace header that the server put above it.',
    fields: {
      id: text,
      from: text,
      recipients: list(text),
      trace: described(integer, 'bytes of the trace header'),
      identical: described(flag, 'whether what follows the trace header is what was to be sent, byte for byte'),
    },
    bytes: true,
  },
  notice: {says: 'Something worth knowing.', fields: {says: text}},
  verdict: {
    says: 'What came of it all.',
    fields: {result: choice(...verdicts), says: text},
  },
} as const;

export type MailEvent = EventOf<typeof mailEvents>;
