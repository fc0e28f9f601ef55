import {readdirSync, readFileSync, watch} from 'node:fs';
import {join} from 'node:path';
import {parseName, sameName} from '../wire/dns/name.ts';
import {types} from '../wire/dns/numbers.ts';
import {parseZone} from '../wire/dns/zone-file.ts';
import type {ZoneFault} from './dns/load.ts';
import {type HostEntry, readHosts} from './hosts-file.ts';
import type {ZoneSource} from './zones/source.ts';

/** What a workspace adds to the lab: `zones/*.zone`, each named after its origin, and `hosts`. */
export interface Additions {
  readonly zones: readonly ZoneSource[];
  readonly hosts: readonly HostEntry[];
  readonly faults: readonly ZoneFault[];
}

export interface WorkspaceReader {
  /** What the files say now. A zone with a mistake in it stays as it was before the mistake. */
  read(): Additions;
  /** Calls when a file has changed, a moment later; ends with `close`. */
  watch(changed: () => void): {close(): void};
}

/** The server that answers for the zones of a workspace. */
export const workspaceServer = {name: 'ns.workspace.test.', address: '127.4.6.1', says: 'the zones of the workspace'};

/** An editor writes a file in several steps: this long after the last of them it is read. */
const settleMilliseconds = 100;

export function openWorkspace(folder: string): WorkspaceReader {
  const good = new Map<string, ZoneSource>();
  const zones = join(folder, 'zones');
  return {
    read() {
      const faults: ZoneFault[] = [];
      const files = listed(zones);
      for (const name of [...good.keys()]) if (!files.includes(name)) good.delete(name);
      for (const name of files) {
        const origin = parseName(name.slice(0, -'.zone'.length).toLowerCase());
        if (!origin.ok) {
          faults.push({origin: name, line: 0, says: `The file is named after no zone: ${origin.says}`});
          continue;
        }
        const read = readZone(join(zones, name), origin.name);
        faults.push(...read.faults);
        if (read.faults.length === 0) good.set(name, read.source);
      }
      const hosts = readHosts(contents(join(folder, 'hosts')) ?? '');
      faults.push(...hosts.faults.map(fault => ({origin: 'hosts', ...fault})));
      return {zones: [...good.values()], hosts: hosts.entries, faults};
    },
    watch(changed) {
      let timer: NodeJS.Timeout | undefined;
      const later = () => {
        clearTimeout(timer);
        timer = setTimeout(changed, settleMilliseconds);
        timer.unref();
      };
      const watchers = [folder, zones].flatMap(path => watched(path, later));
      return {
        close() {
          clearTimeout(timer);
          for (const watcher of watchers) watcher.close();
        },
      };
    },
  };
}

function readZone(path: string, origin: string): {source: ZoneSource; faults: readonly ZoneFault[]} {
  const text = contents(path) ?? '';
  const {records, faults} = parseZone(text, {origin, ttl: 3600});
  const found = faults.map(fault => ({origin, ...fault}));
  if (!records.some(({name, type}) => type === types.SOA && sameName(name, origin)))
    found.push({origin, line: 0, says: `The zone has no SOA record at ${origin}`});
  return {source: {origin, text, servers: [workspaceServer.address], signing: {denial: 'nsec'}}, faults: found};
}

function listed(folder: string): readonly string[] {
  try {
    return readdirSync(folder).filter(name => name.endsWith('.zone') && name.length > '.zone'.length);
  } catch {
    return [];
  }
}

function contents(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

function watched(path: string, changed: () => void) {
  try {
    return [watch(path, {persistent: false}, changed).on('error', () => undefined)];
  } catch {
    return [];
  }
}
