import type {EventOf} from '../../journal/event.ts';
import {choice, described, flag, integer, optional, text} from '../../journal/shape.ts';
import {parseEscapes} from '../../wire/text/parse-escapes.ts';
import {parseHex} from '../../wire/text/parse-hex.ts';
import {type AskOf, choiceField, integerField, textField} from '../fields.ts';

/** Bytes that are read at once and kept for the screen. */
export const pageLength = 16 * 1024;

/** Offsets that a double counts exactly; no file system has files beyond. */
const lastOffset = 2 ** 53 - 1;

export const hexFields = {
  file: textField({
    label: 'File',
    default: '',
    hint: 'any file, of any size; - is standard input. It is never written',
  }),
  bytes: textField({
    label: 'Or bytes',
    default: '',
    hint: 'hex, when no file is named: 48 65 6c 6c 6f. Empty: every byte there is, 00 to ff',
    check(typed) {
      const read = parseHex(typed);
      return read.kind === 'error' ? read.sentence : undefined;
    },
  }),
  offset: integerField({
    label: 'Offset',
    default: 0,
    from: 0,
    to: lastOffset,
    hint: 'where to begin; 0x1000 is understood',
  }),
  length: integerField({label: 'Length', default: 256, from: 0, to: lastOffset, hint: 'in a command: bytes to print'}),
  find: textField({label: 'Find', default: '', hint: 'in a command: print where this is instead, every place'}),
  findAs: choiceField({
    label: 'Find as',
    options: ['text', 'hex'],
    default: 'text',
    hint: 'text with escapes such as \\r\\n, or hex',
  }),
};

export type HexAsk = AskOf<typeof hexFields>;

export const hexEvents = {
  opened: {
    says: 'What is looked at.',
    fields: {
      name: text,
      of: described(choice('file', 'typed', 'piped'), 'where the bytes come from'),
      size: described(integer, 'bytes in all'),
    },
  },
  page: {
    says: 'Bytes that were read because somebody looks at them. bytes: from offset on.',
    fields: {offset: integer},
    bytes: true,
  },
  at: {says: 'The cursor goes to an offset.', fields: {offset: integer}},
  searching: {says: 'A search begins.', fields: {pattern: text, backwards: flag}},
  found: {
    says: 'Where the pattern is.',
    fields: {
      offset: integer,
      size: described(integer, 'bytes of the pattern'),
      wrapped: described(flag, 'true when the search went on at the other end'),
    },
  },
  absent: {says: 'The pattern is nowhere.', fields: {pattern: text}},
  match: {
    says: 'One place where the pattern is, in a command.',
    fields: {number: integer, offset: integer, size: integer},
  },
  edited: {
    says: 'A byte of the copy was changed, or changed back.',
    fields: {offset: integer, value: integer, was: described(integer, 'the byte in the file'), undone: optional(flag)},
  },
  saved: {says: 'The copy was written to a new file.', fields: {path: text, written: integer, changed: integer}},
  refused: {says: 'What was asked for cannot be opened, and why.', fields: {says: text, next: optional(text)}},
} as const;

export type HexEvent = EventOf<typeof hexEvents>;

/** What is searched for, as bytes; a sentence where it cannot be read. */
export function readPattern(typed: string, as: 'text' | 'hex'): Uint8Array | string {
  const read = as === 'hex' ? parseHex(typed) : parseEscapes(typed);
  if (read.kind === 'error') return read.sentence;
  if (read.bytes.length > 4096) return `${read.bytes.length} bytes are too long to search for. Give 4096 at most`;
  return read.bytes.length === 0 ? 'Nothing to search for: type some text, or hex' : read.bytes;
}
