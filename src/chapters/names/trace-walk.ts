import {addressesIn} from '../../wire/dns/answers.ts';
import {recordText} from '../../wire/dns/dig-record.ts';
import {isSubdomain, sameName} from '../../wire/dns/name.ts';
import {classes, types} from '../../wire/dns/numbers.ts';
import {serialOf} from '../../wire/dns/serial.ts';
import {responseCodeName} from '../../wire/dns/tables.ts';
import type {Message, Question, ResourceRecord} from '../../wire/dns/types.ts';
import type {Said, TraceAsker, TraceKit} from './trace-ask.ts';
import {voices} from './trace-compare.ts';
import type {TraceAsk} from './trace-fields.ts';
import {type Cut, namesIn, type TraceMap, useful} from './trace-map.ts';

/** Where a walk ended, with all that was said on the way to it. */
export interface Walked {
  readonly says: string;
  /** There is no answer: no server was of use, or it was given up. */
  readonly failed?: true;
  /** `undefined` when nobody was of use. */
  readonly response?: {
    readonly rcode: number;
    readonly answers: readonly ResourceRecord[];
    readonly authorities: readonly ResourceRecord[];
  };
}

/** Goes from the root down to the name, and asks every server on the way. */
export class TraceWalk {
  readonly #kit: TraceKit;
  readonly #ask: TraceAsk;
  readonly #asker: TraceAsker;
  readonly #map: TraceMap;

  constructor(kit: TraceKit, ask: TraceAsk, asker: TraceAsker, map: TraceMap) {
    this.#kit = kit;
    this.#ask = ask;
    this.#asker = asker;
    this.#map = map;
  }

  async walk(asked: Question): Promise<Walked> {
    let question = asked;
    let cut = this.#map.deepest(asked.name);
    const seen = [asked.name.toLowerCase()];
    const answers: ResourceRecord[] = [];
    const authorities: ResourceRecord[] = [];
    for (let step = 0; step < this.#ask.depth; step++) {
      const best = await this.#askZone(cut, question);
      if (best?.message === undefined) return {says: `No server of ${cut.zone} is of use`, failed: true};
      const {message, classified} = best;
      if (classified?.cut !== undefined) {
        cut = await this.#enter(message, classified.cut, cut);
        continue;
      }
      answers.push(...message.answers);
      authorities.push(...message.authorities);
      for (const alias of classified?.chain ?? []) this.#kit.emit('alias', alias);
      const response = {rcode: message.rcode, answers, authorities};
      const target = classified?.chain?.at(-1)?.to ?? question.name;
      const circle = classified?.loops === true || (best.outcome === 'alias' && seen.includes(target.toLowerCase()));
      if (circle) {
        const says = `${question.name} is an alias in a circle: it comes back to ${target}`;
        this.#find(cut, 'loop', 'wrong', says);
        return {says};
      }
      if (best.outcome !== 'alias') {
        this.#tellAnswer(cut, best, message);
        return {says: `${target}: ${best.says}`, response};
      }
      seen.push(target.toLowerCase());
      question = {...question, name: target};
      cut = this.#map.deepest(target);
    }
    return {
      says: `More than ${this.#ask.depth} zones and aliases lead to ${asked.name}: it was given up`,
      failed: true,
    };
  }

