import type {EventOf} from '../../journal/event.ts';
import {choice, integer, list, optional, record, text} from '../../journal/shape.ts';
import {type AskOf, choiceField, textField} from '../fields.ts';

export const jsonFields = {
  value: textField({
    label: 'Value',
    default: "{'name': 'Beau', 'port': 1060, 'at': (52.5, 13.4), 7: True}",
    hint: "a Python literal: None, True, 1, 1.5, nan, 'text', b'bytes', (1, 2), [1, 2], {'a': 1}, {1, 2}",
  }),
  protocol: choiceField({
    label: 'Pickle protocol',
    options: ['0', '1', '2', '3', '4', '5'],
    default: '4',
    hint: 'of the pickle alone; 4 is the default of Python 3.8 to 3.13',
  }),
};

export type JsonAsk = AskOf<typeof jsonFields>;

/** The encodings, in the order they are shown. */
export const encodingNames = ['json', 'javascript', 'pickle', 'msgpack', 'struct'] as const;

export type EncodingName = (typeof encodingNames)[number];

/** What the pane and the command call them. */
export const encodingTitles: Readonly<Record<EncodingName, string>> = {
  json: 'JSON',
  javascript: 'JSON in JS',
  pickle: 'pickle',
  msgpack: 'MessagePack',
  struct: 'struct',
};

export const jsonEvents = {
  value: {
    says: 'The value that is encoded, as Python writes it, its type, and the protocol of its pickle.',
    fields: {repr: text, type: text, protocol: choice('0', '1', '2', '3', '4', '5')},
  },
  encoding: {
    says:
      'One encoding of the value: its bytes, what came back when they were read, and where that differs from what went in. ' +
      'javascript is the JSON text read by JavaScript. refused is the exception when it cannot be written or read; size and ' +
      'bytes are absent when it cannot be written. framing says where the end of the bytes is known from.',
    fields: {
      name: choice(...encodingNames),
      size: optional(integer),
      text: optional(text),
      format: optional(text),
      back: optional(text),
      refused: optional(record({when: choice('writing', 'reading'), class: text, message: text})),
      framing: choice('outside', 'itself', 'fixed'),
      frame: text,
      differences: list(
        record({
          where: text,
          kind: choice('type', 'value', 'key', 'lost', 'order'),
          was: text,
          now: text,
          why: text,
        }),
      ),
    },
    bytes: true,
  },
  unread: {
    says: 'What was typed is no Python literal.',
    fields: {says: text, next: text, mark: record({text, at: integer})},
  },
} as const;

export type JsonEvent = EventOf<typeof jsonEvents>;
export type EncodingEvent = Extract<JsonEvent, {kind: 'encoding'}>;

export interface JsonState {
  readonly value: Extract<JsonEvent, {kind: 'value'}> | undefined;
  readonly encodings: readonly EncodingEvent[];
  readonly unread: Extract<JsonEvent, {kind: 'unread'}> | undefined;
}
