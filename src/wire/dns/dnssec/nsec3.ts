import {compareBytes, concat} from '../../bytes.ts';
import {fromBase32Hex} from '../../text/base64.ts';
import {labelsOf, nameBytes, parentOf, sameName, wildcardOf} from '../name.ts';
import {types} from '../numbers.ts';
import {typesIn} from '../rdata/bitmap.ts';
import {hidesBelow, lacks, type Proof} from './proof.ts';

/** An NSEC3 record (RFC 5155 §3): no name has a hash between the owner's and the next. */
export interface Nsec3 {
  readonly zone: string;
  readonly hash: Uint8Array;
  readonly next: Uint8Array;
  readonly hashAlgorithm: number;
  readonly optOut: boolean;
  readonly iterations: number;
  readonly salt: Uint8Array;
  readonly types: ReadonlySet<number>;
}

export type HashFunction = (bytes: Uint8Array) => Uint8Array;

/** `undefined` when the data is cut, or the owner's first label is no hash. */
export function readNsec3(owner: string, data: Uint8Array): Nsec3 | undefined {
  const hash = fromBase32Hex(labelsOf(owner)[0] ?? '');
  const saltEnd = 5 + (data[4] ?? 0);
  const nextEnd = saltEnd + 1 + (data[saltEnd] ?? 0);
  const listed = nextEnd <= data.length ? typesIn(data.subarray(nextEnd)) : undefined;
  if (hash === undefined || listed === undefined) return undefined;
  return {
    zone: parentOf(owner),
    hash,
    next: data.subarray(saltEnd + 1, nextEnd),
    hashAlgorithm: data[0]!,
    optOut: (data[1]! & 1) !== 0,
    iterations: (data[2]! << 8) | data[3]!,
    salt: data.subarray(5, saltEnd),
    types: listed,
  };
}

/** RFC 5155 §5: the name in wire form and small letters, and the salt, hashed `iterations` times more than once. */
export function hashName(
  name: string,
  {salt, iterations}: Pick<Nsec3, 'salt' | 'iterations'>,
  sha1: HashFunction,
): Uint8Array {
  let hash = sha1(concat([nameBytes(name.toLowerCase()), salt]));
  for (let again = 0; again < iterations; again++) hash = sha1(concat([hash, salt]));
  return hash;
}

/** More work than this is refused by most validators, and the zone then counts as unsigned (RFC 9276 §3.2). */
export const mostIterations = 150;

/** The records of one response, asked what they prove. All have the same parameters, or only those of the first count. */
export class Nsec3Proofs {
  readonly #records: readonly Nsec3[];
  readonly #zone: string;
  readonly #hash: (name: string) => Uint8Array;

  constructor(records: readonly Nsec3[], zone: string, sha1: HashFunction) {
    const [first] = records;
    this.#records = records.filter(
      record =>
        record.hashAlgorithm === 1 &&
        sameName(record.zone, zone) &&
        record.iterations === first!.iterations &&
        compareBytes(record.salt, first!.salt) === 0,
    );
    this.#zone = zone;
    const known = new Map<string, Uint8Array>();
    this.#hash = name => {
      const hash = known.get(name) ?? hashName(name, first!, sha1);
      known.set(name, hash);
      return hash;
    };
  }

  /** No such name, and no wildcard that could stand in for it (RFC 5155 §8.4). */
  noName(name: string): Proof {
    const enclosed = this.#enclose(name);
    if (typeof enclosed === 'string') return {proved: false, says: enclosed};
    const {encloser, covering} = enclosed;
    const wildcard = wildcardOf(encloser);
    return this.#cover(wildcard) === undefined
      ? {proved: false, says: `no NSEC3 record denies the wildcard ${wildcard}`}
      : {
          proved: true,
          says: `${encloser} is there, and neither a hash for the name below it nor for ${wildcard}${covering.optOut ? '; an unsigned delegation may be (opt-out)' : ''}`,
          optOut: covering.optOut,
        };
  }

  /** The name has no records of the type (RFC 5155 §8.5 to §8.7). */
  noType(name: string, type: number): Proof {
    const own = this.#match(name);
    if (own !== undefined) return lacks('NSEC3', own.types, name, type);
    const enclosed = this.#enclose(name);
    if (typeof enclosed === 'string') return {proved: false, says: enclosed};
    const {encloser, covering} = enclosed;
    if (type === types.DS && covering.optOut)
      return {
        proved: true,
        says: `the hash of ${name} lies in a span that may hold unsigned delegations (opt-out)`,
        optOut: true,
      };
    const wildcard = wildcardOf(encloser);
    const stands = this.#match(wildcard);
    return stands === undefined
      ? {proved: false, says: `no NSEC3 record matches ${name} or ${wildcard}`}
      : lacks('NSEC3', stands.types, wildcard, type);
  }

  /** A wildcard with so many labels was rightly used: the next closer name is not there (RFC 5155 §8.8). */
  notItself(name: string, signedLabels: number): Proof {
    const labels = labelsOf(name);
    const next = `${labels.slice(labels.length - signedLabels - 1).join('.')}.`;
    const covering = this.#cover(next);
    return covering === undefined
      ? {proved: false, says: `no NSEC3 record shows that ${next} is not there`}
      : {proved: true, says: `there is no hash for ${next}, so the wildcard stands in`, optOut: covering.optOut};
  }

  /** The closest ancestor with a record of its own, and the record that covers the name one label longer (RFC 5155 §8.3). */
  #enclose(name: string): {readonly encloser: string; readonly covering: Nsec3} | string {
    for (let next = name, encloser = parentOf(name); ; next = encloser, encloser = parentOf(encloser)) {
      const matched = this.#match(encloser);
      if (matched !== undefined) {
        if (hidesBelow(matched.types))
          return `${encloser} is a cut or a DNAME, and its NSEC3 says nothing of what is below`;
        const covering = this.#cover(next);
        return covering === undefined ? `no NSEC3 record covers ${next}` : {encloser, covering};
      }
      if (sameName(encloser, this.#zone) || encloser === '.') return `no NSEC3 record matches an ancestor of ${name}`;
    }
  }

  #match(name: string): Nsec3 | undefined {
    const hash = this.#hash(name);
    return this.#records.find(record => compareBytes(record.hash, hash) === 0);
  }

  #cover(name: string): Nsec3 | undefined {
    const hash = this.#hash(name);
    return this.#records.find(record => {
      const after = compareBytes(record.hash, hash) < 0;
      const before = compareBytes(hash, record.next) < 0;
      // The last record of the chain goes round to the first.
      return compareBytes(record.hash, record.next) < 0 ? after && before : after || before;
    });
  }
}
