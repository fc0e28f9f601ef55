import {concat} from '../../bytes.ts';
import type {Field} from './kind.ts';
import {layouts} from './layouts.ts';
import {readItems} from './read.ts';

/** A name among the fields of a type. */
export interface RdataName {
  readonly field: string;
  /** A sender may use pointers in it: the types of RFC 1035 only (RFC 3597 §4). */
  readonly compressed: boolean;
  /** Its letters are made small in the canonical form (RFC 4034 §6.2, RFC 6840 §5.1). */
  readonly lowered: boolean;
}

/** The names in the RDATA of a type, in order. */
export function rdataNames(type: number): readonly RdataName[] {
  return namesOf.get(type) ?? [];
}

/** RDATA from a message, with every name in it written out. What is malformed stays as it is. */
export function expandRdata(message: Uint8Array, start: number, end: number, type: number): Uint8Array {
  const names = namesOf.get(type);
  if (names === undefined || !mayPoint(message, start, end)) return message.slice(start, end);
  const {items, fault} = readItems(message, start, end, type);
  if (fault !== undefined) return message.slice(start, end);
  return concat(items.map(({domain, offset, length}) => domain?.expanded ?? message.subarray(offset, offset + length)));
}

/** The canonical form of RDATA (RFC 4034 §6.2): no pointers, and the letters of certain names small. */
export function canonicalRdata(type: number, data: Uint8Array): Uint8Array {
  const names = namesOf.get(type);
  if (names === undefined || !names.some(({lowered}) => lowered)) return data;
  const {items, fault} = readItems(data, 0, data.length, type);
  if (fault !== undefined) return data;
  const canonical = data.slice();
  for (const {domain, offset, length} of items)
    if (domain?.lowered === true)
      for (let at = offset; at < offset + length; at++) canonical[at] = small(canonical[at]!);
  return canonical;
}

const namesOf: ReadonlyMap<number, readonly RdataName[]> = new Map(
  [...layouts].flatMap(([type, fields]) => {
    const names = fields.flatMap(nameOf);
    return names.length === 0 ? [] : [[type, names] as const];
  }),
);

function nameOf({name, kind}: Field): readonly RdataName[] {
  return kind.domain === undefined ? [] : [{field: name, ...kind.domain}];
}

/** Whether a byte could start a pointer: without one there is nothing to write out, and that is quickly seen. */
function mayPoint(message: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if (message[at]! >= 0xc0) return true;
  return false;
}

/** Lengths of labels end at 63, before the capitals begin, so they may pass here too. */
function small(byte: number): number {
  return byte >= 0x41 && byte <= 0x5a ? byte + 0x20 : byte;
}
