import {createHash, type KeyObject, sign as signBytes} from 'node:crypto';
import {concat} from '../../wire/bytes.ts';
import {nameBytes} from '../../wire/dns/name.ts';
import {canonicalRdata} from '../../wire/dns/rdata/expand.ts';
import type {ResourceRecord} from '../../wire/dns/types.ts';
import {keyOf} from './zone.ts';

/** What is signed for a set: the fields of the RRSIG without the signature, then each record in canonical form (RFC 4034 §3.1.8.1). */
export function signedData(fields: Uint8Array, set: readonly ResourceRecord[]): Uint8Array {
  const owner = nameBytes(keyOf(set[0]!.name));
  const front = concat([owner, fields.subarray(0, 2), Uint8Array.of(0, 1), fields.subarray(4, 8)]);
  const data = set.map(record => canonicalRdata(record.type, record.data)).sort(Buffer.compare);
  return concat([fields, ...data.flatMap(one => [front, Uint8Array.of(one.length >> 8, one.length & 0xff), one])]);
}

/** RFC 4034 appendix B. */
export function keyTag(dnskey: Uint8Array): number {
  const sum = dnskey.reduce((all, byte, index) => all + (index % 2 === 0 ? byte << 8 : byte), 0);
  return (sum + ((sum >> 16) & 0xffff)) & 0xffff;
}

/** The digest of a DS with SHA-256 (RFC 4509 §2.1). */
export function keyDigest(owner: string, dnskey: Uint8Array): Uint8Array {
  return createHash('sha256')
    .update(nameBytes(keyOf(owner)))
    .update(dnskey)
    .digest();
}

/** A signature with ECDSA P-256 as DNSSEC has it: r and s, 32 bytes each (RFC 6605 §4). */
export function signature(privateKey: KeyObject, data: Uint8Array): Uint8Array {
  return signBytes('sha256', data, {key: privateKey, dsaEncoding: 'ieee-p1363'});
}
