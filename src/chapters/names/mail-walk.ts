import {isIP} from 'node:net';
import {ProblemError} from '../../journal/problem.ts';
import {isLabName} from '../../lab/known.ts';
import {addressesIn, followAliases, nameIn} from '../../wire/dns/answers.ts';
import {sameName} from '../../wire/dns/name.ts';
import {codes, types} from '../../wire/dns/numbers.ts';
import {extendedErrorName, responseCodeName} from '../../wire/dns/tables.ts';
import type {Message} from '../../wire/dns/types.ts';
import {readPlace} from '../../wire/whois/referral.ts';
import type {DnsServer} from '../../world/dns/types.ts';
import type {Kit} from '../contract.ts';
import {type Asked, askResolver} from './host-look-up.ts';
import type {mailEvents, Verdict} from './mail-events.ts';
import {asciiDomain, type MailAsk, type Recipient} from './mail-fields.ts';
import {findServer} from './server-find.ts';
import {parseServer} from './server-text.ts';

export type MailKit = Kit<typeof mailEvents, string, MailAsk>;

/** A host that may take the mail, in the order in which they are tried. */
export interface Exchanger {
  readonly index: number;
  readonly name: string;
  readonly preference: number;
  readonly addresses: readonly string[];
  /** The port that is meant. */
  readonly port: number;
}

export type Walked =
  | {readonly ok: true; readonly exchangers: readonly Exchanger[]}
  | {readonly ok: false; readonly kind: Verdict; readonly says: string};

interface Candidate {
  readonly name: string;
  readonly preference: number;
}

const fail = (kind: Verdict, says: string): Walked => ({ok: false, kind, says});

/** Finds who takes mail for the recipient (RFC 5321 §5.1), telling every look-up. */
export async function findExchangers(ask: MailAsk, recipient: Recipient, kit: MailKit): Promise<Walked> {
  if (ask.exchanger.trim() !== '') return named(ask, kit);
  if (recipient.literal !== undefined) {
    const {literal, domain} = recipient;
    const addresses = [literal.replace(/^ipv6:/i, '')];
    const one = {index: 0, name: domain, preference: 0, addresses, port: ask.port};
    kit.emit('exchanger', {...toldOf(one), source: 'literal', says: ''});
    return {ok: true, exchangers: [one]};
  }
  const domain = `${recipient.domain}.`;
  const asker = new Asker(kit, await serversFor(ask, recipient.domain, kit));
  const mx = await asker.ask(domain, 'MX');
  if (mx.message === undefined)
    return fail('deferred', `${domain} cannot be looked up: ${mx.problem?.says ?? 'no answer'}`);
  const {rcode, answers} = mx.message;
  if (rcode === codes.NXDOMAIN) return fail('nowhere', `${domain} does not exist: mail for it comes back at once`);
  if (rcode !== codes.NOERROR)
    return fail(
      'deferred',
      `The name server says ${responseCodeName(rcode)} for ${domain}: a mail server would try again later`,
    );
  const {target, loops} = followAliases(domain, answers);
  if (loops) return fail('nowhere', `${domain} is an alias that leads back to itself`);
  const found = answers.flatMap(record =>
    record.type === types.MX && sameName(record.name, target) ? (exchangerOf(record.data) ?? []) : [],
  );
  if (found.length === 0) return implicit(ask, target, asker, kit);
  const isNull = found.some(({name}) => name === '.');
  if (isNull && found.length === 1)
    return fail('nowhere', `${domain} has a null MX (RFC 7505): it takes no mail, and says so. Nothing is tried`);
  const usable = found.filter(({name}) => name !== '.');
  if (isNull) kit.emit('notice', {says: 'A null MX stands beside others, which RFC 7505 §3 forbids: it is left out'});
  const sorted = inOrder(usable);
  const exchangers: Exchanger[] = [];
  for (const [index, candidate] of sorted.entries())
    exchangers.push(await locate({...candidate, index, source: 'MX'}, ask, asker, kit));
  return {ok: true, exchangers};
}

/** By preference; those that have the same, in an order of chance, which spreads the load (RFC 5321 §5.1). */
export function inOrder(found: readonly Candidate[], random: () => number = Math.random): readonly Candidate[] {
  return found
    .map(candidate => ({candidate, chance: random()}))
    .sort((a, b) => a.candidate.preference - b.candidate.preference || a.chance - b.chance)
    .map(({candidate}) => candidate);
}

function exchangerOf(data: Uint8Array): Candidate | undefined {
  const name = nameIn(data, 2);
  return name === undefined ? undefined : {name, preference: (data[0]! << 8) | data[1]!};
}

/** No MX: the domain itself is the exchanger, if it has an address. */
async function implicit(ask: MailAsk, domain: string, asker: Asker, kit: MailKit): Promise<Walked> {
  kit.emit('notice', {says: `${domain} has no MX record: its own address takes the place of one (RFC 5321 §5.1)`});
  const one = await locate({name: domain, preference: 0, index: 0, source: 'implicit'}, ask, asker, kit);
  return one.addresses.length === 0
    ? fail('nowhere', `${domain} has neither MX nor an address: nobody takes mail for it`)
    : {ok: true, exchangers: [one]};
}

