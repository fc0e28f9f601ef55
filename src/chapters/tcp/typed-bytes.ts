import {type Problem, ProblemError} from '../../journal/problem.ts';
import {parseEscapes} from '../../wire/text/parse-escapes.ts';
import {parseHex} from '../../wire/text/parse-hex.ts';
import type {Typed} from '../../wire/text/parsed.ts';
import {choiceField, type Field, textField} from '../fields.ts';

export const lineEndings = {none: '', LF: '\n', CRLF: '\r\n'} as const;

/** What `send` asks for: text with escapes, and what is put behind it. */
export const textFields = {
  text: typedField('Text', 'hello', String.raw`\n, \x00 and \\ are understood`, parseEscapes),
  ending: choiceField({
    label: 'Ending',
    options: ['none', 'LF', 'CRLF'],
    default: 'LF',
    hint: 'what ends a line: most protocols want CRLF',
  }),
};

export const hexFields = {
  hex: typedField('Hex', '68 65 6c 6c 6f', 'two digits for each byte: 48656c, 48 65 6c, 0x48 …', parseHex),
};

/** A type, not an interface: handlers of actions take records. */
export type TextArguments = {
  readonly text: string;
  readonly ending: keyof typeof lineEndings;
};

export function textBytes({text, ending}: TextArguments): Uint8Array {
  const [typed, end] = [bytesOf(parseEscapes(text)), new TextEncoder().encode(lineEndings[ending])];
  const bytes = new Uint8Array(typed.length + end.length);
  bytes.set(typed);
  bytes.set(end, typed.length);
  return bytes;
}

export function hexBytes({hex}: {readonly hex: string}): Uint8Array {
  return bytesOf(parseHex(hex));
}

function typedField(label: string, preset: string, hint: string, parse: (text: string) => Typed): Field<string> {
  return {
    ...textField({label, default: preset, hint}),
    read(typed) {
      const read = parse(typed);
      return read.kind === 'bytes'
        ? {ok: true, value: typed}
        : {ok: false, says: read.sentence.replace(/\.$/, ''), at: read.at};
    },
  };
}

/** The field has read the same text before; a caller that skips the field is told here. */
function bytesOf(typed: Typed): Uint8Array {
  if (typed.kind === 'bytes') return typed.bytes;
  const problem: Problem = {code: 'tcp.typed', says: typed.sentence};
  throw new ProblemError(problem);
}
