import type {EventOf} from '../../journal/event.ts';
import {described, flag, integer, json, list, number, optional, text} from '../../journal/shape.ts';
import {transferEvents} from './transfers.ts';

const errno = optional(described(text, 'the name of the error'));
const means = optional(described(text, 'what the error means, and what to try next'));
const seconds = described(number, 'how long it took');

/** What the kernel measures of one connection, where it tells. Times in seconds, rates in bytes per second. */
export const figures = {
  state: described(text, 'the kernel’s state of this end: ESTABLISHED, CLOSE_WAIT, …'),
  sendQueue: optional(described(integer, 'bytes that the peer has not acknowledged (Send-Q)')),
  receiveQueue: optional(described(integer, 'bytes that the program has not read (Recv-Q)')),
  sendBuffer: optional(described(integer, 'the most memory for the send queue, with overhead (SO_SNDBUF)')),
  receiveBuffer: optional(described(integer, 'the same for the receive queue (SO_RCVBUF)')),
  rtt: optional(described(number, 'smoothed round-trip time')),
  rttVariation: optional(described(number, 'its mean deviation')),
  minimumRtt: optional(described(number, 'the least round-trip time seen')),
  congestionWindow: optional(described(integer, 'segments that may be under way')),
  mss: optional(described(integer, 'bytes of data in one segment at most')),
  retransmits: optional(described(integer, 'segments sent again since the start')),
  unacknowledged: optional(described(integer, 'segments under way')),
  deliveryRate: optional(described(number, 'how fast bytes reached the peer lately')),
  peerWindow: optional(described(integer, 'bytes the peer is ready to take')),
} as const;

export const connectEvents = {
  ...transferEvents,
  notice: {
    ...transferEvents.notice,
    fields: {
      ...transferEvents.notice.fields,
      echo: optional(described(integer, 'the process of the echo server that was started for this client')),
    },
  },
  looked: {
    says: 'A host name was looked up with getaddrinfo().',
    fields: {
      host: text,
      addresses: described(list(text), 'each with the port, in the order in which they are tried'),
      errno,
      means,
      seconds,
    },
  },
  attempt: {
    says: 'One address was tried, to the end.',
    fields: {
      number: described(integer, 'from 1'),
      of: described(integer, 'how many addresses there are'),
      address: text,
      errno,
      means,
      seconds,
    },
  },
  connected: {
    says: 'The handshake is done: the connection is open.',
    fields: {
      connection: integer,
      local: described(text, 'address and port of this end'),
      remote: described(text, 'address and port of the peer'),
    },
  },
  reading: {
    says: 'Whether the program reads what arrives.',
    fields: {on: flag},
  },
  sample: {says: 'What the kernel has for this end, when it has changed.', fields: figures},
  info: {
    says: 'Everything TCP_INFO told last (--info): see struct tcp_info in linux/tcp.h.',
    fields: {
      tcp: described(
        json,
        'the fields by name; times in microseconds, `last…` in milliseconds, rates in bytes per second',
      ),
    },
  },
} as const;

export type ConnectEvent = EventOf<typeof connectEvents>;
