import {isIP} from 'node:net';
import {domainToASCII} from 'node:url';
import {nameBytes, parseName, reverseName} from '../../wire/dns/name.ts';
import {types} from '../../wire/dns/numbers.ts';
import {typeName, typeNumber} from '../../wire/dns/tables.ts';

/** A question as it stands on a line. */
export interface Asked {
  readonly name: string;
  readonly type: number;
}

export type LineRead =
  | {readonly kind: 'question'; readonly asked: Asked}
  | {readonly kind: 'nothing'}
  | {readonly kind: 'bad'; readonly says: string};

/** What is kept of a line: the longest name as text, every byte of it `\DDD`, and a type. */
export const longestLine = 1200;

/**
 * Reads `name`, or `name type` as dnsperf has it. Lines that are empty or begin with `#` or `;` say nothing. An address is taken
 * for the name that its PTR records have, where the type is PTR.
 */
export function readLine(line: string, type: number): LineRead {
  const text = line.trim();
  if (text === '' || text.startsWith('#') || text.startsWith(';')) return {kind: 'nothing'};
  if (text.length > longestLine) return {kind: 'bad', says: `The line has more than ${longestLine} characters`};
  const [word = '', typeWord, ...more] = text.split(/[\s]+/);
  if (more.length > 0) return {kind: 'bad', says: `“${more[0]}” has no place behind a name and a type`};
  const asked = typeWord === undefined ? type : typeNumber(typeWord.toUpperCase());
  if (asked === undefined) return {kind: 'bad', says: `There is no record type “${typeWord}”`};
  if (asked === types.IXFR || asked === types.AXFR)
    return {kind: 'bad', says: `${typeName(asked)} is not asked for in bulk`};
  const parsed = parseName(asciiName(asked === 12 && isIP(word) !== 0 ? (reverseName(word) ?? word) : word));
  return parsed.ok ? {kind: 'question', asked: {name: parsed.name, type: asked}} : {kind: 'bad', says: parsed.says};
}

/** The question as it stands in a message, class IN (RFC 1035 §4.1.2). */
export function questionBytes({name, type}: Asked): Uint8Array {
  const bytes = nameBytes(name);
  const question = new Uint8Array(bytes.length + 4);
  question.set(bytes);
  question.set([type >> 8, type & 0xff, 0, 1], bytes.length);
  return question;
}

/** Names with other letters are asked for in their ASCII form (RFC 5891 §4.4). One that has none stays, and is refused. */
function asciiName(name: string): string {
  return /^[\x00-\x7f]*$/.test(name) ? name : domainToASCII(name) || name;
}

/**
 * Lines of a stream of bytes, in the groups in which they came. A line that is too long to mean anything is cut, so that
 * a file without line ends takes no memory.
 */
export async function* linesOf(chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): AsyncGenerator<string[]> {
  const decoder = new TextDecoder('utf-8');
  let rest = '';
  for await (const chunk of chunks) {
    const lines = (rest + decoder.decode(chunk, {stream: true})).split('\n');
    rest = lines.pop()!.slice(0, longestLine + 1);
    yield lines;
  }
  rest += decoder.decode();
  if (rest !== '') yield [rest];
}

/** How many lines say something: those that `readLine` takes for questions, and those it refuses. */
export async function countLines(chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Promise<number> {
  let count = 0;
  let undecided = true;
  for await (const chunk of chunks)
    for (const byte of chunk) {
      if (byte === newline) undecided = true;
      else if (undecided && !blanks.has(byte)) {
        undecided = false;
        if (byte !== hash && byte !== semicolon) count++;
      }
    }
  return count;
}

const [newline, hash, semicolon] = [0x0a, 0x23, 0x3b];
const blanks = new Set([0x09, 0x0d, 0x20]);
