import type {ResourceRecord} from '../../wire/dns/types.ts';

/** The serial number of a SOA record: the first of the five numbers that end its data (RFC 1035 §3.3.13). */
export function serialOf({data}: ResourceRecord): number {
  return new DataView(data.buffer, data.byteOffset, data.length).getUint32(data.length - 20);
}

export function withSerial(soa: ResourceRecord, serial: number): ResourceRecord {
  const data = soa.data.slice();
  new DataView(data.buffer).setUint32(data.length - 20, serial);
  return {...soa, data};
}

/** RFC 1982 §3.2: negative when `a` is the earlier one; serials go round. */
export function compareSerials(a: number, b: number): number {
  return (a - b) | 0;
}
