import {described, flag, integer, text} from '../../journal/shape.ts';
import {callEvents} from './calls.ts';
import {endsEvent} from './ends.ts';
import {segmentEvent} from './segments.ts';

/** What every experiment tells that watches processes around one connection. */
export const sessionEvents = {
  notice: {
    says: 'Something is other than it was asked for.',
    fields: {says: described(text, 'what, and why')},
  },
  connected: {
    says: 'A new connection between the processes.',
    fields: {
      number: described(integer, 'counts the connections of this run from 1'),
      client: described(text, 'address and port of the end that called connect()'),
      server: described(text, 'address and port of the end that accept() gave'),
    },
  },
  ...callEvents,
  ...segmentEvent,
  ...endsEvent,
  turn: {
    says: 'Which process does the next actions.',
    fields: {by: described(text, 'its name here')},
  },
  reading: {
    says: 'Whether a process calls recv() by itself as soon as there is something to read.',
    fields: {by: described(text, 'its name here'), on: flag},
  },
} as const;
