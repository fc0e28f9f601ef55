import {wildcardOf} from '../../wire/dns/name.ts';
import {types} from '../../wire/dns/numbers.ts';
import {isCut, keyOf, upTo, type Zone, type ZoneNode} from './zone.ts';

/** Where the way from the apex down to a name ends (RFC 1034 §4.3.2 step 3). */
export type Found =
  | {readonly kind: 'node'; readonly node: ZoneNode}
  /** Another zone begins here, or further down. */
  | {readonly kind: 'cut'; readonly node: ZoneNode}
  /** A DNAME above the name sends it elsewhere (RFC 6672 §2.2). */
  | {readonly kind: 'renamed'; readonly node: ZoneNode}
  /** A wildcard stands for the name. `encloser`: the last name above it that is there (RFC 4592 §3.3.1). */
  | {readonly kind: 'wildcard'; readonly node: ZoneNode; readonly encloser: string}
  | {readonly kind: 'none'; readonly encloser: string};

/** Looks for a name that lies in the zone. DS belongs to the side above a cut (RFC 4035 §3.1.4.1), so it is found there. */
export function find(zone: Zone, name: string, type: number): Found {
  const key = keyOf(name);
  const down = [...(upTo(key, keyOf(zone.origin)) ?? [])].reverse();
  let encloser = keyOf(zone.origin);
  for (const at of down) {
    const node = zone.nodes.get(at);
    if (node === undefined) break;
    const here = at === key;
    if (isCut(zone, node) && !(here && type === types.DS)) return {kind: 'cut', node};
    if (here) return {kind: 'node', node};
    if (node.sets.has(types.DNAME)) return {kind: 'renamed', node};
    encloser = at;
  }
  const wildcard = zone.nodes.get(wildcardOf(encloser));
  return wildcard === undefined ? {kind: 'none', encloser} : {kind: 'wildcard', node: wildcard, encloser};
}
