import type {EventOf} from '../../journal/event.ts';
import {choice, flag, integer, list, optional, record, text} from '../../journal/shape.ts';
import {type AskOf, choiceField, textField} from '../fields.ts';

const notations = ['python', 'dec', 'hex', 'oct', 'bin', 'float', 'bytes'] as const;

export const numberFields = {
  value: textField({
    label: 'Number',
    default: '4253',
    hint: '4253, -1, 0x109d, 0b1010, 1.5, 1e-3, inf, or as the next field says',
  }),
  as: choiceField({
    label: 'Read as',
    options: notations,
    default: 'python',
    hint: 'a Python literal; digits of a base; a float; bytes in hex, which are read in both orders',
  }),
  width: choiceField({
    label: 'Bits',
    options: ['auto', '8', '16', '32', '64'],
    default: 'auto',
    hint: 'how many bits are shown; auto: the fewest that hold it. Of a float 16, 32 or 64',
  }),
};

export type NumberAsk = AskOf<typeof numberFields>;

const word = {
  width: integer,
  signed: text,
  unsigned: text,
  fits: choice('signed and unsigned', 'signed', 'unsigned', 'no'),
  codes: text,
  bin: text,
  big: text,
  little: text,
  says: text,
};

const span = {name: text, start: integer, end: integer, bits: text, meaning: text};

const float = {
  format: choice('half', 'single', 'double'),
  code: text,
  holds: flag,
  says: text,
  kind: optional(choice('zero', 'subnormal', 'normal', 'infinity', 'nan')),
  value: optional(text),
  exact: optional(text),
  hex: optional(text),
  big: optional(text),
  little: optional(text),
  spans: optional(list(record(span))),
};

export const numberEvents = {
  number: {
    says:
      'Everything about one number. hex, oct and bin are as the Python functions of these names print it; words are what ' +
      'a machine word of each width makes of it, big and little its bytes in hex; floats say what each IEEE 754 format ' +
      'makes of it, with sign, exponent and fraction; readings are bytes read as integers. bits are the bits on screen, ' +
      'the most significant first, spans what they mean, and typed what an action changed.',
    fields: {
      type: choice('int', 'float', 'bytes'),
      value: text,
      hex: optional(text),
      oct: optional(text),
      bin: optional(text),
      bitLength: optional(integer),
      words: list(record(word)),
      floats: list(record(float)),
      readings: list(record({order: choice('big', 'little'), unsigned: text, signed: text, float: optional(text)})),
      bits: text,
      spans: list(record(span)),
      signed: flag,
      fits: flag,
      typed: optional(record({value: text, as: optional(text), width: optional(text)})),
    },
  },
  refused: {
    says: 'What was typed is no number: why, where, and what to write instead.',
    fields: {message: text, next: text, text, at: integer},
  },
} as const;

export type NumberEvent = EventOf<typeof numberEvents>;
export type NumberDescribed = Extract<NumberEvent, {kind: 'number'}>;
export type NumberRefused = Extract<NumberEvent, {kind: 'refused'}>;
type WithoutStamp<E> = Omit<E, 'kind' | 't' | 'seq' | 'run' | 'bytes'>;
export type NumberFields = WithoutStamp<NumberDescribed>;
export type RefusedFields = WithoutStamp<NumberRefused>;
export type BitSpan = NumberFields['spans'][number];
