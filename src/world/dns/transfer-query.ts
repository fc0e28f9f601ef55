import {randomInt} from 'node:crypto';
import {nameBytes} from '../../wire/dns/name.ts';
import type {TransferAsk} from './transfer.ts';

/** The query: for IXFR with the SOA that the asker has in the authority section, of which only the serial counts (RFC 1995 §3). */
export function transferQuery({zone, type, serial = 0, id = randomInt(65_536)}: TransferAsk): Uint8Array {
  const name = nameBytes(zone);
  const soa = type === 'IXFR' ? soaRecord(serial) : new Uint8Array(0);
  const query = new Uint8Array(12 + name.length + 4 + soa.length);
  const view = new DataView(query.buffer);
  view.setUint16(0, id);
  view.setUint16(4, 1);
  view.setUint16(8, soa.length > 0 ? 1 : 0);
  query.set(name, 12);
  view.setUint16(12 + name.length, type === 'IXFR' ? 251 : 252);
  view.setUint16(14 + name.length, 1);
  query.set(soa, 16 + name.length);
  return query;
}

/** Owner: a pointer to the question's name; both names of the data are the root. */
function soaRecord(serial: number): Uint8Array {
  const record = new Uint8Array(12 + 22);
  const view = new DataView(record.buffer);
  view.setUint16(0, 0xc00c);
  view.setUint16(2, 6);
  view.setUint16(4, 1);
  view.setUint16(10, 22);
  view.setUint32(14, serial >>> 0);
  return record;
}
