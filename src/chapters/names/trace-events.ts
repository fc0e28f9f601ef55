import type {EventOf} from '../../journal/event.ts';
import {choice, described, flag, integer, list, number, optional, record, text} from '../../journal/shape.ts';

const verdict = choice('secure', 'insecure', 'bogus', 'indeterminate');
const zone = described(integer, 'the number of its zone');

export const outcomes = [
  'answer',
  'alias',
  'no such name',
  'no data',
  'referral',
  'lame',
  'failure',
  'silent',
  'unreachable',
] as const;

export const traceEvents = {
  zone: {
    says: 'A zone on the way down: whom its servers are, and who said so.',
    fields: {
      number: described(integer, 'counts from 0'),
      zone: text,
      parent: described(integer, 'the number of the zone that refers to it; -1 for the root'),
      by: described(text, 'how its servers are known'),
      servers: described(
        list(
          record({
            name: text,
            addresses: list(text),
            source: described(choice('hint', 'glue', 'looked up', 'none'), 'where the addresses come from'),
          }),
        ),
        'its name servers',
      ),
      signed: optional(described(flag, 'whether the parent has a DS for it')),
      records: described(list(text), 'of the referral, in presentation form: NS, DS and glue'),
    },
  },
  asked: {
    says: 'A server was asked. bytes: its response.',
    fields: {
      zone,
      server: text,
      address: described(text, 'with the port where it was really asked'),
      name: text,
      type: text,
      why: described(choice('trace', 'servers', 'serial', 'glue', 'look-up', 'validation'), 'what for'),
      outcome: choice(...outcomes),
      says: described(text, 'in words'),
      rcode: optional(text),
      aa: optional(described(flag, 'the answer is authoritative')),
      seconds: number,
      size: optional(described(integer, 'bytes')),
      transport: optional(text),
      records: described(list(text), 'of the response, in presentation form'),
    },
    bytes: true,
  },
  finding: {
    says: 'Something about a zone that is wrong, or odd.',
    fields: {
      zone,
      code: described(text, 'stable: lame, silent, disagree, serial, ns-differ, glue-differ, loop, …'),
      severity: choice('wrong', 'odd'),
      says: described(text, 'in a sentence'),
    },
  },
  alias: {
    says: 'The name is another name: the search goes on there.',
    fields: {from: text, to: text, by: described(choice('CNAME', 'DNAME'), 'the type of the record')},
  },
  answer: {
    says: 'What the servers of the last zone say.',
    fields: {
      zone,
      outcome: choice(...outcomes),
      rcode: text,
      says: text,
      records: described(list(text), 'in presentation form'),
      denial: described(list(text), 'of the authority section, where there is no such name or data'),
    },
  },
  link: {
    says: 'A step of the chain of trust.',
    fields: {
      zone: text,
      what: described(text, 'which set, or what is not there'),
      verdict,
      reason: described(text, 'in a sentence'),
      keyTag: optional(integer),
      algorithm: optional(described(text, 'by name')),
      inception: optional(described(text, 'date and time, UTC')),
      expiration: optional(described(text, 'date and time, UTC')),
    },
  },
  verdict: {
    says: 'What DNSSEC says of the answer.',
    fields: {
      verdict,
      reason: described(text, 'in a sentence'),
      extendedError: optional(described(text, 'the error a resolver would tell (RFC 8914)')),
    },
  },
  ended: {
    says: 'The trace has ended.',
    fields: {
      says: described(text, 'in a sentence'),
      queries: described(integer, 'how many were sent'),
      seconds: number,
    },
  },
} as const;

export type TraceEvent = EventOf<typeof traceEvents>;
export type Outcome = (typeof outcomes)[number];
