import {nameIn} from '../../wire/dns/answers.ts';
import {isSubdomain, sameName} from '../../wire/dns/name.ts';
import {codes, types} from '../../wire/dns/numbers.ts';
import {responseCodeName} from '../../wire/dns/tables.ts';
import type {Message, Question, ResourceRecord} from '../../wire/dns/types.ts';
import type {Outcome} from './trace-events.ts';

/** What a response is worth to somebody who goes down from `zone` (RFC 1034 §5.3.3). */
export interface Classified {
  readonly outcome: Extract<Outcome, 'answer' | 'alias' | 'no such name' | 'no data' | 'referral' | 'lame' | 'failure'>;
  readonly says: string;
  /** Of a referral: the zone below. */
  readonly cut?: string;
  /** Of an alias, or an answer by way of some: the names it went over, the last one being where it ends. */
  readonly chain?: readonly Alias[];
  readonly loops?: boolean;
}

export interface Alias {
  readonly from: string;
  readonly to: string;
  readonly by: 'CNAME' | 'DNAME';
}

export function classify(message: Message, zone: string, question: Question): Classified {
  const {rcode, flags, authorities} = message;
  if (rcode !== codes.NOERROR && rcode !== codes.NXDOMAIN) {
    const refused = rcode === codes.REFUSED || rcode === codes.NOTAUTH;
    const says = `${responseCodeName(rcode)}: it ${refused ? `will not answer for ${zone}` : 'fails'}`;
    return {outcome: refused ? 'lame' : 'failure', says};
  }
  const cut = authorities.find(({type}) => type === types.NS)?.name;
  if (!flags.aa) return withoutAuthority(zone, question, cut, message.answers);
  const {chain, loops, found} = follow(question, message.answers);
  const via = chain.length === 0 ? '' : ` by way of ${chain.map(({to}) => to).join(', ')}`;
  if (loops) return {outcome: 'alias', says: `aliases in a circle${via}`, chain, loops};
  if (found.length > 0) return {outcome: 'answer', says: `${counted(found.length)}${via}`, chain};
  const end = chain.at(-1)?.to ?? question.name;
  const denied = authorities.find(record => record.type === types.SOA && isSubdomain(end, record.name));
  if (rcode === codes.NXDOMAIN && (chain.length === 0 || denied !== undefined))
    return {outcome: 'no such name', says: `there is no ${end}`, chain};
  if (chain.length > 0 && denied === undefined) return {outcome: 'alias', says: `an alias of ${end}`, chain};
  return {outcome: 'no data', says: `${end} is there, and has no such records`, chain};
}

function withoutAuthority(
  zone: string,
  {name}: Question,
  cut: string | undefined,
  answers: readonly ResourceRecord[],
): Classified {
  if (answers.length > 0) return {outcome: 'lame', says: `it answers without authority for ${zone}`};
  if (cut === undefined) return {outcome: 'lame', says: `it knows nothing of ${zone}`};
  const goesDown = isSubdomain(cut, zone) && !sameName(cut, zone) && isSubdomain(name, cut);
  if (goesDown) return {outcome: 'referral', says: `to ${cut}`, cut};
  return {outcome: 'lame', says: `it refers to ${cut}, which does not lead further down`};
}

/** Goes over the aliases of an answer, as far as it has them. */
function follow(
  {name, type}: Question,
  answers: readonly ResourceRecord[],
): {chain: readonly Alias[]; loops: boolean; found: readonly ResourceRecord[]} {
  const chain: Alias[] = [];
  let here = name;
  for (;;) {
    const found = answers.filter(record => record.type === type && sameName(record.name, here));
    const alias = type === types.CNAME || found.length > 0 ? undefined : aliasOf(here, answers);
    if (alias === undefined) return {chain, loops: false, found};
    const loops = sameName(alias.to, name) || chain.some(({to}) => sameName(to, alias.to));
    chain.push(alias);
    if (loops) return {chain, loops, found};
    here = alias.to;
  }
}

function aliasOf(name: string, answers: readonly ResourceRecord[]): Alias | undefined {
  const own = answers.find(record => record.type === types.CNAME && sameName(record.name, name));
  const to = own && nameIn(own.data);
  if (to === undefined) return undefined;
  const isMade = answers.some(
    record => record.type === types.DNAME && isSubdomain(name, record.name) && !sameName(name, record.name),
  );
  return {from: name, to, by: isMade ? 'DNAME' : 'CNAME'};
}

function counted(records: number): string {
  return records === 1 ? '1 record' : `${records} records`;
}
