import type {EventOf} from '../../journal/event.ts';
import {choice, described, flag, integer, json, list, optional, record, text} from '../../journal/shape.ts';
import {type AskOf, choiceField, integerField, textField} from '../fields.ts';
import {zlibSampleNames} from './zlib-samples.ts';

export const zlibFields = {
  op: choiceField({
    label: 'Do',
    options: ['steps', 'inflate', 'deflate'],
    default: 'steps',
    hint: 'steps: decompress piece by piece. As commands, inflate and deflate turn standard input into standard output',
  }),
  sample: choiceField({
    label: 'Sample',
    options: ['auto', ...zlibSampleNames],
    default: 'auto',
    hint: 'auto: standard input in a command, the book’s two streams joined by a dot otherwise',
  }),
  data: textField({
    label: 'Own data',
    default: '',
    hint: 'used instead of the sample when not empty; read as the next field says. - is standard input',
  }),
  dataAs: choiceField({
    label: 'Read as',
    options: ['text', 'hex', 'file'],
    default: 'text',
    hint: 'text is compressed first (escapes are understood); hex and files are taken as compressed, to deflate as they are',
  }),
  format: choiceField({
    label: 'Format',
    options: ['zlib', 'gzip', 'raw', 'auto'],
    default: 'zlib',
    hint: 'zlib: RFC 1950. gzip: RFC 1952. raw: deflate alone, RFC 1951. auto: zlib or gzip, as the header says',
  }),
  level: integerField({
    label: 'Level',
    default: -1,
    from: -1,
    to: 9,
    hint: '0 stored, 1 fastest, 9 smallest, -1 as zlib likes (6)',
  }),
  piece: integerField({label: 'Piece', default: 8, from: 1, to: 1_048_576, unit: 'bytes given to each decompress()'}),
  maxLength: integerField({
    label: 'max_length',
    default: 0,
    from: 0,
    to: 1_048_576,
    hint: 'bytes that one decompress() may give; what it had no room for stays in unconsumed_tail. 0: no limit',
  }),
  limit: integerField({
    label: 'Guard',
    default: 64 * 1024 * 1024,
    from: 0,
    to: 2 ** 40,
    hint: 'bytes of output in all, after which it stops: against bombs. 0: none',
  }),
};

export type ZlibAsk = AskOf<typeof zlibFields>;

const fieldList = list(record({name: text, start: integer, end: integer, value: json, meaning: text}));

export const zlibEvents = {
  data: {
    says: 'What is worked on. bytes: all of it.',
    fields: {
      source: text,
      mode: choice('inflate', 'deflate'),
      plain: optional(described(integer, 'bytes before they were compressed here')),
    },
    bytes: true,
  },
  object: {
    says: 'A new compressobj or decompressobj.',
    fields: {from: described(integer, 'the offset of the first byte it will be given'), call: text},
  },
  step: {
    says: 'One call of compress(), decompress() or flush(). bytes: what it gave.',
    fields: {
      number: integer,
      call: described(text, 'the call as Python writes it'),
      gives: described(text, 'what it gave as Python writes it, cut when it is long'),
      start: described(integer, 'where the bytes given to it start, and where they end'),
      end: integer,
      consumed: described(integer, 'the offset after the last byte that was used'),
      produced: described(integer, 'bytes given by this object so far'),
      size: described(integer, 'bytes given by this call'),
      unused: described(text, 'unused_data, as Python writes it, cut when it is long'),
      unusedSize: integer,
      tail: described(text, 'unconsumed_tail'),
      tailSize: integer,
      eof: flag,
      error: optional(described(text, 'what Python raises')),
      stopped: optional(described(text, 'why our guard stopped it, which Python does not have')),
      next: optional(text),
    },
    bytes: true,
  },
  container: {
    says: 'What the header or the trailer around the compressed data says.',
    fields: {
      part: choice('header', 'trailer'),
      format: choice('zlib', 'gzip', 'raw'),
      start: integer,
      end: integer,
      fields: fieldList,
    },
  },
  ended: {
    says: 'The compressed stream has ended by itself: bytes from here on belong to somebody else.',
    fields: {at: integer, produced: integer},
  },
  output: {says: 'A piece of what inflate or deflate made. bytes: that piece.', fields: {at: integer}, bytes: true},
  total: {
    says: 'How inflate or deflate went.',
    fields: {
      consumed: described(integer, 'bytes of the input that were used'),
      produced: integer,
      left: described(integer, 'bytes behind the end of the compressed stream'),
      members: described(integer, 'gzip members, one behind the other'),
    },
  },
  taken: {says: 'The last step is taken back.', fields: {steps: integer}},
  refused: {says: 'What was asked for cannot be done, and why.', fields: {says: text, next: optional(text)}},
} as const;

export type ZlibEvent = EventOf<typeof zlibEvents>;
type Of<Kind extends ZlibEvent['kind']> = Omit<
  Extract<ZlibEvent, {kind: Kind}>,
  'kind' | 't' | 'seq' | 'run' | 'bytes'
>;
export type StepFields = Of<'step'>;
export type ContainerFields = Of<'container'>;
