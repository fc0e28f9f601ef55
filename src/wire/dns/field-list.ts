import {toHex} from '../text/hex.ts';
import type {Section, WireField} from './types.ts';

/** Collects the fields of a message from front to back, so that none overlaps and none leaves a gap. */
export class FieldList {
  readonly bytes: Uint8Array;
  readonly fields: WireField[] = [];
  at = 0;
  /** Whether an OPT record came already. */
  hasOpt = false;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  get left(): number {
    return this.bytes.length - this.at;
  }

  word(at: number): number {
    return (this.bytes[at]! << 8) | this.bytes[at + 1]!;
  }

  add(
    name: string,
    length: number,
    value: string,
    meaning: string,
    place: {readonly section: Section; readonly entry?: number},
    more: {readonly targets?: readonly number[]; readonly fault?: string} = {},
  ): void {
    if (length === 0) return;
    const {section, entry} = place;
    const {targets, fault} = more;
    const {at: offset} = this;
    // A message of 64 KiB has tens of thousands: most are made in one go.
    let field: WireField =
      entry === undefined
        ? {offset, length, name, value, meaning, section}
        : {offset, length, name, value, meaning, section, entry};
    if (targets !== undefined) field = {...field, targets};
    if (fault !== undefined) field = {...field, fault};
    this.fields.push(field);
    this.at += length;
  }

  /** All bytes that are left, as one field. */
  rest(name: string, section: Section, meaning: string, more: {readonly entry?: number; readonly fault: string}): void {
    const {entry, fault} = more;
    const place = entry === undefined ? {section} : {section, entry};
    this.add(name, this.left, hexOf(this.bytes.subarray(this.at)), meaning, place, {fault});
  }

  /** A field that is there already is wrong, or tells of something that is not there: the last one where none is said. */
  blame(fault: string, index = this.fields.length - 1): void {
    const field = this.fields[index];
    if (field !== undefined) this.fields[index] = {...field, fault: field.fault ?? fault};
  }
}

/** Up to 64 bytes in hex. */
export function hexOf(bytes: Uint8Array): string {
  return toHex(bytes.subarray(0, 64)) + (bytes.length > 64 ? '...' : '');
}
