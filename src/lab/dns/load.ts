import {digestInput} from '../../wire/dns/dnssec/key.ts';
import {classes, types} from '../../wire/dns/numbers.ts';
import {withSerial} from '../../wire/dns/serial.ts';
import type {ResourceRecord} from '../../wire/dns/types.ts';
import {parseZone} from '../../wire/dns/zone-file.ts';
import {digest} from '../../world/dns/crypto.ts';
import type {ZoneSource} from '../zones/source.ts';
import {algorithm, type ZoneKey, type ZoneKeys} from './keys.ts';
import {nsecChain, nsecDenial, signedNodes} from './nsec.ts';
import {nsec3Chain, nsec3Denial, nsec3Parameters} from './nsec3.ts';
import {negativeTtl} from './reply.ts';
import {createSigner} from './signer.ts';
import {type Denial, isCut, keyOf, nodesOf, type RecordSet, type Zone, type ZoneNode} from './zone.ts';
import {emptyZoneDigest, fillZoneDigest} from './zonemd.ts';

export interface Loading {
  /** The time of day, Unix seconds. */
  readonly seconds: () => number;
  /** The keys of a zone, the same ones each time. */
  readonly keysOf: (origin: string) => ZoneKeys;
}

export interface ZoneFault {
  readonly origin: string;
  /** 0 where no line is to blame. */
  readonly line: number;
  readonly says: string;
}

/** A zone, parsed, joined to its children by DS records and signed when it is first looked at: most never are. */
export interface LoadedZone {
  readonly source: ZoneSource;
  readonly zone: Zone;
}

/** Makes zones out of their sources. A source has a SOA and no fault: whoever reads one from outside looks first. */
export function loadZones(sources: readonly ZoneSource[], loading: Loading): readonly LoadedZone[] {
  return sources.map(source => {
    let zone: Zone | undefined;
    return {
      source,
      get zone() {
        zone ??= assemble(source, signers(source, sources, loading.keysOf), loading);
        return zone;
      },
    };
  });
}

/** The DS records for what a zone delegates to signed children. */
function signers(
  parent: ZoneSource,
  sources: readonly ZoneSource[],
  keysOf: Loading['keysOf'],
): (cut: ZoneNode) => readonly ResourceRecord[] {
  return cut => {
    const child = sources.find(({origin}) => keyOf(origin) === keyOf(cut.name));
    if (child?.signing === undefined || child.delegatedSigned === false) return [];
    const known = child.signing.fault === 'wrong-ds' ? parent : child;
    return [dsOf(cut.name, keysOf(known.origin).ksk)];
  };
}

/** The DS of a key with digest type 2, SHA-256 (RFC 4509). */
export function dsOf(name: string, key: ZoneKey): ResourceRecord {
  const data = Uint8Array.from([
    key.tag >> 8,
    key.tag & 0xff,
    algorithm,
    2,
    ...digest(2, digestInput(name, key.dnskey))!,
  ]);
  return {name, type: types.DS, class: classes.IN, ttl: 3600, data};
}

