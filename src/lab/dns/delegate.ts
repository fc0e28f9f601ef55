import {workspaceServer} from '../workspace.ts';
import type {ZoneSource} from '../zones/source.ts';
import {keyOf, upTo} from './zone.ts';

/**
 * Puts a workspace's zones among the lab's own. One of the same origin takes the place of the lab's; another is delegated
 * by the nearest zone above it, as a registry would do it: its server's name and address are written into that zone.
 */
export function delegate(own: readonly ZoneSource[], added: readonly ZoneSource[]): readonly ZoneSource[] {
  const sources = own.map(source => {
    const instead = added.find(zone => keyOf(zone.origin) === keyOf(source.origin));
    if (instead === undefined) return source;
    const {before: _gone, ...kept} = source;
    return {...kept, text: instead.text};
  });
  const fresh = added.filter(zone => !own.some(source => keyOf(source.origin) === keyOf(zone.origin)));
  const all = [...sources, ...fresh];
  return all.map(source => {
    const children = fresh.filter(zone => parentIn(all, zone) === source);
    return children.length === 0 ? source : {...source, text: source.text + delegations(children, source)};
  });
}

function parentIn(all: readonly ZoneSource[], {origin}: ZoneSource): ZoneSource | undefined {
  const above = (upTo(keyOf(origin), '.') ?? []).slice(1);
  for (const name of above) {
    const found = all.find(source => keyOf(source.origin) === name);
    if (found !== undefined) return found;
  }
  return undefined;
}

function delegations(children: readonly ZoneSource[], parent: ZoneSource): string {
  const lines = children.map(({origin}) => `${origin} IN NS ${workspaceServer.name}`);
  const inside = upTo(keyOf(workspaceServer.name), keyOf(parent.origin)) !== undefined;
  const glue = inside ? [`${workspaceServer.name} IN A ${workspaceServer.address}`] : [];
  return `\n$ORIGIN .\n$TTL 3600\n${[...lines, ...glue].join('\n')}\n`;
}
