import type {FieldsOf} from '../../journal/event.ts';
import {readJsonAsJavaScript} from '../../wire/json/read-javascript.ts';
import {readJsonAsPython} from '../../wire/json/read-python.ts';
import {jsonKey, writeJson} from '../../wire/json/write.ts';
import {packMessage} from '../../wire/msgpack/pack.ts';
import {unpackMessage} from '../../wire/msgpack/unpack.ts';
import type {Protocol} from '../../wire/pickle/dump-scalar.ts';
import {dumps} from '../../wire/pickle/dumps.ts';
import {loads} from '../../wire/pickle/loads.ts';
import {represent} from '../../wire/pickle/represent.ts';
import {differences} from '../../wire/python/differences.ts';
import type {PyValue} from '../../wire/python/value.ts';
import type {EncodingName, jsonEvents} from './json-shape.ts';
import {inStruct} from './json-struct.ts';
import {whyOf} from './json-why.ts';

type Fields = FieldsOf<typeof jsonEvents, 'encoding'>;

export interface Encoding {
  readonly fields: Fields;
  readonly bytes: Uint8Array | undefined;
}

/** Characters of what came back that are kept. */
const longest = 4096;

/** Writes the value in every encoding and reads each back. */
export function encodingsOf(value: PyValue, protocol: Protocol): readonly Encoding[] {
  return [inJson(value), inJavaScript(value), inPickle(value, protocol), inMessagePack(value), inRow(value)];
}

const outside = {
  framing: 'outside',
  frame: 'A stream of them needs a frame: the length in front of each, or a newline behind it.',
} as const;

function inJson(value: PyValue): Encoding {
  const written = writeJson(value);
  if (!written.ok) return refused('json', 'writing', written, outside);
  const read = readJsonAsPython(written.text);
  const shared = {text: written.text, ...outside};
  const bytes = new TextEncoder().encode(written.text);
  if (!read.ok) return refused('json', 'reading', read, shared, bytes);
  return back('json', value, {value: read.value, shown: represent(read.value, longest)}, shared, bytes);
}

function inJavaScript(value: PyValue): Encoding {
  const written = writeJson(value);
  if (!written.ok) return refused('javascript', 'writing', written, outside);
  const bytes = new TextEncoder().encode(written.text);
  const read = readJsonAsJavaScript(written.text);
  const shared = {text: written.text, ...outside};
  if (!read.ok) return refused('javascript', 'reading', read, shared, bytes);
  return back('javascript', value, {value: read.value, shown: read.shown.slice(0, longest)}, shared, bytes);
}

function inPickle(value: PyValue, protocol: Protocol): Encoding {
  const shared = {framing: 'itself', frame: 'Its STOP ends it: nothing is needed around it.'} as const;
  const bytes = dumps(value, {protocol, memo: 'all'});
  const read = loads(bytes);
  if (read.kind === 'fault') return refused('pickle', 'reading', read, shared, bytes);
  return back('pickle', value, {value: read.value, shown: represent(read.value, longest)}, shared, bytes);
}

function inMessagePack(value: PyValue): Encoding {
  const shared = {framing: 'itself', frame: 'Every value begins with what it is and how long it is.'} as const;
  const packed = packMessage(value);
  if (!packed.ok) return refused('msgpack', 'writing', packed, shared);
  const read = unpackMessage(packed.bytes);
  if (!read.ok) return refused('msgpack', 'reading', read, shared, packed.bytes);
  return back('msgpack', value, {value: read.value, shown: represent(read.value, longest)}, shared, packed.bytes);
}

function inRow(value: PyValue): Encoding {
  const packed = inStruct(value);
  const known = 'The format says how many: both ends must know it.';
  if (!packed.ok) return refused('struct', 'writing', packed, {framing: 'fixed', frame: known});
  const {format, bytes, back: read} = packed;
  const shared = {
    format,
    framing: 'fixed',
    frame: `Always ${bytes.length} bytes: both ends must know the format.`,
  } as const;
  return back('struct', value, {value: read, shown: represent(read, longest)}, shared, bytes);
}

type Shared = Pick<Fields, 'framing' | 'frame' | 'text' | 'format'>;

function back(
  name: EncodingName,
  went: PyValue,
  came: {readonly value: PyValue; readonly shown: string},
  shared: Shared,
  bytes: Uint8Array,
): Encoding {
  const named = name === 'json' || name === 'javascript';
  const found = differences(went, came.value, named ? {keyOf: textKey} : {});
  return {
    bytes,
    fields: {
      name,
      size: bytes.length,
      back: came.shown,
      ...shared,
      differences: found.map(({types, ...one}) => ({...one, why: whyOf(name, {...one, types})})),
    },
  };
}

/** JSON has texts for keys. */
function textKey(key: PyValue): PyValue | undefined {
  const text = jsonKey(key);
  return text === undefined ? undefined : {t: 'str', v: text};
}

function refused(
  name: EncodingName,
  when: 'writing' | 'reading',
  problem: {readonly class: string; readonly message: string},
  shared: Shared,
  bytes?: Uint8Array,
): Encoding {
  const {class: raised, message} = problem;
  return {
    bytes,
    fields: {
      name,
      ...(bytes !== undefined && {size: bytes.length}),
      ...shared,
      refused: {when, class: raised, message},
      differences: [],
    },
  };
}
