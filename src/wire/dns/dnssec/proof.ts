import {types as numbers} from '../numbers.ts';

/** Whether records deny what they should, and in words how, or what is missing. */
export interface Proof {
  readonly proved: boolean;
  /** Without a capital and a full stop: it goes on a sentence. */
  readonly says: string;
  /** The name has NS records: it is delegated. */
  readonly delegated?: boolean;
  /** The span that covers the name may hold unsigned delegations (RFC 5155 §6). */
  readonly optOut?: boolean;
}

type Types = ReadonlySet<number>;

/** Whether a record that matches the name and lists these types proves that it has none of `type` (RFC 6840 §4.1, §4.4). */
export function lacks(by: 'NSEC' | 'NSEC3', types: Types, name: string, type: number): Proof {
  if (types.has(type)) return {proved: false, says: `${name} is said to have records of this type`};
  if (types.has(numbers.CNAME) && type !== numbers.CNAME)
    return {proved: false, says: `${name} is said to be an alias`};
  // At a cut both sides have one: the parent's, without SOA, speaks of DS only, and the child's of all else.
  if (isParents(types) && type !== numbers.DS)
    return {proved: false, says: `the ${by} of ${name} is the parent’s side of a cut`};
  if (type === numbers.DS && types.has(numbers.SOA) && name !== '.')
    return {proved: false, says: `the ${by} of ${name} is the child’s side of the cut`};
  return {proved: true, says: `the ${by} of ${name} does not list the type`, delegated: types.has(numbers.NS)};
}

/** The record of a name that is a cut or a DNAME says nothing of what is below (RFC 6840 §4.1). */
export function hidesBelow(types: Types): boolean {
  return isParents(types) || types.has(numbers.DNAME);
}

function isParents(types: Types): boolean {
  return types.has(numbers.NS) && !types.has(numbers.SOA);
}
