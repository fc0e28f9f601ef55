import {readLiterals} from '../../wire/python/literal.ts';
import {repr, reprTuple} from '../../wire/python/repr.ts';
import type {PyValue} from '../../wire/python/value.ts';
import {StructError} from '../../wire/struct/error.ts';
import {fieldsOf} from '../../wire/struct/layout.ts';
import {Struct} from '../../wire/struct/struct.ts';
import {fromPython, toPython, type Value} from '../../wire/struct/value.ts';
import {toHex} from '../../wire/text/hex.ts';
import {parseHex} from '../../wire/text/parse-hex.ts';
import {adviceFor, entryOf} from './struct-advice.ts';
import {ordersOf} from './struct-orders.ts';
import {rowsOf, size} from './struct-rows.ts';
import type {AnswerFields, RefusalFields, StructAsk} from './struct-shape.ts';

export interface Computed {
  readonly ok: true;
  readonly ask: StructAsk;
  readonly bytes: Uint8Array | undefined;
  /** The values as Python literals, of the first record when there are several. */
  readonly literals: string;
  readonly fields: AnswerFields;
}

export type Outcome = Computed | {readonly ok: false; readonly fields: RefusalFields};

export interface Given {
  /** Bytes to use instead of what stands under values: read from standard input, or edited. */
  readonly bytes?: Uint8Array;
  /** List every value, for a command; otherwise as many as a pane can show. */
  readonly all?: boolean;
}

/** A pane lists so many values or records; the rest is counted. */
const mostValues = 4096;

/** No more is packed: to ask for a larger struct while typing must not freeze the screen. */
const largestPacked = 2 ** 24;

/** JavaScript takes no more arguments than about this. */
const mostArguments = 65_536;

/** What the engine says to an ask: the answer, or the error in Python's words with a place and a next step. */
export function compute(ask: StructAsk, given: Given = {}): Outcome {
  let values: readonly PyValue[] = [];
  let bytes = given.bytes;
  if (ask.op === 'pack' && bytes === undefined) {
    const read = readValues(ask.values);
    if ('ok' in read) return read;
    values = read;
  } else if (ask.op !== 'calcsize' && bytes === undefined) {
    const typed = parseHex(ask.values);
    if (typed.kind === 'error') return unreadable(ask.values, typed.at, typed.sentence);
    bytes = typed.bytes;
  }
  let struct: Struct | undefined;
  try {
    struct = new Struct(ask.format, {python: ask.python, mode: 'interpreted'});
    if (ask.op === 'calcsize') return answer(ask, struct, undefined, [], 0);
    if (bytes !== undefined) return unpacked(ask, struct, bytes, given.all === true);
    if (struct.size > largestPacked && values.length === struct.items) return tooLarge(ask);
    const packed = struct.pack(...values.map(fromPython));
    // Read back in the words of 3.13, which has no error where 3.11 packs a 0p that it cannot unpack.
    const reader = new Struct(ask.format, {mode: 'interpreted'});
    return unpacked({...ask, op: 'unpack'}, reader, packed, given.all === true, ask);
  } catch (error) {
    if (!(error instanceof StructError)) throw error;
    const attempt = {format: ask.format, layout: struct?.layout ?? [], values, given: bytes?.length ?? 0};
    return {ok: false, fields: refusal(ask, error, adviceFor(error, attempt), struct)};
  }
}

function readValues(text: string): readonly PyValue[] | Outcome {
  const read = readLiterals(text);
  if (read.ok && read.value.length <= mostArguments) return read.value;
  if (read.ok)
    return unreadable(text, 0, `These are ${read.value.length} values. Pack up to ${mostArguments} at once.`);
  const word = /^[\p{L}_][\p{L}\p{N}_]*/u.exec(text.slice(read.offset))?.[0];
  if (word === undefined || /^(true|false|none|null)$/i.test(word))
    return unreadable(text, read.offset, `${read.message} ${read.next}`);
  const bytes = /^b./.test(word) ? word.slice(1) : word;
  const advice = `Bytes are written b'${bytes}', and on a command line "b'${bytes}'", for a shell takes quotes away.`;
  return unreadable(text, read.offset, `${word} is not a value. ${advice}`);
}

