import {addressesIn, nameIn} from '../../wire/dns/answers.ts';
import {recordText} from '../../wire/dns/dig-record.ts';
import {isSubdomain, parentOf, sameName} from '../../wire/dns/name.ts';
import {classes, types} from '../../wire/dns/numbers.ts';
import type {Message, Question, ResourceRecord} from '../../wire/dns/types.ts';
import type {Purpose, Said, ServerAt, TraceAsker, TraceKit} from './trace-ask.ts';
import type {TraceAsk} from './trace-fields.ts';

export interface NameServer {
  readonly name: string;
  readonly addresses: readonly string[];
  readonly source: 'hint' | 'glue' | 'looked up' | 'none';
}

/** A zone, and whom to ask about it. */
export interface Cut {
  readonly number: number;
  readonly zone: string;
  readonly servers: readonly NameServer[];
}

export const useful = (said: Said): boolean =>
  said.message !== undefined && said.outcome !== 'lame' && said.outcome !== 'failure';

/** The zones that are known so far, and how any other name is found from them. Each zone is told of once. */
export class TraceMap {
  readonly #kit: TraceKit;
  readonly #ask: TraceAsk;
  readonly #asker: TraceAsker;
  readonly #cuts = new Map<string, Cut>();
  /** Addresses that are being looked up: a server whose name only it knows would be asked for without end. */
  readonly #looking = new Set<string>();
  /** Of each zone the server that was of use last. */
  readonly #preferred = new Map<number, string>();

  constructor(kit: TraceKit, ask: TraceAsk, asker: TraceAsker, roots: readonly NameServer[]) {
    this.#kit = kit;
    this.#ask = ask;
    this.#asker = asker;
    this.#enter({zone: '.', parent: -1, by: 'the hints for the root', servers: roots, records: []});
  }

  /** The zone furthest down of those that are known that the name can be in. */
  deepest(name: string): Cut {
    for (let here = name; ; here = parentOf(here)) {
      const cut = this.#cuts.get(here.toLowerCase());
      if (cut !== undefined) return cut;
    }
  }

  addressesOf({servers}: Pick<Cut, 'servers'>): readonly ServerAt[] {
    return servers.flatMap(({name, addresses}) =>
      addresses
        .filter(address => this.#ask.family === 'both' || address.includes(':') === (this.#ask.family === '6'))
        .map(address => ({name, address})),
    );
  }

  /** The zone that a referral leads to; the addresses of servers that came without are looked up. */
  async follow(referral: Message, zone: string, parent: Cut, why: string): Promise<Cut> {
    const known = this.#cuts.get(zone.toLowerCase());
    if (known !== undefined) return known;
    const own = referral.authorities.filter(record => sameName(record.name, zone));
    const names = namesIn(own.filter(({type}) => type === types.NS));
    const servers: NameServer[] = [];
    for (const name of names) servers.push(await this.#serverOf(name, parent, referral.additionals));
    const glue = referral.additionals.filter(record => names.some(name => sameName(name, record.name)));
    return this.#enter({
      zone,
      parent: parent.number,
      by: why,
      servers,
      signed: own.some(({type}) => type === types.DS),
      records: [...own.filter(({type}) => type === types.NS || type === types.DS), ...glue].map(recordText),
    });
  }

  /** A zone with servers that only the zone itself names. */
  async extend(cut: Cut, names: readonly string[]): Promise<Cut> {
    const more: NameServer[] = [];
    for (const name of names) more.push(await this.#serverOf(name, cut, []));
    const extended = {...cut, servers: [...cut.servers, ...more]};
    this.#cuts.set(cut.zone.toLowerCase(), extended);
    return extended;
  }

  /** One useful answer, from the zone furthest down that is known; a DS is asked for above its cut (RFC 4035 §3.1.4.1). */
  async find(question: Question, purpose: Purpose, why: string): Promise<Message | undefined> {
    const {name, type} = question;
    let cut = this.deepest(type === types.DS && name !== '.' ? parentOf(name) : name);
    for (let depth = 0; depth < this.#ask.depth; depth++) {
      const said = await this.first(cut, question, purpose);
      if (said?.message === undefined) return undefined;
      const below = said.classified?.cut;
      if (said.outcome !== 'referral' || below === undefined) return said.message;
      cut = await this.follow(said.message, below, cut, why);
    }
    return undefined;
  }

  /** The first server that is of use. */
  async first(cut: Cut, question: Question, purpose: Purpose): Promise<Said | undefined> {
    const all = this.addressesOf(cut);
    const preferred = this.#preferred.get(cut.number);
    const ordered = all.toSorted(
      (one, other) => Number(other.address === preferred) - Number(one.address === preferred),
    );
    for (const server of ordered) {
      const said = await this.#asker.ask(server, cut, question, purpose);
      if (!useful(said)) continue;
      this.#preferred.set(cut.number, server.address);
      return said;
    }
    return undefined;
  }

  prefer(cut: Cut, address: string): void {
    this.#preferred.set(cut.number, address);
  }

  #enter(zone: {
    readonly zone: string;
    readonly parent: number;
    readonly by: string;
    readonly servers: readonly NameServer[];
    readonly signed?: boolean;
    readonly records: readonly string[];
  }): Cut {
    const cut = {number: this.#cuts.size, zone: zone.zone, servers: zone.servers};
    this.#cuts.set(zone.zone.toLowerCase(), cut);
    this.#kit.emit('zone', {number: cut.number, ...zone});
    return cut;
  }

  /** Glue is believed for names that the zone above could know of; any other address is looked up (RFC 1034 §4.2.1). */
  async #serverOf(name: string, parent: Cut, additionals: readonly ResourceRecord[]): Promise<NameServer> {
    const glue = addressesIn(name, additionals);
    if (glue.length > 0 && isSubdomain(name, parent.zone)) return {name, addresses: glue, source: 'glue'};
    const addresses = await this.#lookUp(name);
    return {name, addresses, source: addresses.length === 0 ? 'none' : 'looked up'};
  }

  async #lookUp(name: string): Promise<readonly string[]> {
    const key = name.toLowerCase();
    if (this.#looking.has(key)) return [];
    this.#looking.add(key);
    try {
      const found: string[] = [];
      for (const type of [types.A, types.AAAA]) {
        if (this.#ask.family === (type === types.A ? '6' : '4')) continue;
        const message = await this.find({name, type, class: classes.IN}, 'look-up', `to find ${name}`);
        found.push(...addressesIn(name, message?.answers ?? []));
      }
      return found;
    } finally {
      this.#looking.delete(key);
    }
  }
}

/** The names that records hold, each once, in canonical text. */
export function namesIn(records: readonly ResourceRecord[]): readonly string[] {
  const names = records.flatMap(({data}) => nameIn(data) ?? []);
  return [...new Set(names.map(name => name.toLowerCase()))];
}
