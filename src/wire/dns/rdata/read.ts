import {toHex} from '../../text/hex.ts';
import type {Fault} from '../types.ts';
import {layouts} from './layouts.ts';
import {MalformedRdata, type RdataItem, RdataReader} from './reader.ts';

/** A field of RDATA as it stands in the message: like `WireField`, with a name of its own only. */
export interface RdataField {
  readonly offset: number;
  /** Bytes; 0 never occurs. */
  readonly length: number;
  /** `preference`, `exchange`, `strings[0]`. */
  readonly name: string;
  readonly value: string;
  /** One sentence. */
  readonly meaning: string;
  readonly targets?: readonly number[];
  readonly fault?: string;
}

export interface RdataRead {
  /** Every byte from start to end once, in order; bytes that make no sense are one field with `fault`. */
  readonly fields: readonly RdataField[];
  /** Set when the data is malformed, also where it ends too early and no byte is left to mark. */
  readonly fault?: Fault;
}

/** The fields of the RDATA that stands from `start` up to `end` in a message. Never throws. */
export function readRdata(message: Uint8Array, start: number, end: number, type: number): RdataRead {
  const {items, fault} = readItems(message, start, end, type);
  const fields: RdataField[] = [];
  for (const {offset, length, name, value, meaning, domain} of items)
    if (length > 0) {
      const targets = domain?.targets;
      fields.push({offset, length, name, value, meaning, ...(targets !== undefined && {targets})});
    }
  if (fault === undefined) return {fields};
  const last = fields.at(-1);
  const from = last === undefined ? start : last.offset + last.length;
  if (from < end)
    fields.push({
      offset: from,
      length: end - from,
      name: 'malformed',
      value: hexOf(message.subarray(from, end)),
      meaning: 'Bytes that cannot be read as this type of record.',
      fault: fault.reason,
    });
  return {fields, fault};
}

export interface ItemsRead {
  readonly items: readonly RdataItem[];
  readonly fault?: Fault;
}

/** The same with what text and canonical form need. */
export function readItems(message: Uint8Array, start: number, end: number, type: number): ItemsRead {
  const reader = new RdataReader(message, start, end);
  const layout = layouts.get(type);
  if (layout === undefined) {
    if (start < end) addUnknown(reader);
    return {items: reader.items};
  }
  try {
    for (const field of layout) field.kind.read(reader, field);
  } catch (error) {
    if (!(error instanceof MalformedRdata)) throw error;
    return {items: reader.items, fault: {offset: error.at, reason: error.message}};
  }
  if (reader.left === 0) return {items: reader.items};
  const reason = `The record has ${reader.left} more ${reader.left === 1 ? 'byte' : 'bytes'} than its fields.`;
  return {items: reader.items, fault: {offset: reader.at, reason}};
}

function addUnknown(reader: RdataReader): void {
  const offset = reader.at;
  const value = hexOf(reader.bytes(reader.left, 'data'));
  reader.add(offset, {name: 'data', value, meaning: 'Data of a type that is not known here (RFC 3597).'});
}

/** Up to 64 bytes, so that a field never becomes a wall. */
function hexOf(bytes: Uint8Array): string {
  return toHex(bytes.subarray(0, 64)) + (bytes.length > 64 ? '...' : '');
}
