import {address4Text, address6Text} from '../ip-address.ts';
import {readName, sameName} from './name.ts';
import {types} from './numbers.ts';
import type {ResourceRecord} from './types.ts';

/** The addresses that records give a name, in their order. */
export function addressesIn(name: string, records: readonly ResourceRecord[]): readonly string[] {
  return records.filter(record => sameName(record.name, name)).flatMap(record => addressOf(record) ?? []);
}

/** The address of an A or AAAA record as text; nothing for other types, and where the data has another size. */
export function addressOf({type, data}: ResourceRecord): string | undefined {
  if (type === types.A && data.length === 4) return address4Text(data);
  return type === types.AAAA && data.length === 16 ? address6Text(data) : undefined;
}

/** The name at an offset of RDATA. */
export function nameIn(data: Uint8Array, offset = 0): string | undefined {
  const read = readName(data, offset);
  return read.kind === 'name' ? read.text : undefined;
}

/** Where the aliases of a name lead, from the records of an answer (RFC 1034 §3.6.2), and what is there. */
export function followAliases(
  name: string,
  records: readonly ResourceRecord[],
): {readonly aliases: readonly string[]; readonly target: string; readonly loops: boolean} {
  const aliases: string[] = [];
  let target = name;
  for (;;) {
    const record = records.find(one => one.type === types.CNAME && sameName(one.name, target));
    const next = record && nameIn(record.data);
    if (next === undefined) return {aliases, target, loops: false};
    if (sameName(next, name) || aliases.some(one => sameName(one, next))) return {aliases, target, loops: true};
    aliases.push(next);
    target = next;
  }
}
