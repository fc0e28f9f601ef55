import type {EventOf} from '../../journal/event.ts';
import {choice, described, flag, integer, list, number, optional, record, text} from '../../journal/shape.ts';

const seconds = described(number, 'from its first sending to the answer, or until it was given up');

const counts = {
  read: described(integer, 'questions read so far'),
  done: described(integer, 'questions that have an outcome'),
  answered: described(integer, 'of these, the ones that were answered'),
  timeouts: described(integer, 'of these, the ones nobody answered in time'),
  failed: described(integer, 'of these, the ones that could not be asked'),
  bad: described(integer, 'lines that were left out'),
  sent: described(integer, 'messages sent, retries included'),
  retries: integer,
  ignored: described(integer, 'messages that answered no question in flight: too late, or not for us'),
  truncated: described(integer, 'answers that were cut and asked for again over TCP'),
  codes: described(
    list(record({code: text, count: integer})),
    'response codes of the answers, the most frequent first',
  ),
};

const latency = {
  min: described(number, 'seconds; 0 without answers, as all of these'),
  mean: number,
  p50: number,
  p90: number,
  p99: number,
  max: number,
};

export const bulkEvents = {
  started: {
    says: 'Asking begins.',
    fields: {
      server: described(text, 'address and port'),
      transport: choice('udp', 'tcp', 'tls'),
      source: described(text, 'where the names come from'),
      total: described(optional(integer), 'how many there are, where that is known before they are read'),
      concurrency: integer,
      rate: integer,
      every: described(number, 'seconds between two progress events'),
    },
  },
  bad: {
    says: 'A line that is no question: it is left out.',
    fields: {line: described(integer, 'its number, from 1'), text, says: text},
  },
  answer: {
    says: 'The outcome of one question.',
    fields: {
      number: described(integer, 'of the question, from 1, in the order of the lines'),
      name: text,
      type: text,
      outcome: described(text, 'the response code, `timeout`, or why it could not be asked'),
      seconds,
      tries: described(integer, 'how often it was sent'),
      size: described(integer, 'bytes of the answer; 0 without one'),
      transport: choice('udp', 'tcp', 'tls'),
      flags: described(text, 'of the header, as dig writes them: `qr aa rd`'),
      count: described(integer, 'records in the answer section'),
      answers: described(list(text), 'each of them as type and data; empty when records are not wanted'),
    },
  },
  progress: {
    says: 'How far it is; told at equal distances of time, and once at the end.',
    fields: {
      ...counts,
      inFlight: integer,
      waiting: described(integer, 'questions that were read and wait for their turn'),
      rate: described(number, 'outcomes a second since the last progress'),
      p50: described(number, 'seconds; so far'),
      p99: number,
      histogram: described(
        list(record({from: number, to: number, count: integer})),
        'answers by their time: seconds, from included, to not',
      ),
    },
  },
  pace: {
    says: 'What was changed while it goes on.',
    fields: {concurrency: integer, rate: integer, paused: flag},
  },
  summary: {
    says: 'What came of it all. Told last.',
    fields: {
      ...counts,
      cancelled: described(integer, 'questions that were read and then given up'),
      seconds: described(number, 'from the first question to the last outcome, without pauses'),
      rate: described(number, 'outcomes a second'),
      ...latency,
    },
  },
} as const;

export type BulkEvent = EventOf<typeof bulkEvents>;
