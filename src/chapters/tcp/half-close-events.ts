import type {EventOf} from '../../journal/event.ts';
import {choice, described, flag, integer, text} from '../../journal/shape.ts';
import {callEvents} from './calls.ts';
import {endsEvent, sides} from './ends.ts';
import {segmentEvent} from './segments.ts';

export const halfCloseEvents = {
  notice: {
    says: 'Something is other than it was asked for.',
    fields: {says: described(text, 'what, and why')},
  },
  connected: {
    says: 'A new connection between the two processes.',
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
    says: 'The side that the next actions are done by.',
    fields: {side: choice(...sides)},
  },
  reading: {
    says: 'Whether a side calls recv() by itself as soon as there is something to read.',
    fields: {side: choice(...sides), on: flag},
  },
} as const;

export type HalfCloseEvent = EventOf<typeof halfCloseEvents>;
