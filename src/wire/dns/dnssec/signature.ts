import {compareBytes, concat} from '../../bytes.ts';
import {labelsOf, nameBytes, readName} from '../name.ts';
import {canonicalRdata} from '../rdata/expand.ts';
import type {ResourceRecord} from '../types.ts';

/** An RRSIG record's data (RFC 4034 §3.1). Times are Unix seconds modulo 2^32. */
export interface Signature {
  readonly covered: number;
  readonly algorithm: number;
  /** Labels of the owner that was signed, without the root and without the asterisk of a wildcard. */
  readonly labels: number;
  readonly originalTtl: number;
  readonly expiration: number;
  readonly inception: number;
  readonly keyTag: number;
  readonly signer: string;
  readonly bytes: Uint8Array;
}

/** `undefined` when it is too short, or its signer is no name. */
export function readSignature(data: Uint8Array): Signature | undefined {
  const signer = data.length < fixedBytes ? undefined : readName(data, fixedBytes);
  if (signer?.kind !== 'name') return undefined;
  const view = new DataView(data.buffer, data.byteOffset, data.length);
  return {
    covered: view.getUint16(0),
    algorithm: view.getUint8(2),
    labels: view.getUint8(3),
    originalTtl: view.getUint32(4),
    expiration: view.getUint32(8),
    inception: view.getUint32(12),
    keyTag: view.getUint16(16),
    signer: signer.text,
    bytes: data.subarray(signer.next),
  };
}

/** The fields before the signer's name. */
const fixedBytes = 18;

/**
 * What is signed: the RRSIG's fields without the signature, then each record of the set in canonical form and order,
 * with the TTL that was signed and, for a wildcard's expansion, the wildcard as its owner (RFC 4034 §3.1.8.1, §6).
 */
export function signedData(signature: Omit<Signature, 'bytes'>, set: readonly ResourceRecord[]): Uint8Array {
  const [first] = set;
  if (first === undefined) throw new RangeError('A set has at least one record');
  const fields = new Uint8Array(fixedBytes);
  const view = new DataView(fields.buffer);
  view.setUint16(0, signature.covered);
  view.setUint8(2, signature.algorithm);
  view.setUint8(3, signature.labels);
  view.setUint32(4, signature.originalTtl);
  view.setUint32(8, signature.expiration);
  view.setUint32(12, signature.inception);
  view.setUint16(16, signature.keyTag);
  const front = new Uint8Array(8);
  const head = new DataView(front.buffer);
  head.setUint16(0, first.type);
  head.setUint16(2, first.class);
  head.setUint32(4, signature.originalTtl);
  const owner = nameBytes(signedOwner(first.name, signature.labels));
  const data = inOrder(set.map(record => canonicalRdata(record.type, record.data)));
  const records = data.flatMap(one => [owner, front, Uint8Array.of(one.length >> 8, one.length & 0xff), one]);
  return concat([fields, nameBytes(signature.signer.toLowerCase()), ...records]);
}

/** Whether the set was made from a wildcard: its owner has more labels than were signed (RFC 4035 §5.3.4). */
export function isExpanded(name: string, {labels}: Pick<Signature, 'labels'>): boolean {
  return countedLabels(name) > labels;
}

/** RFC 4034 §3.1.3: neither the root nor the asterisk of a wildcard is counted. */
export function countedLabels(name: string): number {
  const labels = labelsOf(name);
  return labels[0] === '*' ? labels.length - 1 : labels.length;
}

function signedOwner(name: string, signed: number): string {
  const low = name.toLowerCase();
  const labels = labelsOf(low);
  if (countedLabels(low) <= signed) return low;
  return ['*', ...labels.slice(labels.length - signed), ''].join('.');
}

/** Ordered as bytes, and a record that comes twice only once (RFC 4034 §6.3). */
function inOrder(all: readonly Uint8Array[]): readonly Uint8Array[] {
  return all
    .toSorted(compareBytes)
    .filter((one, index, sorted) => index === 0 || compareBytes(sorted[index - 1]!, one) !== 0);
}
