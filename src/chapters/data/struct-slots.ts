import {readLiterals} from '../../wire/python/literal.ts';
import type {PyValue} from '../../wire/python/value.ts';
import type {CodeKind} from '../../wire/struct/codes.ts';
import {StructError} from '../../wire/struct/error.ts';
import {parseFormat} from '../../wire/struct/format.ts';
import {type LayoutEntry, layoutOf} from '../../wire/struct/layout.ts';
import {Struct} from '../../wire/struct/struct.ts';
import {asInteger, fromPython, PyFloat, truth} from '../../wire/struct/value.ts';
import {toHex} from '../../wire/text/hex.ts';
import {parseHex} from '../../wire/text/parse-hex.ts';
import type {StructAsk} from './struct-shape.ts';

/** One field of a struct, as a program in another language has to write or read it. */
export interface Slot {
  readonly code: string;
  readonly kind: CodeKind;
  readonly offset: number;
  readonly size: number;
  readonly little: boolean;
  /** What is packed there, made plain. Absent when bytes are read. */
  readonly value: Plain | undefined;
}

export type Plain =
  | {readonly t: 'int'; readonly v: bigint}
  | {readonly t: 'float'; readonly v: number}
  | {readonly t: 'bytes'; readonly v: Uint8Array};

export interface Slots {
  readonly size: number;
  readonly slots: readonly Slot[];
  readonly layout: readonly LayoutEntry[];
}

/** Programs with more fields than this would be no help to anyone. */
const mostSlots = 64;
const largest = 65_536;

/** The fields of what is asked; undefined where Python refuses it, or where there are too many to write out. */
export function slotsOf(ask: StructAsk): Slots | undefined {
  try {
    const {layout, size, items, little} = readFormat(ask.format);
    if (size > largest || layout.length > 2 * mostSlots) return undefined;
    if (ask.op === 'calcsize') return {size: Number(size), slots: [], layout};
    if (items > mostSlots) return undefined;
    const values = ask.op === 'pack' ? packable(ask) : undefined;
    if (ask.op === 'pack' && values === undefined) return undefined;
    const slots = layout.flatMap(entry =>
      entry.kind === 'pad'
        ? []
        : Array.from({length: Number(entry.count)}, (_, index) => {
            const given = values?.[Number(entry.index) + index];
            return {
              code: entry.code,
              kind: entry.type,
              offset: Number(entry.offset) + index * Number(entry.size),
              size: Number(entry.size),
              little,
              value: given === undefined ? undefined : plain(given, entry.type),
            };
          }),
    );
    return {size: Number(size), slots, layout};
  } catch (error) {
    if (error instanceof StructError) return undefined;
    throw error;
  }
}

function readFormat(text: string) {
  const format = parseFormat(text);
  return {layout: layoutOf(format), size: format.size, items: format.items, little: format.little};
}

/** The values, when Python takes them. */
function packable({format, values}: StructAsk): readonly PyValue[] | undefined {
  const read = readLiterals(values);
  if (!read.ok || read.value.length > mostSlots) return undefined;
  new Struct(format, {mode: 'interpreted'}).pack(...read.value.map(fromPython));
  return read.value;
}

function plain(given: PyValue, kind: CodeKind): Plain {
  const value = fromPython(given);
  if (given.t === 'bytes' || given.t === 'bytearray') {
    if (kind !== 'bool') return {t: 'bytes', v: given.v};
  }
  if (kind === 'bool') return {t: 'int', v: truth(value) ? 1n : 0n};
  if (kind === 'float') return {t: 'float', v: value instanceof PyFloat ? value.value : Number(asInteger(value) ?? 0n)};
  return {t: 'int', v: asInteger(value) ?? 0n};
}

/** The bytes to unpack, as hex without anything between; undefined when they come from standard input. */
export function hexOf({values}: StructAsk): string | undefined {
  if (values.trim() === '-') return undefined;
  const typed = parseHex(values);
  if (typed.kind === 'error') return values;
  return toHex(typed.bytes);
}
