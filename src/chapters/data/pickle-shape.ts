import type {EventOf} from '../../journal/event.ts';
import {choice, flag, integer, list, optional, record, text} from '../../journal/shape.ts';
import {verdicts} from '../../wire/pickle/inspect.ts';
import {type AskOf, choiceField, textField} from '../fields.ts';

export const pickleFields = {
  op: choiceField({
    label: 'Do',
    options: ['dumps', 'dis', 'inspect', 'loads'],
    default: 'dumps',
    hint: 'dumps: a value to bytes. dis: list the opcodes. inspect: what it would import and call. loads: to a value',
  }),
  source: textField({
    label: 'Source',
    default: '[5, 6, 7]',
    hint: 'to dump: a Python literal. Else: a file, - for standard input, or hex',
  }),
  protocol: choiceField({
    label: 'Protocol',
    options: ['0', '1', '2', '3', '4', '5'],
    default: '4',
    hint: 'to dump: 0 and 1 are Python 1, 2 is 2.3, 3 is 3.0, 4 is 3.4 (the default until 3.13), 5 is 3.8',
  }),
  hex: textField({
    label: 'Bytes',
    default: '',
    hint: 'not to dump: the pickle itself in hex, in the place of the source',
  }),
};

export type PickleAsk = AskOf<typeof pickleFields>;

const fault = record({class: text, message: text, offset: integer});
const place = {pickle: integer, offset: integer, opcode: text};

export const pickleEvents = {
  pickle: {
    says:
      'A pickle: its bytes, where they come from, and how much of them belongs to it. consumed and leftOver count bytes ' +
      'up to its STOP and after it; highest is the highest protocol among its opcodes. error is what pickletools raises.',
    fields: {
      origin: choice('value', 'file', 'stdin', 'hex', 'edit'),
      name: optional(text),
      opcodes: integer,
      consumed: integer,
      leftOver: integer,
      highest: integer,
      complete: flag,
      error: optional(fault),
      typed: optional(record({op: optional(text), hex: optional(text), protocol: optional(text)})),
    },
    bytes: true,
  },
  opcode: {
    says:
      'One opcode, as dis lists them: where it is, its argument as Python writes it, how many marks are open, the mark it ' +
      'takes, the memo it stores to, and the line that pickletools prints.',
    fields: {
      offset: integer,
      length: integer,
      code: integer,
      name: text,
      argument: optional(text),
      depth: integer,
      markAt: optional(integer),
      memoKey: optional(text),
      protocol: integer,
      meaning: text,
      line: text,
    },
  },
  disassembled: {
    says: 'The end of the list: what pickletools prints after the last opcode, and the error that it raises then.',
    fields: {line: text, error: optional(fault)},
  },
  report: {
    says:
      'What would happen if Python loaded the bytes: each import and call with its offset. Nothing is imported or called ' +
      'here. No verdict says that a pickle is safe.',
    fields: {
      verdict: choice(...verdicts),
      sentence: text,
      imports: list(record({...place, module: text, name: text, standard: flag})),
      calls: list(record({...place, callee: text, parameters: text, standard: flag})),
      remarks: list(record({pickle: integer, offset: integer, sentence: text})),
      error: optional(fault),
      pickles: integer,
      trailing: integer,
      leftOut: integer,
    },
  },
  value: {
    says: 'The value the pickle holds, as Python writes it, and how many bytes the pickle took.',
    fields: {repr: text, consumed: integer, leftOver: integer},
  },
  refused: {
    says: 'Why there is no value: the exception of CPython, or Refused where it would have imported something.',
    fields: {class: text, message: text, offset: integer},
  },
  unread: {
    says: 'What was asked for could not be read: it is no literal, no file or no hex.',
    fields: {
      code: text,
      says: text,
      next: optional(text),
      errno: optional(text),
      mark: optional(record({text, at: integer})),
    },
  },
} as const;

export type PickleEvent = EventOf<typeof pickleEvents>;
type Kind<K extends PickleEvent['kind']> = Extract<PickleEvent, {kind: K}>;
export type PickleSeen = Kind<'pickle'>;
export type PickleReportEvent = Kind<'report'>;

export interface PickleState {
  /** The last bytes there were: they stay while what is typed cannot be read. */
  readonly pickle: PickleSeen | undefined;
  readonly report: PickleReportEvent | undefined;
  readonly value: Kind<'value'> | undefined;
  readonly refused: Kind<'refused'> | undefined;
  readonly unread: Kind<'unread'> | undefined;
  /** What the last change has made of the fields of the form. */
  readonly typed: NonNullable<PickleSeen['typed']>;
}
