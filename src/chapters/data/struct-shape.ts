import type {EventOf} from '../../journal/event.ts';
import {choice, integer, list, optional, record, type Shape, text} from '../../journal/shape.ts';
import {type AskOf, choiceField, integerField, textField} from '../fields.ts';

const ops = ['pack', 'unpack', 'unpack_from', 'iter_unpack', 'calcsize'] as const;

export const structFields = {
  op: choiceField({
    label: 'Do',
    options: ops,
    default: 'pack',
    hint: 'pack: values to bytes. unpack, unpack_from, iter_unpack: bytes to values. calcsize: only the size',
  }),
  format: textField({
    label: 'Format',
    default: '<iH3s',
    hint: '@ = < > ! then x c b B ? h H i I l L q Q n N e f d s p P with counts',
  }),
  values: textField({
    label: 'Values',
    default: "4253, 80, b'abc'",
    hint: "to pack: Python literals, 4253, 0xff, -1, 1.5, True, b'abc'. To unpack: bytes in hex, or - for standard input",
  }),
  offset: integerField({
    label: 'Offset',
    default: 0,
    from: -(2 ** 53 - 1),
    to: 2 ** 53 - 1,
    hint: 'for unpack_from: where the struct begins; from the end when negative',
  }),
  python: choiceField({
    label: 'Messages of',
    options: ['3.13', '3.11'],
    default: '3.13',
    hint: 'errors in the words of this CPython; they changed in 3.12',
  }),
};

export type StructAsk = AskOf<typeof structFields>;

/** Sizes and places go up to 2^63-1: a JSON number where that is exact, else its digits. */
const whole: Shape<number | string> = {
  schema: {type: ['integer', 'string'], description: 'above 2^53 its decimal digits, in a string'},
};

const field = {
  offset: whole,
  size: whole,
  count: whole,
  code: text,
  type: text,
  at: list(integer),
  value: text,
  record: optional(integer),
  padding: optional(choice('x', 'alignment')),
};

export const structEvents = {
  answer: {
    says:
      'A format applied. values are as repr writes them (for iter_unpack one tuple a record), fields say which bytes are ' +
      'which value (a long run is one of them) and where in the format each stands, more and moreFields count what is not listed.',
    fields: {
      op: choice(...ops),
      format: text,
      size: whole,
      items: whole,
      start: integer,
      records: integer,
      values: list(text),
      more: integer,
      fields: list(record(field)),
      moreFields: integer,
      little: optional(text),
      big: optional(text),
      reversed: optional(list(text)),
      repacked: optional(text),
      typed: optional(record({format: optional(text), values: optional(text)})),
    },
    bytes: true,
  },
  refused: {
    says:
      'What Python raises for this, class and message word for word; without a class, what could not be read at all. ' +
      'at and end mark the mistake in text, which was typed in field.',
    fields: {
      class: optional(text),
      message: text,
      next: optional(text),
      field: choice('format', 'values', 'offset'),
      text,
      at: optional(integer),
      end: optional(integer),
    },
  },
} as const;

export type StructEvent = EventOf<typeof structEvents>;
export type StructAnswer = Extract<StructEvent, {kind: 'answer'}>;
export type StructRefusal = Extract<StructEvent, {kind: 'refused'}>;
export type StructField = StructAnswer['fields'][number];

type WithoutStamp<E> = Omit<E, 'kind' | 't' | 'seq' | 'run' | 'bytes'>;
export type AnswerFields = WithoutStamp<StructAnswer>;
export type RefusalFields = WithoutStamp<StructRefusal>;
