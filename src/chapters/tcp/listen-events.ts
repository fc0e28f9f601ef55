import type {EventOf} from '../../journal/event.ts';
import {described, flag, integer, list, number, optional, record, text} from '../../journal/shape.ts';
import {transferEvents} from './transfers.ts';

const connection = described(integer, 'its number: from 1, and no number comes twice');

export const listenEvents = {
  listening: {
    says: 'The server takes connections. Told first, as soon as it is so.',
    fields: {
      address: described(text, 'the address it is bound to'),
      port: described(integer, 'the port; when 0 was asked for, the one the kernel chose'),
      backlog: described(integer, 'what listen() was told'),
      behaviour: text,
      fd: described(integer, 'the descriptor of the listening socket; -1 when Node holds it'),
    },
  },
  ...transferEvents,
  accepted: {
    says: 'A connection was taken from the queue.',
    fields: {
      connection,
      fd: integer,
      local: described(text, 'address and port of this end'),
      peer: described(text, 'address and port of the client'),
    },
  },
  paused: {
    says: 'accept() is not called: who connects now waits in the kernel’s queue.',
    fields: {why: described(text, 'maximum, no descriptors, command or behaviour')},
  },
  resumed: {says: 'accept() is called again.', fields: {}},
  deaf: {says: 'The listening socket is gone.', fields: {errno: optional(text)}},
  chosen: {
    says: 'A connection is in somebody’s hands: the server does nothing with it by itself any more.',
    fields: {connection},
  },
  reading: {says: 'Whether a connection is read.', fields: {connection, on: flag}},
  sample: {
    says: 'What the kernel has for this port; of the connections, those that have changed.',
    fields: {
      acceptQueue: described(integer, 'finished connections that wait for accept(): Recv-Q of the listening socket'),
      backlog: described(integer, 'how many may wait, less one'),
      connections: list(
        record({
          connection,
          state: text,
          sendQueue: integer,
          receiveQueue: integer,
          rtt: optional(described(number, 'smoothed round-trip time in seconds')),
        }),
      ),
    },
  },
} as const;

export type ListenEvent = EventOf<typeof listenEvents>;
