import type {EventOf} from '../../journal/event.ts';
import {choice, described, flag, integer, json, list, number, optional, record, text} from '../../journal/shape.ts';

const field = record({
  offset: described(integer, 'of its first byte in the message'),
  length: described(integer, 'bytes'),
  name: described(text, 'a path such as answer[0].rdata.address'),
  value: described(text, 'as text'),
  meaning: described(text, 'in a sentence'),
  section: choice('header', 'question', 'answer', 'authority', 'additional'),
  entry: optional(described(integer, 'the place of the question or record in its section')),
  targets: optional(described(text, 'offsets where the name goes on, one for each compression pointer')),
  fault: optional(described(text, 'why these bytes are wrong')),
});

const bit = described(integer, '0 or 1');

/** RFC 8427 §2.1: the members of a message. They stand in the event itself, as the RFC names them. */
const message = {
  ID: described(integer, 'this and the other names in capitals: RFC 8427'),
  QR: bit,
  Opcode: integer,
  AA: bit,
  TC: bit,
  RD: bit,
  RA: bit,
  AD: bit,
  CD: bit,
  RCODE: described(integer, 'the four bits of the header'),
  RCODEname: described(text, 'with the eight bits of OPT'),
  QDCOUNT: integer,
  ANCOUNT: integer,
  NSCOUNT: integer,
  ARCOUNT: integer,
  QNAME: optional(text),
  QTYPE: optional(integer),
  QTYPEname: optional(text),
  QCLASS: optional(integer),
  QCLASSname: optional(text),
  questionRRs: optional(described(json, 'where there is more than one question')),
  answerRRs: optional(json),
  authorityRRs: optional(json),
  additionalRRs: optional(json),
  fields: described(list(field), 'every byte of the message, in exactly one field each'),
  faults: optional(described(list(record({offset: integer, reason: text})), 'what could not be read, and where')),
  trailing: optional(described(integer, 'bytes behind the last record')),
} as const;

const server = {
  number: described(integer, 'which query it belongs to; they count from 1'),
  label: described(text, 'the server as it was asked for'),
  server: described(text, 'its address and port'),
  transport: described(choice('udp', 'tcp', 'tls', 'https'), 'how it was asked, or answered'),
  size: described(integer, 'bytes of the message'),
};

export const queryEvents = {
  asked: {
    says: 'What is asked from now on, after an action has changed it.',
    fields: {name: text, type: text, server: text, transport: text, dnssec: flag, cd: flag},
  },
  query: {says: 'A query is sent. bytes: the message.', fields: {...server, ...message}, bytes: true},
  response: {
    says: 'The response to it. bytes: the message.',
    fields: {
      ...server,
      seconds: described(number, 'from the query that was answered to the answer'),
      total: described(number, 'with tries before it, and the opening of a connection'),
      tries: described(integer, 'how often the query was sent'),
      ignored: described(integer, 'messages that were no answer to it'),
      when: described(text, 'date and time of the response, UTC: 2026-12-01T03:30:01.000Z'),
      local: optional(described(text, 'address and port of this end')),
      session: optional(described(text, 'TLS and HTTP, as they were agreed on')),
      cookie: optional(described(text, 'the client’s half of the cookie that was sent, hex')),
      ...message,
    },
    bytes: true,
  },
  truncated: {
    says: 'The response that came first over UDP and was cut. bytes: the message.',
    fields: {...server, ...message},
    bytes: true,
  },
  transfer: {
    says: 'One message of a zone transfer. bytes: the message.',
    fields: {
      ...server,
      part: described(integer, 'counts the messages of this transfer from 1'),
      records: described(list(text), 'of its answer section, as dig prints them'),
      seconds: described(number, 'since the query was sent'),
      signed: described(flag, 'whether its TSIG was checked'),
    },
    bytes: true,
  },
  transferred: {
    says: 'The transfer is complete.',
    fields: {
      ...server,
      style: choice('whole', 'differences', 'up to date'),
      serial: described(integer, 'of the zone now'),
      messages: integer,
      records: integer,
      seconds: number,
      when: described(text, 'date and time, UTC'),
      session: optional(text),
      signed: described(flag, 'whether all of it was signed with the key'),
    },
  },
  note: {
    says: 'Something that happened on the way.',
    fields: {
      number: optional(described(integer, 'the query it belongs to')),
      about: described(
        choice('sent', 'retry', 'ignored', 'truncated', 'connected', 'name', 'server', 'search', 'cookie', 'signature'),
        'what it is about',
      ),
      says: described(text, 'in a sentence'),
    },
  },
  failure: {
    says: 'No response came.',
    fields: {
      number: described(integer, 'the query; 0 when none could be sent'),
      label: text,
      server: described(text, 'address and port, as far as they are known'),
      transport: text,
      code: described(text, 'stable, as in dns.timeout'),
      says: text,
      next: optional(described(text, 'what to try')),
      tries: integer,
      ignored: integer,
    },
  },
  compared: {
    says: 'What several servers say to the same question, those together that say the same.',
    fields: {
      name: text,
      type: text,
      agree: described(flag, 'whether all that answered say the same'),
      groups: list(
        record({
          servers: described(list(text), 'as they were asked for'),
          says: described(text, 'response code, and how many records'),
          records: described(list(text), 'of the answer, without TTL, sorted'),
        }),
      ),
    },
  },
} as const;

export type QueryEvent = EventOf<typeof queryEvents>;
