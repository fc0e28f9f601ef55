import type {Source} from './literal-source.ts';
import type {PyValue} from './value.ts';

const prefixPattern = /(?:[bBrRuUfF]{0,2})(?:'''|"""|'|")/y;

/** A str or bytes where one stands, with the prefixes b, r, u and their pairs (Python reference §2.6), or undefined. */
export function readText(source: Source): PyValue | undefined {
  const start = source.at;
  const opening = source.match(prefixPattern);
  if (opening === undefined) return undefined;
  const prefix = opening.replace(/['"]+$/, '').toLowerCase();
  const quote = opening.slice(prefix.length);
  if (prefix.includes('f'))
    throw source.fail('A text with f before it is a program.', 'Leave the f out and write the value itself.', start);
  if (!['', 'b', 'r', 'u', 'br', 'rb'].includes(prefix))
    throw source.fail(`A text cannot have ${prefix} before it.`, "Write b'…' for bytes and '…' for text.", start);
  const isBytes = prefix.includes('b');
  let text = '';
  while (!source.text.startsWith(quote, source.at)) {
    text += readCharacter(source, start, quote, isBytes, prefix.includes('r'));
  }
  source.at += quote.length;
  return isBytes ? {t: 'bytes', v: Uint8Array.from(text, character => character.charCodeAt(0))} : {t: 'str', v: text};
}

function readCharacter(source: Source, start: number, quote: string, isBytes: boolean, raw: boolean): string {
  const character = source.peek();
  if (source.done || (quote.length === 1 && character === '\n'))
    throw source.fail('The text is not closed.', `Write ${quote} after its last character.`, start);
  if (isBytes && character > '\x7f')
    throw source.fail('Bytes are written in ASCII.', 'Write \\xNN for each other byte.');
  if (character !== '\\') {
    source.at += 1;
    return character;
  }
  // A raw text keeps its backslashes, and the character behind one never ends it.
  if (!raw) return readEscape(source, isBytes);
  source.at += 2;
  return source.text.slice(source.at - 2, source.at);
}

const simple: Readonly<Record<string, string>> = {
  '\n': '',
  '\\': '\\',
  "'": "'",
  '"': '"',
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

/** How many hex digits each escape takes; `\u` and `\U` mean nothing in bytes. */
const hexEscapes: Readonly<Record<string, number>> = {x: 2, u: 4, U: 8};

function readEscape(source: Source, isBytes: boolean): string {
  const start = source.at;
  const letter = source.text[start + 1] ?? '';
  source.at += 1;
  const octal = source.match(/[0-7]{1,3}/y);
  // Bytes keep the low eight bits of \400 and above, as CPython does with a warning.
  if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8) & (isBytes ? 0xff : 0x1ff));
  if (simple[letter] !== undefined) {
    source.at += 1;
    return simple[letter];
  }
  if (letter === 'N' && !isBytes)
    throw source.fail(
      'Characters by name are not read here.',
      'Write \\uNNNN with the number of the character.',
      start,
    );
  const length = isBytes && letter !== 'x' ? undefined : hexEscapes[letter];
  // An escape that means nothing stands for itself, backslash included.
  if (length === undefined) return '\\';
  return hexEscape(source, start, letter, length);
}

function hexEscape(source: Source, start: number, letter: string, length: number): string {
  const hex = source.text.slice(source.at + 1, source.at + 1 + length);
  if (hex.length < length || !/^[\da-fA-F]+$/.test(hex))
    throw source.fail(
      `\\${letter} takes ${length} hex digits.`,
      `Write \\${letter}${'0'.repeat(length)} in full.`,
      start,
    );
  const codePoint = Number.parseInt(hex, 16);
  if (codePoint > 0x10ffff) throw source.fail('There is no such character.', 'The last one is \\U0010ffff.', start);
  source.at += 1 + length;
  return String.fromCodePoint(codePoint);
}
