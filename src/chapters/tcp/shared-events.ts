import {described, integer, list, record, text} from '../../journal/shape.ts';
import {sessionEvents} from './session-events.ts';

export const sharedEvents = {
  ...sessionEvents,
  forked: {
    says: 'A process was started that inherits the descriptor: one socket, two holders.',
    fields: {
      by: described(text, 'the name of the new process'),
      pid: integer,
      fd: described(integer, 'the descriptor’s number in it'),
    },
  },
  holders: {
    says: 'Who has the shared socket open, as /proc/PID/fd tells it: the count that close() lowers.',
    fields: {
      inode: described(integer, 'the socket’s number in the kernel'),
      holders: list(record({by: described(text, 'parent, child, or a command line'), pid: integer, fd: integer})),
    },
  },
} as const;
