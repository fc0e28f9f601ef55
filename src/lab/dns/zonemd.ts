import {createHash} from 'node:crypto';
import {compareBytes, concat} from '../../wire/bytes.ts';
import {compareNames, nameBytes} from '../../wire/dns/name.ts';
import {classes, types} from '../../wire/dns/numbers.ts';
import {canonicalRdata} from '../../wire/dns/rdata/expand.ts';
import {serialOf} from '../../wire/dns/serial.ts';
import type {ResourceRecord} from '../../wire/dns/types.ts';
import {keyOf, type Zone} from './zone.ts';

/** Scheme SIMPLE and hash SHA-384 (RFC 8976 §2.2). */
const [simple, sha384] = [1, 1];
const digestAt = 6;

/** A digest of the whole zone, its 48 bytes still to be filled in: it must be there before the NSEC chain is made. */
export function emptyZoneDigest(soa: ResourceRecord): ResourceRecord {
  const data = new Uint8Array(digestAt + 48);
  new DataView(data.buffer).setUint32(0, serialOf(soa)!);
  data.set([simple, sha384], 4);
  return {name: soa.name, type: types.ZONEMD, class: classes.IN, ttl: soa.ttl, data};
}

/** Fills the digest in, over every record in canonical order but the digest and its own signature (RFC 8976 §3.3.1). */
export function fillZoneDigest(zone: Zone, record: ResourceRecord): void {
  const records = [...zone.sets()]
    .filter(set => set[0]!.type !== types.ZONEMD)
    .flatMap(set => [...set, ...(zone.signatures(set) ?? [])])
    .map(one => ({...one, data: canonicalRdata(one.type, one.data)}))
    .sort((a, b) => compareNames(a.name, b.name) || a.type - b.type || compareBytes(a.data, b.data));
  const hash = createHash('sha384');
  for (const one of records) hash.update(canonical(one));
  record.data.set(hash.digest(), digestAt);
}

function canonical({name, type, class: code, ttl, data}: ResourceRecord): Uint8Array {
  const fixed = new Uint8Array(10);
  const view = new DataView(fixed.buffer);
  view.setUint16(0, type);
  view.setUint16(2, code);
  view.setUint32(4, ttl);
  view.setUint16(8, data.length);
  return concat([nameBytes(keyOf(name)), fixed, data]);
}
