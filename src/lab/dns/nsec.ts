import {compareNames, nameBytes, wildcardOf} from '../../wire/dns/name.ts';
import {classes, types} from '../../wire/dns/numbers.ts';
import {bitmapBytes} from '../../wire/dns/rdata/bitmap.ts';
import type {ResourceRecord} from '../../wire/dns/types.ts';
import {type Denial, isCut, keyOf, type RecordSet, upTo, type ZoneNode} from './zone.ts';

interface Plain {
  readonly origin: string;
  readonly nodes: ReadonlyMap<string, ZoneNode>;
}

/** The NSEC record of each name that has one, in canonical order (RFC 4034 §4, §6.1). Names below a cut have none. */
export function nsecChain(zone: Plain, ttl: number): readonly ResourceRecord[] {
  const nodes = signedNodes(zone)
    .filter(node => node.sets.size > 0)
    .sort((a, b) => compareNames(a.name, b.name));
  return nodes.map((node, index) => ({
    name: node.name,
    type: types.NSEC,
    class: classes.IN,
    ttl,
    data: Uint8Array.from([
      ...nameBytes(nodes[(index + 1) % nodes.length]!.name),
      ...bitmapBytes([...typesAt(zone, node), types.RRSIG, types.NSEC]),
    ]),
  }));
}

/** Proofs by NSEC (RFC 4035 §3.1.3). `chain` in canonical order. */
export function nsecDenial(chain: readonly RecordSet[]): Denial {
  const names = chain.map(set => set[0]!.name);
  const at = (name: string): RecordSet => chain[lastUpTo(names, name)]!;
  return {
    // An empty non-terminal has no NSEC: the one before it says that the next name is below.
    noData: name => [at(name)],
    noName: (name, encloser) => [at(name), at(wildcardOf(encloser))],
    wildcard: name => [at(name)],
    wildcardNoData: (name, encloser) => [at(name), at(wildcardOf(encloser))],
    noDs: cut => [at(cut)],
  };
}

/** Everything the zone speaks for: its own names and its cuts, and nothing below those (RFC 4035 §2.3). */
export function signedNodes({origin, nodes}: Plain): ZoneNode[] {
  const cuts = new Set([...nodes].filter(([, node]) => isCut({origin}, node)).map(([key]) => key));
  const below = (key: string) => upTo(key, keyOf(origin))?.some(at => at !== key && cuts.has(at)) === true;
  return [...nodes].filter(([key]) => !below(key)).map(([, node]) => node);
}

/** At a cut the zone has only NS and DS of its own (RFC 4034 §4.1.2). */
export function typesAt(zone: Plain, node: ZoneNode): readonly number[] {
  const all = [...node.sets.keys()];
  return isCut(zone, node) ? all.filter(type => type === types.NS || type === types.DS) : all;
}

/** Where in a sorted list the last name stands that is not behind `name`. */
function lastUpTo(names: readonly string[], name: string): number {
  let [low, high] = [0, names.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (compareNames(names[middle]!, name) <= 0) low = middle + 1;
    else high = middle;
  }
  return low === 0 ? names.length - 1 : low - 1;
}
