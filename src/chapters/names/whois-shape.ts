import {domainToASCII} from 'node:url';
import type {EventOf} from '../../journal/event.ts';
import {choice, described, integer, list, number, optional, text} from '../../journal/shape.ts';
import {readPlace} from '../../wire/whois/referral.ts';
import {type AskOf, choiceField, integerField, secondsField, textField} from '../fields.ts';

export const whoisFields = {
  query: textField({
    label: 'Query',
    default: 'example.test',
    hint: 'a name, an address, an AS number such as AS64496; or what the server understands',
    check: typed =>
      typed.trim() === ''
        ? 'The query is empty. Type a name such as example.test'
        : /[\r\n]/.test(typed)
          ? 'A query is one line'
          : undefined,
  }),
  server: textField({
    label: 'Server',
    default: 'whois.iana.test',
    hint: 'HOST[:PORT], where the first question goes; whois.iana.test is the lab’s, whois.iana.org the world’s',
    check: typed =>
      readPlace(typed.trim()) === undefined
        ? `“${typed}” is no server. Type a host such as whois.iana.test, with :PORT if it is not 43`
        : undefined,
  }),
  follow: choiceField({
    label: 'Follow',
    options: ['yes', 'no'],
    default: 'yes',
    hint: 'ask the server that an answer refers to, and so on',
  }),
  encoding: choiceField({
    label: 'Encoding',
    options: ['auto', 'utf-8', 'latin-1'],
    default: 'auto',
    hint: 'of the answers; auto: UTF-8, or Latin-1 where it is not UTF-8',
  }),
  print: choiceField({
    label: 'Print',
    options: ['all', 'last'],
    default: 'all',
    hint: 'as text: the answers of the whole chain, or of its last server',
  }),
  wait: secondsField({
    label: 'Time-out',
    default: 10,
    from: 0.1,
    to: 600,
    hint: 'seconds without a byte, for each server',
  }),
  limit: integerField({label: 'Limit', default: 1_048_576, from: 100, to: 67_108_864, hint: 'bytes of one answer'}),
};

export type WhoisAsk = AskOf<typeof whoisFields>;

/** Servers asked in one chain: more are a mistake of theirs. */
export const mostHops = 8;

/** The query as it is sent: a name in another script becomes what the registries have (RFC 5891). */
export function plainQuery(typed: string): string {
  const query = typed.trim();
  if (!/[^\x00-\x7f]/.test(query) || /\s/.test(query) || !query.includes('.')) return query;
  return domainToASCII(query) || query;
}

export const whoisEvents = {
  hop: {
    says: 'A server is asked. bytes: the question, with its CR LF.',
    fields: {
      index: described(integer, 'counts from 0'),
      server: described(text, 'its name, or its address, as it was typed or referred to'),
      port: described(integer, 'the port that was meant'),
      address: described(text, 'where it really listens, with its port'),
      by: described(text, 'why this server: as it was asked for, or the line that referred to it'),
      question: described(text, 'without its CR LF'),
    },
    bytes: true,
  },
  connected: {
    says: 'The connection is there.',
    fields: {index: integer, local: text, seconds: number},
  },
  answered: {
    says: 'The server has closed the connection: the answer is whole. bytes: the answer.',
    fields: {
      index: integer,
      size: described(integer, 'bytes that came'),
      lines: integer,
      encoding: choice('utf-8', 'latin-1'),
      end: described(
        choice('end of file', 'time-out', 'limit', 'error'),
        'why reading stopped: the end of file, as RFC 3912 has it; or too long a silence, too many bytes, an error',
      ),
      seconds: described(number, 'from the question to the end'),
      first: optional(described(number, 'from the question to the first byte')),
    },
    bytes: true,
  },
  failed: {
    says: 'A server could not be asked.',
    fields: {
      index: integer,
      server: text,
      says: described(text, 'why'),
      next: optional(described(text, 'what to do')),
    },
  },
  referral: {
    says: 'An answer refers to another server.',
    fields: {
      index: described(integer, 'whose answer'),
      by: described(text, 'the word before the colon'),
      target: described(text, 'what stands behind it'),
      line: described(integer, 'of the answer, from 1'),
      fate: described(
        choice('followed', 'asked', 'unusable', 'left'),
        'asked: it was asked already; left: a better one was there',
      ),
      says: described(text, 'what becomes of it, in a sentence'),
    },
  },
  ended: {
    says: 'The chain has ended. bytes: the last answer, when only that is to be printed.',
    fields: {
      why: choice('answered', 'loop', 'unusable', 'told', 'long', 'failed'),
      says: described(text, 'in a sentence'),
      servers: described(list(text), 'those that answered, in order'),
    },
    bytes: true,
  },
} as const;

export type WhoisEvent = EventOf<typeof whoisEvents>;
