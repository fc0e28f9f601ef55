import {compareBytes} from '../../wire/bytes.ts';
import {parentOf} from '../../wire/dns/name.ts';
import {types} from '../../wire/dns/numbers.ts';
import type {ResourceRecord} from '../../wire/dns/types.ts';

/** The records of one name, type and class (RFC 2181 §5). Never empty; the order is the zone's. */
export type RecordSet = readonly ResourceRecord[];

/** What a zone has at one name. */
export interface ZoneNode {
  /** As the zone writes it. */
  readonly name: string;
  /** Empty for an empty non-terminal (RFC 4592 §2.2.2). */
  readonly sets: ReadonlyMap<number, RecordSet>;
}

/** A zone in memory: names in lower case lead to nodes. */
export interface Zone {
  readonly origin: string;
  readonly nodes: ReadonlyMap<string, ZoneNode>;
  readonly soa: ResourceRecord;
  /** How it is proved that something is not there; absent in a zone that is not signed. */
  readonly denial?: Denial;
  /** Every set there is, NSEC3 included, the apex first. */
  sets(): Iterable<RecordSet>;
  /** The RRSIG records over a set; none in a zone that is not signed, and none over what lies at or below a cut but DS and NSEC. */
  signatures(set: RecordSet): RecordSet | undefined;
  /** What the last change took away and brought, for IXFR. */
  readonly change?: ZoneChange;
}

export interface ZoneChange {
  readonly before: number;
  readonly removed: readonly RecordSet[];
  readonly added: readonly RecordSet[];
}

/** Proofs as sets to put into the authority section (RFC 4035 §3.1.3, RFC 5155 §7.2). */
export interface Denial {
  /** The name is there and has no records of that type; `name` may be a wildcard's. */
  noData(name: string): readonly RecordSet[];
  /** Neither the name nor a wildcard that would stand for it is there; `encloser` is the last ancestor that is. */
  noName(name: string, encloser: string): readonly RecordSet[];
  /** A wildcard stands for the name: the name itself is not there (RFC 4035 §3.1.3.3, RFC 5155 §7.2.6). */
  wildcard(name: string, encloser: string): readonly RecordSet[];
  /** A wildcard stands for the name and has no records of that type (RFC 4035 §3.1.3.4, RFC 5155 §7.2.5). */
  wildcardNoData(name: string, encloser: string): readonly RecordSet[];
  /** The delegation has no DS (RFC 4035 §3.1.4, RFC 5155 §7.2.7). */
  noDs(cut: string): readonly RecordSet[];
}

export const keyOf = (name: string): string => name.toLowerCase();

/** Groups records into nodes, with the empty non-terminals between them and the apex. Names outside the zone are left out. */
export function nodesOf(origin: string, records: readonly ResourceRecord[]): Map<string, ZoneNode> {
  const nodes = new Map<string, {name: string; sets: Map<number, ResourceRecord[]>}>();
  const apex = keyOf(origin);
  for (const record of records) {
    const chain = upTo(keyOf(record.name), apex);
    if (chain === undefined) continue;
    for (const key of chain) if (!nodes.has(key)) nodes.set(key, {name: key, sets: new Map()});
    const node = nodes.get(keyOf(record.name))!;
    if (node.sets.size === 0) node.name = record.name;
    const set = node.sets.get(record.type);
    if (set === undefined) node.sets.set(record.type, [record]);
    else if (!set.some(other => compareBytes(other.data, record.data) === 0)) set.push({...record, ttl: set[0]!.ttl});
  }
  return nodes;
}

/** True where the zone ends: NS records below the apex (RFC 1034 §4.2.1). */
export const isCut = (zone: Pick<Zone, 'origin'>, node: ZoneNode): boolean =>
  node.sets.has(types.NS) && keyOf(node.name) !== keyOf(zone.origin);

/** The name and its ancestors down to `apex`, the name first; nothing when it lies elsewhere. Keys. */
export function upTo(name: string, apex: string): readonly string[] | undefined {
  const chain: string[] = [];
  for (let at = name; ; at = parentOf(at)) {
    chain.push(at);
    if (at === apex) return chain;
    if (at === '.') return undefined;
  }
}