  /** Asks the servers of a zone, says what is wrong with them, and gives what most of the useful ones say. */
  async #askZone(cut: Cut, question: Question): Promise<Said | undefined> {
    const servers = this.#map.addressesOf(cut);
    if (servers.length === 0) this.#find(cut, 'no-address', 'wrong', `No server of ${cut.zone} has an address`);
    for (const {name, source} of cut.servers)
      if (source === 'none') this.#find(cut, 'no-address', 'wrong', `${name}, a server of ${cut.zone}, has no address`);
    if (!this.#ask.allServers) return this.#map.first(cut, question, 'trace');
    const said = await Promise.all(servers.map(server => this.#asker.ask(server, cut, question, 'trace')));
    for (const one of said) this.#judge(cut, one);
    const groups = voices(said.filter(useful));
    const [most] = groups;
    const best = most?.servers[0];
    if (best !== undefined) this.#map.prefer(cut, best.server.address);
    if (groups.length > 1) {
      const parts = groups.map(({says, servers: ones}) => `${ones.map(one => one.server.name).join(', ')}: ${says}`);
      this.#find(cut, 'disagree', 'wrong', `The servers of ${cut.zone} disagree. ${parts.join('; ')}`);
    }
    if (best !== undefined && best.outcome !== 'referral') await this.#compareSerials(cut, said.filter(useful));
    return best;
  }

  #judge(cut: Cut, {server, outcome, says}: Said): void {
    const who = `${server.name} (${server.address})`;
    if (outcome === 'lame') this.#find(cut, 'lame', 'wrong', `${who} is lame: ${says}`);
    else if (outcome === 'failure') this.#find(cut, 'failure', 'wrong', `${who} fails: ${says}`);
    else if (outcome === 'silent') this.#find(cut, 'silent', 'wrong', `${who} does not answer: ${says}`);
    else if (outcome === 'unreachable') {
      // Where this machine has no IPv6 the server is not to blame.
      const ours = server.address.includes(':') && /ENETUNREACH|EADDRNOTAVAIL|EAFNOSUPPORT|route/i.test(says);
      this.#find(cut, 'unreachable', ours ? 'odd' : 'wrong', `${who} cannot be reached: ${says}`);
    }
  }

  async #compareSerials(cut: Cut, said: readonly Said[]): Promise<void> {
    if (said.length < 2) return;
    const question = {name: cut.zone, type: types.SOA, class: classes.IN};
    const all = await Promise.all(said.map(({server}) => this.#asker.ask(server, cut, question, 'serial')));
    const serials = all.flatMap(({server, message}) => {
      const serial = message?.answers.map(serialOf).find(found => found !== undefined);
      return serial === undefined ? [] : [{server, serial}];
    });
    if (new Set(serials.map(({serial}) => serial)).size < 2) return;
    const parts = serials.map(({server, serial}) => `${server.name} (${server.address}) has ${serial}`);
    this.#find(cut, 'serial', 'wrong', `The servers of ${cut.zone} have different versions: ${parts.join(', ')}`);
  }

  /** Into a zone below: the zone itself is asked who its servers are, and where. */
  async #enter(referral: Message, zone: string, parent: Cut): Promise<Cut> {
    const cut = await this.#map.follow(referral, zone, parent, `the referral of ${parent.zone}`);
    if (!this.#ask.allServers) return cut;
    const own = await this.#map.first(cut, {name: zone, type: types.NS, class: classes.IN}, 'servers');
    const records = own?.message?.answers.filter(record => record.type === types.NS && sameName(record.name, zone));
    if (records === undefined || records.length === 0) return cut;
    const [above, below] = [cut.servers.map(({name}) => name), namesIn(records)];
    const onlyAbove = above.filter(name => !below.some(other => sameName(name, other)));
    const onlyBelow = below.filter(name => !above.some(other => sameName(name, other)));
    if (onlyAbove.length > 0)
      this.#find(cut, 'ns-differ', 'odd', `Only ${parent.zone} names ${onlyAbove.join(', ')} as a server of ${zone}`);
    if (onlyBelow.length > 0)
      this.#find(cut, 'ns-differ', 'odd', `Only ${zone} itself names ${onlyBelow.join(', ')} as its server`);
    await this.#compareGlue(cut);
    return onlyBelow.length === 0 ? cut : this.#map.extend(cut, onlyBelow);
  }

  /** Glue is a copy that nobody keeps in step: the zone itself has the address that counts. */
  async #compareGlue(cut: Cut): Promise<void> {
    for (const {name, addresses, source} of cut.servers) {
      if (source !== 'glue' || !isSubdomain(name, cut.zone)) continue;
      for (const type of [types.A, types.AAAA]) {
        const glue = addresses.filter(address => address.includes(':') === (type === types.AAAA));
        if (glue.length === 0) continue;
        const said = await this.#map.first(cut, {name, type, class: classes.IN}, 'glue');
        if (said === undefined || said.outcome === 'referral') continue;
        const own = addressesIn(name, said.message?.answers ?? []);
        if (glue.toSorted().join() === own.toSorted().join()) continue;
        const instead = own.length === 0 ? 'no address' : own.join(', ');
        this.#find(
          cut,
          'glue-differ',
          'wrong',
          `The glue of ${name} is ${glue.join(', ')}, and ${cut.zone} has ${instead}`,
        );
      }
    }
  }

  #tellAnswer(cut: Cut, {outcome, says}: Said, {rcode, answers, authorities}: Message): void {
    const denial = outcome === 'answer' ? [] : authorities;
    this.#kit.emit('answer', {
      zone: cut.number,
      outcome,
      rcode: responseCodeName(rcode),
      says,
      records: answers.map(recordText),
      denial: denial.map(recordText),
    });
  }

  #find(cut: Cut, code: string, severity: 'wrong' | 'odd', says: string): void {
    this.#kit.emit('finding', {zone: cut.number, code, severity, says});
  }
}