function assemble(
  source: ZoneSource,
  signer: (cut: ZoneNode) => readonly ResourceRecord[],
  {seconds, keysOf}: Loading,
): Zone {
  const {origin, signing} = source;
  const {records} = parseZone(source.text, {origin, ttl: 3600});
  const nodes = nodesOf(origin, records);
  const apex = nodes.get(keyOf(origin));
  const soa = apex?.sets.get(types.SOA)?.[0];
  if (apex === undefined || soa === undefined) throw new Error(`The zone ${origin} has no SOA record`);
  const change = changeOf(source, apex.sets.get(types.SOA)!);
  const plain = {
    origin,
    nodes,
    soa,
    sets: () => everySet(apex, nodes, []),
    ...(change !== undefined && {change}),
  };
  if (signing === undefined) return {...plain, signatures: () => undefined};
  const keys = keysOf(origin);
  put(
    apex,
    [keys.ksk, keys.zsk].map(key => ({...soa, type: types.DNSKEY, ttl: 3600, data: key.dnskey})),
  );
  for (const node of nodes.values()) if (isCut(plain, node)) put(node, signer(node));
  const digested = signing.digest === true ? [emptyZoneDigest(soa)] : [];
  put(apex, digested);
  if (signing.announced === true) for (const record of announced(soa, keys.ksk)) put(apex, [record]);
  const {denial, chain} = chainOf(source, nodes, soa);
  const sign = createSigner(origin, keys, seconds, signing.fault);
  const zone: Zone = {
    ...plain,
    denial,
    sets: () => everySet(apex, nodes, signing.denial === 'nsec3' ? chain : []),
    signatures: ownOnly({origin, nodes}, sign),
  };
  for (const record of digested) fillZoneDigest(zone, record);
  return zone;
}

/** RFC 7344 §3: the DS and the key that the parent should have. */
function announced(soa: ResourceRecord, ksk: ZoneKey): readonly ResourceRecord[] {
  return [
    {...dsOf(soa.name, ksk), type: types.CDS},
    {...dsOf(soa.name, ksk), type: types.CDNSKEY, data: ksk.dnskey},
  ];
}

/** RFC 9077 §3: a proof may be kept as long as the “no” it proves. */
function chainOf(
  {origin, signing}: ZoneSource,
  nodes: ReadonlyMap<string, ZoneNode>,
  soa: ResourceRecord,
): {denial: Denial; chain: readonly RecordSet[]} {
  const ttl = negativeTtl(soa);
  if (signing?.denial === 'nsec3') {
    put(nodes.get(keyOf(origin))!, [nsec3Parameters(origin)]);
    const chain = nsec3Chain({origin, nodes}, signing.optOut === true, ttl).map(record => [record]);
    return {denial: nsec3Denial(origin, chain), chain};
  }
  const chain = nsecChain({origin, nodes}, ttl).map(record => [record]);
  for (const set of chain) put(nodes.get(keyOf(set[0]!.name))!, set);
  return {denial: nsecDenial(chain), chain};
}

/** Nodes are still being filled here; afterwards nobody writes to them. */
function put(node: ZoneNode, set: RecordSet): void {
  if (set.length > 0) (node.sets as Map<number, RecordSet>).set(set[0]!.type, set);
}

function* everySet(
  apex: ZoneNode,
  nodes: ReadonlyMap<string, ZoneNode>,
  more: Iterable<RecordSet>,
): Generator<RecordSet> {
  yield* apex.sets.values();
  for (const node of nodes.values()) if (node !== apex) yield* node.sets.values();
  yield* more;
}

/** RFC 4035 §2.2: neither the NS at a cut nor what lies below it is the zone's to sign. */
function ownOnly(
  zone: {readonly origin: string; readonly nodes: ReadonlyMap<string, ZoneNode>},
  sign: (set: RecordSet) => RecordSet | undefined,
): Zone['signatures'] {
  const own = new Map(signedNodes(zone).map(node => [keyOf(node.name), node]));
  return set => {
    const {name, type} = set[0]!;
    const node = own.get(keyOf(name));
    if (node === undefined) return type === types.NSEC3 ? sign(set) : undefined;
    const atCut = isCut(zone, node);
    return atCut && type !== types.DS && type !== types.NSEC ? undefined : sign(set);
  };
}

function changeOf({origin, before}: ZoneSource, soa: RecordSet): Zone['change'] {
  if (before === undefined) return undefined;
  const setsOf = (text: string): readonly RecordSet[] =>
    parseZone(text, {origin, ttl: 3600}).records.map(record => [record]);
  return {
    before: before.serial,
    removed: [[withSerial(soa[0]!, before.serial)], ...setsOf(before.removed)],
    added: [soa, ...setsOf(before.added)],
  };
}
