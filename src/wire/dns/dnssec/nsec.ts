import {compareNames, isSubdomain, parentOf, readName, sameName, wildcardOf} from '../name.ts';
import {typesIn} from '../rdata/bitmap.ts';
import {hidesBelow, lacks, type Proof} from './proof.ts';

/** An NSEC record (RFC 4034 §4): nothing is between the owner and the next name, and the owner has just these types. */
export interface Nsec {
  readonly owner: string;
  readonly next: string;
  readonly types: ReadonlySet<number>;
}

export function readNsec(owner: string, data: Uint8Array): Nsec | undefined {
  const next = readName(data, 0);
  const types = next.kind === 'name' ? typesIn(data.subarray(next.next)) : undefined;
  return next.kind !== 'name' || types === undefined ? undefined : {owner, next: next.text, types};
}

/** The name lies between owner and next; the last record of a zone goes round to its apex. */
export function covers({owner, next}: Nsec, name: string): boolean {
  if (compareNames(owner, name) >= 0) return false;
  return compareNames(name, next) < 0 || compareNames(next, owner) <= 0;
}

/** That there is no such name, nor a wildcard that could stand in for it (RFC 4035 §5.4). */
export function noName(records: readonly Nsec[], name: string): Proof {
  const covering = records.find(record => denies(record, name));
  if (covering === undefined) return {proved: false, says: `no NSEC record covers ${name}`};
  if (isSubdomain(covering.next, name)) return {proved: false, says: `${covering.next} shows that ${name} is there`};
  const wildcard = wildcardOf(closestEncloser(covering, name));
  return records.some(record => covers(record, wildcard))
    ? {proved: true, says: `nothing is between ${covering.owner} and ${covering.next}, and there is no ${wildcard}`}
    : {proved: false, says: `no NSEC record denies the wildcard ${wildcard}`};
}

/** That the name has no records of the type (RFC 4035 §5.4), also where it is there only because of names below it. */
export function noType(records: readonly Nsec[], name: string, type: number): Proof {
  const own = records.find(record => sameName(record.owner, name));
  if (own !== undefined) return lacks('NSEC', own.types, name, type);
  const covering = records.find(record => denies(record, name));
  if (covering === undefined) return {proved: false, says: `no NSEC record speaks of ${name}`};
  if (isSubdomain(covering.next, name))
    return {proved: true, says: `${name} has nothing but names below it, such as ${covering.next}`};
  const wildcard = wildcardOf(closestEncloser(covering, name));
  const stands = records.find(record => sameName(record.owner, wildcard));
  return stands === undefined
    ? {proved: false, says: `there is no ${name}, and nothing is said of ${wildcard}`}
    : lacks('NSEC', stands.types, wildcard, type);
}

/** That a wildcard was rightly used: the name itself is not there (RFC 4035 §5.3.4). */
export function notItself(records: readonly Nsec[], name: string): Proof {
  const covering = records.find(record => denies(record, name));
  return covering === undefined
    ? {proved: false, says: `no NSEC record shows that ${name} itself is not there`}
    : {proved: true, says: `nothing is between ${covering.owner} and ${covering.next}, so the wildcard stands in`};
}

function denies(record: Nsec, name: string): boolean {
  return covers(record, name) && !isAbove(record, name);
}

/** A record of an ancestor that is a cut or a DNAME says nothing of what is below (RFC 6840 §4.1). */
function isAbove(record: Nsec, name: string): boolean {
  return hidesBelow(record.types) && isSubdomain(name, record.owner) && !sameName(name, record.owner);
}

/** The longest ancestor of the name that one of the two ends has as well: it is there, for they are. */
function closestEncloser({owner, next}: Nsec, name: string): string {
  for (let above = parentOf(name); ; above = parentOf(above))
    if (above === '.' || isSubdomain(owner, above) || isSubdomain(next, above)) return above;
}
