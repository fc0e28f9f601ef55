import {unhashable, uniqueEntries, uniqueItems} from './hash.ts';
import {readNumber} from './literal-number.ts';
import {LiteralError, type LiteralProblem, Source, valueHint} from './literal-source.ts';
import {readText} from './literal-text.ts';
import type {PyEntry, PyValue} from './value.ts';

export type LiteralResult<Value> = {readonly ok: true; readonly value: Value} | LiteralProblem;

/**
 * Read one Python literal, as `ast.literal_eval` does: `4253`, `-1`, `0xff`, `1.5`, `b'abc'`, `"abc"`, True, None,
 * tuples (also bare: `1, 2`), lists, dicts and sets. Beyond it, `inf`, `nan`, `frozenset({…})` and `bytearray(b'…')`,
 * as `repr` writes them. Nothing is evaluated. Complex numbers and f-strings are refused.
 */
export function readLiteral(text: string): LiteralResult<PyValue> {
  return reading(text, source => {
    const first = readValue(source, 0);
    source.skipSpace();
    if (source.peek() !== ',') return first;
    source.at += 1;
    return {t: 'tuple', v: [first, ...readItems(source, 0, '')]};
  });
}

/** Read the values of a command or a form: literals with commas or spaces between them, perhaps none. */
export function readLiterals(text: string): LiteralResult<readonly PyValue[]> {
  return reading(text, source => {
    const values: PyValue[] = [];
    source.skipSpace();
    while (!source.done) {
      values.push(readOne(source, 0));
      const end = source.at;
      source.skipSpace();
      if (source.peek() === ',') source.at += 1;
      else if (!source.done && source.at === end) throw source.unexpected();
      source.skipSpace();
    }
    return values;
  });
}

function reading<Value>(text: string, read: (source: Source) => Value): LiteralResult<Value> {
  const source = new Source(text);
  try {
    const value = read(source);
    source.skipSpace();
    if (!source.done) throw source.unexpected();
    return {ok: true, value};
  } catch (error) {
    if (error instanceof LiteralError) return error.problem;
    throw error;
  }
}

const deepest = 100;

/** A value; texts in a row are one text, as Python joins them. */
function readValue(source: Source, depth: number): PyValue {
  let value = readOne(source, depth);
  while (value.t === 'str' || value.t === 'bytes') {
    const end = source.at;
    source.skipSpace();
    const start = source.at;
    const more = readText(source);
    if (more === undefined) {
      source.at = end;
      break;
    }
    if (value.t === 'str' && more.t === 'str') value = {t: 'str', v: value.v + more.v};
    else if (value.t === 'bytes' && more.t === 'bytes') value = {t: 'bytes', v: joined(value.v, more.v)};
    else throw source.fail('Bytes and text cannot be joined.', 'Put b before both or before neither.', start);
  }
  return value;
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  const both = new Uint8Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}

const openers: Readonly<Record<string, (source: Source, depth: number) => PyValue>> = {
  '(': readParenthesis,
  '[': (source, depth) => ({t: 'list', v: readItems(source, depth, ']')}),
  '{': readBraces,
};

function readOne(source: Source, depth: number): PyValue {
  source.skipSpace();
  if (depth > deepest) throw source.fail('The value is nested too deeply.', `Go at most ${deepest} levels deep.`);
  const sign = source.match(/[+-]/y);
  if (sign !== undefined) return readSigned(source, sign);
  const plain = readNumber(source) ?? readText(source);
  if (plain !== undefined) return plain;
  const opener = openers[source.peek()];
  if (opener === undefined) return readWord(source, depth);
  source.at += 1;
  return opener(source, depth + 1);
}

function readSigned(source: Source, sign: string): PyValue {
  source.skipSpace();
  const number = readNumber(source);
  if (number?.t === 'int') return sign === '-' ? {t: 'int', v: -number.v} : number;
  if (number?.t === 'float') return sign === '-' ? {t: 'float', v: -number.v} : number;
  throw source.fail(`A number must follow the ${sign}.`, `Write the digits behind it: ${sign}1.`);
}

