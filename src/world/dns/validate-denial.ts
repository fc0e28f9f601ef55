import type {ZoneKey} from '../../wire/dns/dnssec/key.ts';
import * as nsec from '../../wire/dns/dnssec/nsec.ts';
import {mostIterations, Nsec3Proofs, readNsec3} from '../../wire/dns/dnssec/nsec3.ts';
import type {Proof} from '../../wire/dns/dnssec/proof.ts';
import {sameName} from '../../wire/dns/name.ts';
import {extendedErrors, types} from '../../wire/dns/numbers.ts';
import type {ResourceRecord} from '../../wire/dns/types.ts';
import {sha1} from './crypto.ts';
import {checkSet, setsOf} from './validate-set.ts';

/** The signed records of a response that say what is not there. */
export interface Denial {
  noName(name: string): Proof;
  noType(name: string, type: number): Proof;
  /** A wildcard that was signed with so many labels was rightly used for the name. */
  notItself(name: string, signedLabels: number): Proof;
}

export type DenialRead =
  | {readonly kind: 'denial'; readonly denial: Denial}
  /** Too much work to check (RFC 9276 §3.2): the zone counts as unsigned. */
  | {readonly kind: 'costly'; readonly says: string; readonly code: number}
  | {readonly kind: 'wrong'; readonly says: string; readonly code: number};

/** The NSEC or NSEC3 records among the authorities, those whose signatures hold. `now`: Unix seconds. */
export function readDenial(
  authorities: readonly ResourceRecord[],
  zone: string,
  keys: readonly ZoneKey[],
  now: number,
): DenialRead {
  // Of an answer that went over aliases the authorities are of several zones; each speaks for its own.
  const sets = setsOf(authorities).filter(
    ({type, signatures}) =>
      (type === types.NSEC || type === types.NSEC3) &&
      (signatures.length === 0 || signatures.some(({signer}) => sameName(signer, zone))),
  );
  if (sets.length === 0)
    return {kind: 'wrong', says: 'no NSEC or NSEC3 record came with it', code: extendedErrors.noDenial};
  const good: ResourceRecord[] = [];
  for (const set of sets) {
    const checked = checkSet(set, zone, keys, now);
    if (!checked.ok) return {kind: 'wrong', says: `the denial: ${checked.says}`, code: checked.code};
    // A wildcard's expansion denies nothing: the record must be the one that was signed (RFC 4035 §5.4).
    if (!checked.expanded) good.push(...set.records);
  }
  const spans = good.filter(({type}) => type === types.NSEC).map(({name, data}) => nsec.readNsec(name, data));
  const plain = spans.filter(span => span !== undefined);
  if (plain.length > 0)
    return {
      kind: 'denial',
      denial: {
        noName: name => nsec.noName(plain, name),
        noType: (name, type) => nsec.noType(plain, name, type),
        notItself: name => nsec.notItself(plain, name),
      },
    };
  const hashed = good.map(({name, data}) => readNsec3(name, data)).filter(record => record !== undefined);
  const [first] = hashed;
  if (first === undefined)
    return {kind: 'wrong', says: 'its NSEC and NSEC3 records are malformed', code: extendedErrors.noDenial};
  if (hashed.some(({hashAlgorithm}) => hashAlgorithm !== 1))
    return {kind: 'costly', says: 'its NSEC3 records use an unknown hash', code: extendedErrors.unknownDigest};
  const most = Math.max(...hashed.map(({iterations}) => iterations));
  if (most > mostIterations)
    return {
      kind: 'costly',
      says: `its NSEC3 records ask for ${most} iterations, more than ${mostIterations}`,
      code: extendedErrors.manyIterations,
    };
  return {kind: 'denial', denial: new Nsec3Proofs(hashed, zone, sha1)};
}
