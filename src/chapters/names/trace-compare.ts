import {types} from '../../wire/dns/numbers.ts';
import {rdataText} from '../../wire/dns/rdata/text.ts';
import {typeName} from '../../wire/dns/tables.ts';
import type {Message, ResourceRecord} from '../../wire/dns/types.ts';
import type {Said} from './trace-ask.ts';

/** Servers that say the same. */
export interface Voice {
  readonly says: string;
  readonly servers: readonly Said[];
}

/**
 * Puts those together that say the same: the same outcome, and the same records without their TTL, their order and
 * their signatures, which may all differ rightly.
 */
export function voices(all: readonly Said[]): readonly Voice[] {
  const groups = new Map<string, Said[]>();
  for (const said of all) {
    const key = said.message === undefined ? said.outcome : substance(said, said.message);
    const group = groups.get(key) ?? [];
    groups.set(key, group);
    group.push(said);
  }
  return [...groups.values()]
    .map(servers => ({says: `${servers[0]!.outcome}: ${servers[0]!.says}`, servers}))
    .toSorted((one, other) => other.servers.length - one.servers.length);
}

function substance({outcome}: Said, {rcode, answers, authorities}: Message): string {
  const records =
    outcome === 'referral' ? authorities.filter(({type}) => type === types.NS || type === types.DS) : answers;
  return [
    outcome,
    rcode,
    ...records
      .filter(({type}) => type !== types.RRSIG)
      .map(plain)
      .sort(),
  ].join('\n');
}

function plain({name, type, data}: ResourceRecord): string {
  const text = rdataText(type, data);
  const isName = type === types.NS || type === types.CNAME || type === types.DNAME;
  return `${name.toLowerCase()} ${typeName(type)} ${isName ? text.toLowerCase() : text}`;
}
