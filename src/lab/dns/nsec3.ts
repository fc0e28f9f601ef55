import {compareBytes} from '../../wire/bytes.ts';
import {hashName} from '../../wire/dns/dnssec/nsec3.ts';
import {parentOf, wildcardOf} from '../../wire/dns/name.ts';
import {classes, types} from '../../wire/dns/numbers.ts';
import {bitmapBytes} from '../../wire/dns/rdata/bitmap.ts';
import type {ResourceRecord} from '../../wire/dns/types.ts';
import {toBase32Hex} from '../../wire/text/base64.ts';
import {sha1} from '../../world/dns/crypto.ts';
import {signedNodes, typesAt} from './nsec.ts';
import {type Denial, isCut, keyOf, type RecordSet, type ZoneNode} from './zone.ts';

interface Plain {
  readonly origin: string;
  readonly nodes: ReadonlyMap<string, ZoneNode>;
}

/** One iteration more than none buys nothing, and neither does salt (RFC 9276 §3.1). Hash 1 is SHA-1. */
const parameters = (flags: number): readonly number[] => [1, flags, 0, 0, 0];

/** RFC 5155 §4: how the chain was made. The flags are 0 here, whatever they are in the chain. */
export const nsec3Parameters = (origin: string): ResourceRecord => ({
  name: origin,
  type: types.NSEC3PARAM,
  class: classes.IN,
  ttl: 0,
  data: Uint8Array.from(parameters(0)),
});

/** The NSEC3 records of a zone in the order of their hashes (RFC 5155 §7.1), empty non-terminals included. */
export function nsec3Chain(zone: Plain, optOut: boolean, ttl: number): readonly ResourceRecord[] {
  const entries = chained(zone, optOut)
    .map(node => ({node, hash: nsec3Hash(node.name)}))
    .sort((a, b) => compareBytes(a.hash, b.hash));
  return entries.map(({node, hash}, index) => {
    const own = typesAt(zone, node);
    const signed = own.some(type => type !== types.NS);
    const next = entries[(index + 1) % entries.length]!.hash;
    const bits = bitmapBytes(signed ? [...own, types.RRSIG] : own);
    const data = Uint8Array.from([...parameters(optOut ? 1 : 0), next.length, ...next, ...bits]);
    return {name: ownerOf(hash, zone.origin), type: types.NSEC3, class: classes.IN, ttl, data};
  });
}

/** Proofs by NSEC3 (RFC 5155 §7.2). `chain` in the order of the hashes. */
export function nsec3Denial(origin: string, chain: readonly RecordSet[]): Denial {
  const labels = chain.map(set => keyOf(set[0]!.name).split('.')[0]!);
  const hashOf = (name: string) => labelOf(nsec3Hash(name));
  const match = (name: string): RecordSet | undefined => chain[labels.indexOf(hashOf(name))];
  const cover = (name: string): RecordSet => {
    const hash = hashOf(name);
    const index = labels.findLastIndex(label => label < hash);
    return chain[index < 0 ? chain.length - 1 : index]!;
  };
  // With opt-out an ancestor may be there and not in the chain: the closest one that can be proved is further up.
  const enclosed = (name: string): readonly [RecordSet, RecordSet, string] => {
    for (let next = name, encloser = parentOf(name); ; next = encloser, encloser = parentOf(encloser)) {
      const matched = match(encloser);
      if (matched !== undefined) return [matched, cover(next), encloser];
      if (keyOf(encloser) === keyOf(origin)) throw new Error(`${origin} has no NSEC3 of its own`);
    }
  };
  const matched = (name: string): readonly RecordSet[] => {
    const own = match(name);
    return own === undefined ? (enclosed(name).slice(0, 2) as [RecordSet, RecordSet]) : [own];
  };
  return {
    noData: matched,
    noDs: matched,
    noName(name) {
      const [own, covering, encloser] = enclosed(name);
      return [own, covering, cover(wildcardOf(encloser))];
    },
    wildcard: name => [enclosed(name)[1]],
    wildcardNoData(name) {
      const [own, covering, encloser] = enclosed(name);
      return [own, covering, ...matched(wildcardOf(encloser))];
    },
  };
}

/** RFC 5155 §6: with opt-out, unsigned delegations are left out, and so are empty non-terminals that lead only to such. */
function chained(zone: Plain, optOut: boolean): readonly ZoneNode[] {
  const nodes = signedNodes(zone);
  if (!optOut) return nodes;
  const kept = nodes.filter(node => node.sets.size > 0 && !(isCut(zone, node) && !node.sets.has(types.DS)));
  const leads = (key: string) => kept.some(node => keyOf(node.name).endsWith(`.${key}`));
  return [...kept, ...nodes.filter(node => node.sets.size === 0 && leads(keyOf(node.name)))];
}

/** No salt and no iterations: see `parameters`. */
const nsec3Hash = (name: string): Uint8Array => hashName(name, {salt: new Uint8Array(0), iterations: 0}, sha1);

const labelOf = (hash: Uint8Array): string => toBase32Hex(hash).toLowerCase();

const ownerOf = (hash: Uint8Array, origin: string): string => `${labelOf(hash)}.${origin === '.' ? '' : origin}`;
