import {isIP} from 'node:net';
import {parseName} from '../wire/dns/name.ts';

/** A line of a hosts file (hosts(5)): an address, and the names that it has. */
export interface HostEntry {
  readonly address: string;
  /** Absolute, lower case. */
  readonly names: readonly string[];
}

interface HostsRead {
  readonly entries: readonly HostEntry[];
  readonly faults: readonly {readonly line: number; readonly says: string}[];
}

/** Reads a hosts file; a line that makes no sense is told with its number and left out. */
export function readHosts(text: string): HostsRead {
  const entries: HostEntry[] = [];
  const faults: {line: number; says: string}[] = [];
  for (const [index, written] of text.split('\n').entries()) {
    const [address, ...names] = written.replace(/#.*/, '').trim().split(/\s+/);
    if (address === undefined || address === '') continue;
    const read = names.map(name => parseName(name));
    const bad = read.find(name => !name.ok);
    const says =
      isIP(address) === 0 ? `“${address}” is no address` : names.length === 0 ? 'No name follows' : bad?.says;
    if (says !== undefined) faults.push({line: index + 1, says});
    else entries.push({address, names: read.flatMap(name => (name.ok ? [name.name.toLowerCase()] : []))});
  }
  return {entries, faults};
}
