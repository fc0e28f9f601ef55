import type {EventOf} from '../../journal/event.ts';
import {choice, described, flag, integer, number, optional, record, type Shaped, text} from '../../journal/shape.ts';
import {tcpStateNames} from '../../wire/tcp/states.ts';
import {callEvents} from './calls.ts';
import {sides} from './ends.ts';

const queueFields = {
  state: described(choice(...tcpStateNames), 'the state of this end, as the kernel has it'),
  sendQueue: described(integer, 'Send-Q: bytes that the other kernel has not acknowledged'),
  receiveQueue: described(integer, 'Recv-Q: bytes that this program has not read'),
  sendBuffer: optional(described(integer, 'SO_SNDBUF now; only of a process of ours. The kernel lets it grow')),
  receiveBuffer: optional(described(integer, 'SO_RCVBUF now; only of a process of ours')),
} as const;

export type Queues = Shaped<typeof queueFields>;

export const deadlockEvents = {
  notice: {
    says: 'Something is other than it was asked for.',
    fields: {says: described(text, 'what, and why')},
  },
  listening: {
    says: 'The server waits for its client.',
    fields: {address: text, port: described(integer, 'the one asked for, or the one the kernel chose')},
  },
  connected: {
    says: 'The connection is made.',
    fields: {client: described(text, 'address and port of the client'), server: text},
  },
  ...callEvents,
  progress: {
    says: 'What a thread has moved so far: at most ten times a second, and whenever it is about to wait.',
    fields: {
      by: choice(...sides),
      thread: described(text, 'main, or reader'),
      sent: described(integer, 'bytes its send() calls have handed to the kernel'),
      received: described(integer, 'bytes its recv() calls have given'),
      waiting: optional(described(choice('send', 'recv'), 'the call it is blocked in')),
      since: optional(described(number, 'when it was found to wait, in seconds since the run started')),
    },
  },
  queues: {
    says: 'The queues of both kernels, when they have changed.',
    fields: {
      client: optional(described(record(queueFields), 'absent when the client is on another machine')),
      server: optional(described(record(queueFields), 'absent when the server is on another machine')),
    },
  },
  frozen: {
    says: 'No byte has moved for so long, while every end that can be seen is ESTABLISHED, has bytes to send and bytes to read.',
    fields: {
      seconds: described(number, 'how long'),
      stuck: described(integer, 'bytes in the queues that can be seen'),
      says: described(text, 'why'),
    },
  },
  melting: {
    says: 'A second thread of the client begins to read.',
    fields: {says: text},
  },
  finished: {
    says: 'The conversation is over.',
    fields: {
      sent: described(integer, 'bytes the client sent, as far as it was ours; otherwise those the server sent'),
      received: described(integer, 'bytes that came back, or that the server received'),
      verified: optional(described(flag, 'whether every byte that came back is the capital of the one sent')),
      froze: described(integer, 'how often it was frozen'),
      seconds: described(number, 'from the connection to the end'),
      says: text,
    },
  },
} as const;

export type DeadlockEvent = EventOf<typeof deadlockEvents>;