function readParenthesis(source: Source, depth: number): PyValue {
  source.skipSpace();
  if (source.match(/\)/y)) return {t: 'tuple', v: []};
  const first = readValue(source, depth);
  source.skipSpace();
  if (source.match(/\)/y)) return first;
  needComma(source, ')');
  return {t: 'tuple', v: [first, ...readItems(source, depth, ')')]};
}

/** Items with commas between them (and perhaps one behind the last), up to the closing character or the end. */
function readItems(source: Source, depth: number, close: string): PyValue[] {
  const items: PyValue[] = [];
  while (!atClose(source, close)) {
    items.push(readValue(source, depth));
    if (!atClose(source, close, false)) needComma(source, close);
  }
  source.at += close.length;
  return items;
}

function readBraces(source: Source, depth: number): PyValue {
  const entries: PyEntry[] = [];
  let isSet: boolean | undefined;
  while (!atClose(source, '}')) {
    const start = source.at;
    const key = readValue(source, depth);
    const name = unhashable(key);
    if (name !== undefined)
      throw source.fail(`A ${name} can be neither a key nor in a set.`, 'Use a tuple or bytes instead.', start);
    source.skipSpace();
    isSet ??= source.peek() !== ':';
    if (!isSet && source.match(/:/y) === undefined)
      throw source.fail('A dict has a value for each key.', 'Write a colon and the value.');
    entries.push([key, isSet ? key : readValue(source, depth)]);
    if (!atClose(source, '}', false)) needComma(source, '}');
  }
  source.at += 1;
  if (isSet === true) return {t: 'set', v: uniqueItems(entries.map(([key]) => key))};
  return {t: 'dict', v: uniqueEntries(entries)};
}

function atClose(source: Source, close: string, first = true): boolean {
  source.skipSpace();
  if (source.done && close !== '')
    throw source.fail(`The ${close} at the end is missing.`, first ? `Write ${close}.` : `Write ${close} or a comma.`);
  return close === '' ? source.done : source.peek() === close;
}

function needComma(source: Source, close: string): void {
  if (source.match(/,/y) === undefined)
    throw source.fail(
      'A comma is missing.',
      `Put a comma between two values${close && `, and ${close} behind the last`}.`,
    );
}

const words: ReadonlyMap<string, PyValue> = new Map<string, PyValue>([
  ['True', {t: 'bool', v: true}],
  ['False', {t: 'bool', v: false}],
  ['None', {t: 'none'}],
  ['Ellipsis', {t: 'ellipsis'}],
  ['...', {t: 'ellipsis'}],
]);
const mistaken: ReadonlyMap<string, string> = new Map([
  ['true', 'True'],
  ['false', 'False'],
  ['null', 'None'],
  ['none', 'None'],
]);

function readWord(source: Source, depth: number): PyValue {
  const start = source.at;
  const word = source.match(/[\p{L}_][\p{L}\p{N}_]*|\.\.\./uy);
  if (word === undefined) throw source.unexpected();
  const known = words.get(word);
  if (known !== undefined) return known;
  if (['set', 'frozenset', 'bytearray'].includes(word) && source.match(/\(/y)) return readCall(source, word, depth);
  const right = mistaken.get(word.toLowerCase());
  throw source.fail(
    `${word} is not a value.`,
    right === undefined ? `Put quotes around a text: '${word}'. ${valueHint}` : `Python writes ${right}.`,
    start,
  );
}

/** The three types that `repr` writes as calls. */
function readCall(source: Source, name: string, depth: number): PyValue {
  const start = source.at;
  const items = readItems(source, depth + 1, ')');
  const [only] = items;
  if (items.length > 1) throw source.fail(`${name}() takes one value.`, 'Leave the others out.', start);
  if (name === 'bytearray' && (only === undefined || only.t === 'bytes'))
    return {t: 'bytearray', v: only?.v ?? new Uint8Array(0)};
  if (name !== 'bytearray' && (only === undefined || only.t === 'set'))
    return {t: name === 'set' ? 'set' : 'frozenset', v: only?.v ?? []};
  throw source.fail(
    `${name}() is read only as Python writes it.`,
    name === 'bytearray' ? "Write bytearray(b'…')." : `Write ${name}({1, 2}).`,
    start,
  );
}
