import {type PyValue, typeName} from '../../wire/python/value.ts';
import {StructError} from '../../wire/struct/error.ts';
import {Struct} from '../../wire/struct/struct.ts';
import {fromPython, type Packable, toPython} from '../../wire/struct/value.ts';

export type InStruct =
  | {readonly ok: true; readonly format: string; readonly bytes: Uint8Array; readonly back: PyValue}
  | {readonly ok: false; readonly class: string; readonly message: string};

/**
 * A flat row of numbers, booleans, texts and bytes in network byte order, with the smallest usual code for each: `i`, `q`
 * or `Q`, `d`, `?` and `s`. struct knows no texts, so they go as UTF-8; and no names, so a dict has no place in it.
 */
export function inStruct(value: PyValue): InStruct {
  const items = value.t === 'list' || value.t === 'tuple' ? value.v : [value];
  const slots: Slot[] = [];
  for (const item of items) {
    const slot = slotFor(item, items.length === 1 && items[0] === value);
    if (typeof slot === 'string') return {ok: false, class: 'no format', message: slot};
    slots.push(slot);
  }
  const format = `!${slots.map(({code}) => code).join('')}`;
  try {
    const struct = new Struct(format);
    const bytes = struct.pack(...slots.map(({packed}) => packed));
    const back = struct.unpack(bytes).map((read, index) => toPython(read, slots[index]!.code.replace(/^\d+/, '')));
    return {ok: true, format, bytes, back: {t: 'tuple', v: back}};
  } catch (error) {
    if (error instanceof StructError) return {ok: false, class: error.pythonClass, message: error.message};
    throw error;
  }
}

interface Slot {
  readonly code: string;
  readonly packed: Packable;
}

/** The code for one value, or why there is none. */
function slotFor(item: PyValue, alone: boolean): Slot | string {
  switch (item.t) {
    case 'bool':
      return {code: '?', packed: item.v};
    case 'float':
      return {code: 'd', packed: fromPython(item)};
    case 'int':
      return integerSlot(item.v);
    case 'bytes':
    case 'bytearray':
      return {code: `${item.v.length}s`, packed: item.v};
    case 'str': {
      if (!item.v.isWellFormed()) return 'a text with a surrogate alone has no UTF-8';
      const bytes = new TextEncoder().encode(item.v);
      return {code: `${bytes.length}s`, packed: bytes};
    }
    default: {
      const where = alone ? '' : ' inside another';
      return `struct packs a flat row of numbers, texts and bytes, and has no code for a ${typeName(item)}${where}`;
    }
  }
}

function integerSlot(value: bigint): Slot | string {
  if (BigInt.asIntN(32, value) === value) return {code: 'i', packed: value};
  if (BigInt.asIntN(64, value) === value) return {code: 'q', packed: value};
  if (BigInt.asUintN(64, value) === value) return {code: 'Q', packed: value};
  return 'struct has no code for an integer of more than 64 bits';
}
