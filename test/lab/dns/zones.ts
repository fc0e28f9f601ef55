import {createInternet} from '../../../src/lab/dns/internet.ts';
import type {LoadedZone} from '../../../src/lab/dns/load.ts';
import type {RecordSet} from '../../../src/lab/dns/zone.ts';
import {types} from '../../../src/wire/dns/numbers.ts';

/** The lab's zones, as a server loads them; the keys are others than those of any lab that runs. */
export function loadedZones(): readonly LoadedZone[] {
  return createInternet({seconds: () => 1_790_000_000}).zones();
}

/** Made anew at each start: not to be compared with another start's. */
const made: readonly number[] = [
  types.DNSKEY,
  types.DS,
  types.RRSIG,
  types.NSEC3,
  types.CDS,
  types.CDNSKEY,
  types.ZONEMD,
];

/** Every set of the zones that the text of a zone has, with the zone and the address of a server that answers for it. */
export function ownSets(): readonly {origin: string; server: string; set: RecordSet}[] {
  return loadedZones().flatMap(({source, zone}) =>
    [...zone.sets()]
      .filter(set => !made.includes(set[0]!.type))
      // What lies at a cut or below it is answered by others.
      .filter(set => !isBelowCut(zone.origin, set, zone.nodes))
      .map(set => ({origin: zone.origin, server: source.servers[0]!, set})),
  );
}

function isBelowCut(origin: string, set: RecordSet, nodes: LoadedZone['zone']['nodes']): boolean {
  const name = set[0]!.name.toLowerCase();
  return [...nodes].some(
    ([key, node]) => key !== origin && node.sets.has(types.NS) && (name === key || name.endsWith(`.${key}`)),
  );
}
