import {choice, described, flag, integer, number, optional, record, type Shaped, text} from '../../journal/shape.ts';
import type {PythonClass} from './errors-python.ts';

export const groups = {
  names: 'Names: getaddrinfo()',
  connecting: 'Connecting and addresses',
  bytes: 'Bytes and descriptors',
  tls: 'TLS and certificates',
  own: 'A class of your own',
} as const;

export type Group = keyof typeof groups;

/** How the statement beside the error is to end. */
export const outcomes = ['error', 'ok', 'other'] as const;

export type Outcome = (typeof outcomes)[number];

/** What each outcome is, in a few words. */
export const outcomeWords: Readonly<Record<Outcome, string>> = {
  error: 'this error',
  ok: 'no error',
  other: 'an error that no clause catches',
};

export const clauses = ['try', 'except', 'else', 'finally', 'uncaught'] as const;

export type Clause = (typeof clauses)[number];

/** A program in pieces: `body` is what stands in `try`, `last` in `finally`. Lines have no indentation of the statement. */
export interface Snippet {
  readonly imports: readonly string[];
  readonly setup: readonly string[];
  /** The first line fails when `error` is the outcome. */
  readonly body: readonly string[];
  readonly last: readonly string[];
}

/** What Node gives: a code and the message with PORT for the port, or why it never shows this error. */
export type NodeTold =
  | {readonly code: string; readonly message: string; readonly snippet: Snippet}
  | {readonly why: string};

/** One error: what it is called, what Python and Node make of it, what it means and what to do. */
export interface ErrorCase {
  readonly id: string;
  readonly group: Group;
  readonly title: string;
  /** The name of the errno, of the EAI_ code, or of the reason that OpenSSL gives; empty when the kernel names none. */
  readonly symbol: string;
  /** Its number: errno, EAI_ code, or OpenSSL’s verification code. */
  readonly number?: number | undefined;
  readonly python: {
    readonly class: PythonClass;
    /** `error.errno`; absent when it is None or the class has none. */
    readonly errno?: number;
    /** `str(error)`, without what differs between versions. */
    readonly text: string;
    readonly snippet: Snippet;
  };
  readonly node: NodeTold;
  readonly means: string;
  readonly next: string;
  /** What goes well when no error is wanted. */
  readonly healthy: 'lookup' | 'connect' | 'bind' | 'send' | 'recv' | 'datagram' | 'handshake' | 'nothing';
  /** Programs cannot make it happen alone: what they need around them. */
  readonly needs?: 'resolver' | 'unreachable' | 'unprivileged';
}

const error = described(text, 'which error, by its name here');
const outcome = described(choice(...outcomes), 'how it was to end: with this error, without one, or with another');

export const errorEvents = {
  chosen: {
    says: 'The outcome that the next provocations are to have.',
    fields: {outcome},
  },
  began: {says: 'A provocation begins.', fields: {error, outcome}},
  clause: {
    says: 'A clause of try / except / else / finally was entered; uncaught: the error went on to the caller.',
    fields: {error, outcome, clause: choice(...clauses)},
  },
  call: {
    says: 'A call that was made on the way, and how it went.',
    fields: {
      error,
      text: described(text, 'the call as C would show it, or what Node was asked'),
      result: described(integer, 'what it returned'),
      errno: optional(described(text, 'the name of the error')),
      seconds: number,
      decisive: described(flag, 'whether this is the call that the provocation is about'),
    },
  },
  happened: {
    says: 'The provocation has ended.',
    fields: {
      error,
      outcome,
      expected: described(flag, 'whether it ended as it was to'),
      way: described(choice('libc', 'node', 'python3'), 'who made the decisive call'),
      call: described(text, 'the decisive call'),
      symbol: described(text, 'the name of the error that came; empty when none came or it has no name'),
      number: optional(described(integer, 'its number')),
      message: optional(described(text, 'what was said, word for word, where there are words')),
      python: optional(
        described(
          record({class: text, errno: optional(integer), text}),
          'what Python raises for the error that came: its class, error.errno, and str(error)',
        ),
      ),
      node: optional(
        described(
          record({code: optional(text), message: optional(text), why: optional(text)}),
          'what Node gives: error.code and error.message with PORT for the port, or why it does not show this error',
        ),
      ),
      means: text,
      next: described(text, 'what to do about it'),
      seconds: described(number, 'how long the decisive call took'),
      note: optional(text),
    },
  },
  missing: {
    says: 'The error cannot be made to happen on this machine.',
    fields: {error, outcome, why: text},
  },
} as const;

export type HappenedFields = Shaped<typeof errorEvents.happened.fields>;
export type CallFields = Shaped<typeof errorEvents.call.fields>;
