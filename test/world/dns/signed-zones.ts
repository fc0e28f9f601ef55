import {readFileSync} from 'node:fs';
import {resolve} from 'node:path';
import type {ResourceRecord} from '../../../src/wire/dns/types.ts';
import {parseZone} from '../../../src/wire/dns/zone-file.ts';

/** Owner, type, and SHA-256 of what is signed. */
export type SignedVector = readonly [name: string, type: string, sha256: string];

export interface DnssecVectors {
  readonly madeWith: string;
  /** DS of the root of `tree`. */
  readonly anchor: string;
  readonly hashes: readonly (readonly [name: string, salt: string, iterations: number, hash: string])[];
  /** One zone, signed with each algorithm. */
  readonly small: readonly {
    readonly algorithm: string;
    readonly text: string;
    readonly sets: readonly SignedVector[];
    readonly keys: readonly {readonly data: string; readonly tag: number; readonly digests: readonly string[]}[];
  }[];
  /** A root and the zones below it, some of them wrong in one way. */
  readonly tree: readonly {readonly name: string; readonly text: string; readonly sets: readonly SignedVector[]}[];
}

/** What BIND, ldns and dnspython have made: see `make-dnssec.py`. */
export const dnssecVectors = JSON.parse(readFileSync(resolve('test/vectors/dnssec.json'), 'utf8')) as DnssecVectors;

export function recordsOf(text: string, origin: string): readonly ResourceRecord[] {
  const {records, faults} = parseZone(text, {origin, ttl: 3600});
  if (faults.length > 0) throw new Error(`${origin} line ${faults[0]!.line}: ${faults[0]!.says}`);
  return records;
}

export function hexOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
