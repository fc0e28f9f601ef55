import type {EventOf} from '../../journal/event.ts';
import {choice, described, flag, integer, number, optional, text} from '../../journal/shape.ts';
import {callEvents} from './calls.ts';

export const udpFacts = [
  'ephemeral-port',
  'connected',
  'unconnected',
  'forgery-accepted',
  'forgery-vanished',
  'empty-datagram',
  'too-big',
  'largest',
  'truncated',
  'broadcast-refused',
  'broadcast-delivered',
  'refused-on-next-call',
  'sent-to-nobody',
] as const;

export type UdpFact = (typeof udpFacts)[number];

const from = described(text, 'address and port it came from');
const size = described(integer, 'its length in bytes; a datagram may have none');

export const udpEvents = {
  ...callEvents,
  notice: {
    says: 'Something is other than it was asked for.',
    fields: {says: described(text, 'what, and why')},
  },
  listening: {
    says: 'The server has its address.',
    fields: {address: text, port: described(integer, 'the one asked for, or the one the kernel chose')},
  },
  local: {
    says: 'The client’s own address, as getsockname() tells it.',
    fields: {
      address: described(text, 'port 0 is none: the kernel chooses one when it is first needed'),
      when: described(choice('before', 'after'), 'before or after the first datagram or connect()'),
    },
  },
  mode: {
    says: 'How the client’s socket is set.',
    fields: {
      connected: described(flag, 'whether connect() was called on it'),
      broadcast: described(flag, 'whether SO_BROADCAST is on'),
    },
  },
  server: {
    says: 'What our server does with datagrams from now on.',
    fields: {state: choice('answering', 'silent', 'closed')},
  },
  heard: {
    says: 'A datagram has reached our server.',
    fields: {
      from,
      size,
      fate: described(choice('answered', 'dropped', 'ignored'), 'dropped by the drop rate, or ignored when unplugged'),
    },
    bytes: true,
  },
  attempt: {
    says: 'The client has sent its datagram, and waits for an answer.',
    fields: {
      number: described(integer, 'counts from 1 for each new question'),
      timeout: described(number, 'for how many seconds it will wait'),
    },
  },
  timeout: {
    says: 'No answer came in time.',
    fields: {
      number: described(integer, 'the attempt'),
      timeout: described(number, 'the seconds waited'),
      next: optional(described(number, 'how long the next attempt will wait; absent when there is none')),
    },
  },
  gaveUp: {
    says: 'The client has given up.',
    fields: {attempts: integer, seconds: described(number, 'since the first attempt')},
  },
  reply: {
    says: 'A datagram has reached the client. bytes: what of it fitted into the room that recvfrom() was given.',
    fields: {
      from,
      size,
      kept: described(integer, 'bytes of it that the program got; the rest is lost'),
      expected: described(flag, 'whether it came from where the question went'),
      late: described(flag, 'whether it lay in the queue before anybody asked for it'),
    },
    bytes: true,
  },
  fact: {
    says: 'Something worth knowing has just been seen to happen.',
    fields: {name: choice(...udpFacts), says: described(text, 'in a sentence')},
  },
} as const;

export type UdpEvent = EventOf<typeof udpEvents>;
