import type {EventOf, FieldsOf} from '../../journal/event.ts';
import {choice, described, flag, integer, json, optional, text} from '../../journal/shape.ts';
import {callEvents} from './calls.ts';

const name = described(text, 'such as SO_RCVBUF');
const errno = optional(described(text, 'why it cannot be read or set'));
const means = optional(described(text, 'what the error means here, and what to try next'));

export const optionsEvents = {
  ...callEvents,
  socket: {
    says: 'The socket whose options are read.',
    fields: {
      of: described(text, 'the kind asked for'),
      fd: described(integer, 'its descriptor in the process that holds it'),
      local: described(text, 'its own address and port'),
      remote: optional(described(text, 'the other end, when it is connected')),
    },
  },
  option: {
    says: 'One option, as the kernel tells it: each once at first, and again when it is found changed.',
    fields: {
      level: described(text, 'SOL_SOCKET, IPPROTO_TCP, …'),
      levelNumber: described(integer, 'the level as a number'),
      name,
      number: described(integer, 'the option as a number'),
      type: described(text, 'how its value lies in memory: int, bool, linger, timeval, …'),
      settable: described(choice('yes', 'no', 'privileged'), 'who may set it'),
      purpose: described(text, 'what it is for'),
      value: optional(described(json, 'the value; bytes as hex')),
      text: described(text, 'the value in words, or the error'),
      errno,
      means,
      changed: described(flag, 'false for the first reading'),
    },
  },
  set: {
    says: 'An option was set, and read before and after.',
    fields: {
      name,
      level: text,
      asked: described(text, 'the value asked for, in words'),
      result: described(integer, 'what setsockopt() returned'),
      errno,
      means,
      before: described(text, 'the value before, in words'),
      after: described(text, 'the value after, in words'),
      kept: described(flag, 'whether the kernel holds exactly what was asked for'),
      says: described(text, 'what the kernel made of it'),
    },
  },
} as const;

export type OptionsEvent = EventOf<typeof optionsEvents>;
export type OptionFields = FieldsOf<typeof optionsEvents, 'option'>;
export type SetFields = FieldsOf<typeof optionsEvents, 'set'>;