async function named(ask: MailAsk, kit: MailKit): Promise<Walked> {
  const place = readPlace(ask.exchanger.trim())!;
  const port = /:\d+$/.test(ask.exchanger.trim()) && isIP(ask.exchanger.trim()) === 0 ? place.port : ask.port;
  const given = {...ask, port};
  const candidate = {name: place.host, preference: 0, index: 0, source: 'named'} as const;
  if (isIP(place.host) !== 0) {
    const one = {...candidate, addresses: [place.host], port};
    kit.emit('exchanger', {...toldOf(one), source: 'named', says: ''});
    return {ok: true, exchangers: [one]};
  }
  const domain = asciiDomain(place.host);
  if (domain === undefined)
    throw new ProblemError({code: 'mail.exchanger', says: `“${place.host}” is no host`, next: 'Name another.'});
  const asker = new Asker(kit, await serversFor(ask, domain, kit));
  return {ok: true, exchangers: [await locate({...candidate, name: `${domain}.`}, given, asker, kit)]};
}

type Found = Candidate & {readonly index: number; readonly source: 'MX' | 'implicit' | 'named'};

async function locate({source, ...found}: Found, ask: MailAsk, asker: Asker, kit: MailKit): Promise<Exchanger> {
  const answers = await Promise.all([asker.ask(found.name, 'AAAA'), asker.ask(found.name, 'A')]);
  const aliases = answers.map(({message}) => followAliases(found.name, message?.answers ?? []));
  const addresses = answers.flatMap(({message}, index) => addressesIn(aliases[index]!.target, message?.answers ?? []));
  const alias = aliases.find(({aliases}) => aliases.length > 0)?.aliases.at(-1);
  const broken = answers.find(
    ({message}) => message === undefined || (message.rcode !== codes.NOERROR && message.rcode !== codes.NXDOMAIN),
  );
  const one: Exchanger = {...found, addresses, port: ask.port};
  const without =
    addresses.length > 0 ? '' : broken === undefined ? 'It has no address' : 'Its addresses cannot be looked up now';
  const says =
    alias !== undefined && source === 'MX'
      ? `It is an alias, and MX must not name one${without && `. ${without}`}`
      : without;
  kit.emit('exchanger', {...toldOf(one), source, says, ...(alias !== undefined && {alias})});
  return one;
}

const toldOf = ({index, name, preference, addresses}: Exchanger) => ({index, name, preference, addresses});

/** Asks one name server after the other, until one answers, and tells of it. */
class Asker {
  readonly #kit: MailKit;
  readonly #servers: readonly DnsServer[];

  constructor(kit: MailKit, servers: readonly DnsServer[]) {
    this.#kit = kit;
    this.#servers = servers;
  }

  async ask(name: string, type: 'MX' | 'A' | 'AAAA'): Promise<Asked> {
    const {world, signal} = this.#kit;
    let asked: Asked | undefined;
    for (const server of this.#servers) {
      asked = await askResolver(world, server, {name, type, signal});
      this.#tell(asked);
      if (asked.message !== undefined && asked.message.rcode !== codes.REFUSED) return asked;
    }
    return asked ?? {name, type, server: 'nobody', seconds: 0};
  }

  #tell({name, type, server, seconds, message, bytes, problem}: Asked): void {
    const answers = message?.answers ?? [];
    const records = answers.filter(record => record.type === types[type]).length;
    const rcode = message === undefined ? '' : responseCodeName(message.rcode);
    const fields = {name, type, server, seconds, records, rcode, authentic: message?.flags.ad === true};
    const chain = followAliases(name, answers)
      .aliases.map(alias => ` → ${alias}`)
      .join('');
    const error = message === undefined ? '' : extendedErrorOf(message);
    const says =
      problem?.says ??
      (rcode !== 'NOERROR' ? `${rcode}${error}` : `${counted(records, type)}${chain && `, an alias:${chain}`}`);
    this.#kit.emit('query', {...fields, says}, bytes);
  }
}

/** Why a name server says no, where it says so (RFC 8914). */
function extendedErrorOf({edns}: Message): string {
  const data = edns?.options.find(({code}) => code === 15)?.data;
  if (data === undefined || data.length < 2) return '';
  const text = new TextDecoder().decode(data.subarray(2));
  return `: ${extendedErrorName((data[0]! << 8) | data[1]!)}${text && `, “${text}”`}`;
}

const counted = (count: number, type: string) =>
  count === 0 ? `no ${type} record` : `${count} ${type} record${count === 1 ? '' : 's'}`;

async function serversFor({server}: MailAsk, domain: string, kit: MailKit): Promise<readonly DnsServer[]> {
  const typed = server.trim() === 'auto' ? (isLabName(domain) ? 'lab' : 'system') : server;
  const read = parseServer(typed);
  if (!read.ok)
    throw new ProblemError({code: 'mail.server', says: read.says, ...(read.next !== undefined && {next: read.next})});
  return (await findServer(read.value, {transport: 'udp'}, kit)).servers;
}