/** A text that is no value at all: our own sentence, not Python's. */
function unreadable(text: string, at: number, sentence: string): Outcome {
  const [, message = sentence, next] = /^(.*?[.!?]) ([A-Z].*)$/s.exec(sentence) ?? [];
  return {ok: false, fields: {message, ...(next !== undefined && {next}), field: 'values', text, at, end: at + 1}};
}

function tooLarge({format}: StructAsk): Outcome {
  const message = `This struct has more than ${largestPacked} bytes.`;
  return {ok: false, fields: {message, next: 'calcsize still says how many.', field: 'format', text: format}};
}

function refusal(ask: StructAsk, error: StructError, next: string | undefined, struct: Struct | undefined) {
  const {valueIndex} = error;
  const entry = struct === undefined || valueIndex === undefined ? undefined : entryOf(struct.layout, valueIndex);
  const at = error.formatAt ?? entry?.at;
  const offset = /offset/.test(error.message);
  const bytes = /requires a buffer/.test(error.message);
  const field = offset ? 'offset' : bytes ? 'values' : 'format';
  return {
    class: error.pythonClass,
    message: error.message,
    ...(next !== undefined && {next}),
    field,
    text: offset ? String(ask.offset) : bytes ? ask.values : ask.format,
    ...(at !== undefined && {at: at[0], end: at[1]}),
  } as const;
}

/** Bytes to values, as the op reads them. `shown` is what was asked when the bytes have just been packed. */
function unpacked(ask: StructAsk, struct: Struct, bytes: Uint8Array, all: boolean, shown = ask): Outcome {
  const most = all ? Number.POSITIVE_INFINITY : mostValues;
  if (ask.op === 'iter_unpack') {
    const records: (readonly Value[])[] = [];
    const iterator = struct.iterUnpack(bytes);
    for (const record of iterator) if (records.push(record) >= most) break;
    return answer(shown, struct, bytes, records, 0, most);
  }
  const start = ask.op === 'unpack_from' && ask.offset < 0 ? bytes.length + ask.offset : ask.offset;
  if (ask.op === 'unpack_from')
    return answer(shown, struct, bytes, [struct.unpackFrom(bytes, ask.offset)], start, most);
  // What was edited is shown also where the op is pack, so the values are read from the bytes.
  return answer(shown, struct, bytes, [struct.unpack(bytes)], 0, most);
}

function answer(
  ask: StructAsk,
  struct: Struct,
  bytes: Uint8Array | undefined,
  records: readonly (readonly Value[])[],
  start: number,
  most = 0,
): Computed {
  const codes = codesOf(struct, records[0]?.length ?? 0);
  const texts = records.map(values => values.map((value, index) => repr(toPython(value, codes[index] ?? ''))));
  const several = ask.op === 'iter_unpack';
  const length = Number(struct.size);
  const placements =
    bytes === undefined
      ? [{start: 0, values: []}]
      : texts.map((values, record) => ({
          start: start + record * length,
          values,
          ...(several && {record}),
        }));
  const rows = rowsOf(struct.layout, placements);
  const count = several && bytes !== undefined && length > 0 ? bytes.length / length : records.length;
  const values = several ? texts.map(reprTuple) : (texts[0] ?? []).slice(0, most);
  const total = several ? count : (records[0]?.length ?? 0);
  return {
    ok: true,
    ask,
    bytes,
    literals: (texts[0] ?? []).join(', '),
    fields: {
      op: ask.op,
      format: ask.format,
      size: size(struct.size),
      items: size(struct.items),
      start,
      records: count,
      values,
      more: total - values.length,
      fields: rows.fields,
      moreFields: rows.more,
      ...(bytes !== undefined && !several && ordersOf(ask, struct, bytes.subarray(start, start + length), codes)),
    },
  };
}

function codesOf(struct: Struct, most: number): string[] {
  const codes: string[] = [];
  for (const [, , code] of fieldsOf(struct.layout)) {
    if (codes.length >= most) break;
    codes.push(code);
  }
  return codes;
}

/** The bytes that `pack` makes of these literals when they are others than these, in hex. */
export function repackedOf(ask: StructAsk, literals: string, bytes: Uint8Array): string | undefined {
  const packed = compute({...ask, op: 'pack', values: literals});
  const hex = packed.ok && packed.bytes !== undefined ? toHex(packed.bytes) : undefined;
  return hex === toHex(bytes) ? undefined : hex;
}

export const sentenceOf = ({class: name, message}: RefusalFields) =>
  name === undefined ? message : `${name}: ${message}`;
