import {codes, types} from '../../wire/dns/numbers.ts';
import type {ResourceRecord} from '../../wire/dns/types.ts';
import {find} from './find.ts';
import {targetOf} from './targets.ts';
import {keyOf, type RecordSet, type Zone} from './zone.ts';

/** An answer without its header. */
export interface Answer {
  readonly rcode: number;
  readonly aa: boolean;
  readonly answers: readonly ResourceRecord[];
  readonly authorities: readonly ResourceRecord[];
  readonly additionals: readonly ResourceRecord[];
  /** What EDNS has to say of it (RFC 8914). */
  readonly error?: ExtendedError;
}

export interface ExtendedError {
  readonly code: number;
  readonly says: string;
}

/** Collects the sections of an answer from one zone; with DNSSEC asked for (DO), each set comes with its signatures. */
export class Reply {
  rcode: number = codes.NOERROR;
  readonly answers: ResourceRecord[] = [];
  readonly authorities: ResourceRecord[] = [];
  readonly additionals: ResourceRecord[] = [];
  readonly zone: Zone;
  readonly dnssecOk: boolean;
  readonly #wanted = new Set<string>();

  constructor(zone: Zone, dnssecOk: boolean) {
    this.zone = zone;
    this.dnssecOk = dnssecOk;
  }

  /** A set of the zone's own, with signatures. `as`: the name it was asked by, where a wildcard stands for it. */
  answer(set: RecordSet, as?: string): void {
    this.#put(this.answers, set, true, as);
    this.#wish(set);
  }

  /** Made for this answer and not in the zone: it cannot have a signature. */
  synthesized(record: ResourceRecord): void {
    this.answers.push(record);
  }

  authority(set: RecordSet, signed = true): void {
    if (this.authorities.includes(set[0]!)) return;
    this.#put(this.authorities, set, signed);
  }

  referral(set: RecordSet): void {
    this.authority(set, false);
    this.#wish(set);
  }

  /** RFC 2308 §3: the SOA with the time for which “no” may be kept. */
  soa(): void {
    const ttl = negativeTtl(this.zone.soa);
    const set = this.zone.nodes.get(keyOf(this.zone.origin))!.sets.get(types.SOA)!;
    const signatures = this.dnssecOk ? (this.zone.signatures(set) ?? []) : [];
    this.authorities.push(...[...set, ...signatures].map(record => ({...record, ttl})));
  }

  /** Adds the proofs, when they were asked for and the zone has them. */
  proof(sets: readonly RecordSet[] | undefined): void {
    if (this.dnssecOk) for (const set of sets ?? []) this.authority(set);
  }

  finish(aa: boolean): Answer {
    for (const name of this.#wanted) this.#addresses(name);
    const {rcode, answers, authorities, additionals} = this;
    return {rcode, aa, answers, authorities, additionals};
  }

  #put(section: ResourceRecord[], set: RecordSet, signed: boolean, as?: string): void {
    const records = [...set, ...((signed && this.dnssecOk && this.zone.signatures(set)) || [])];
    section.push(...(as === undefined ? records : records.map(record => ({...record, name: as}))));
  }

  /** Remembers whose addresses the reader will ask for next. */
  #wish(set: RecordSet): void {
    for (const record of set) {
      const target = targetOf(record);
      if (target !== undefined) this.#wanted.add(keyOf(target));
    }
  }

  #addresses(name: string): void {
    const node = this.zone.nodes.get(name);
    if (node === undefined) return;
    const own = find(this.zone, name, types.A).kind === 'node';
    for (const type of [types.A, types.AAAA]) {
      const set = node.sets.get(type);
      if (set !== undefined && !this.answers.includes(set[0]!)) this.#put(this.additionals, set, own);
    }
  }
}

/** The smaller one of the SOA's TTL and its last field (RFC 2308 §5). */
export function negativeTtl(soa: ResourceRecord): number {
  const {data} = soa;
  const minimum = new DataView(data.buffer, data.byteOffset, data.length).getUint32(data.length - 4);
  return Math.min(soa.ttl, minimum);
}
