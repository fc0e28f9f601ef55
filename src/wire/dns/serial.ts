import {types} from './numbers.ts';
import type {ResourceRecord} from './types.ts';

/**
 * The serial number of a SOA record: the first of the five numbers that end its data (RFC 1035 §3.3.13). Nothing where the
 * record is of another type, or its data too short.
 */
export function serialOf({type, data}: ResourceRecord): number | undefined {
  if (type !== types.SOA || data.length < leastBytes) return undefined;
  return new DataView(data.buffer, data.byteOffset, data.length).getUint32(data.length - numbersBytes);
}

/** The same SOA record with another serial number. */
export function withSerial(soa: ResourceRecord, serial: number): ResourceRecord {
  const data = soa.data.slice();
  new DataView(data.buffer).setUint32(data.length - numbersBytes, serial);
  return {...soa, data};
}

/** RFC 1982 §3.2: negative when `a` is the earlier one; serials go round. */
export function compareSerials(a: number, b: number): number {
  return (a - b) | 0;
}

const numbersBytes = 20;

/** The numbers, and two names that are the root. */
const leastBytes = numbersBytes + 2;
