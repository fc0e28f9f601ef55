import {isIP} from 'node:net';
import {type Problem, ProblemError, problemOf} from '../../journal/problem.ts';
import {reverseName} from '../../wire/dns/name.ts';
import {codes, types as numbers} from '../../wire/dns/numbers.ts';
import {responseCodeName, typeName} from '../../wire/dns/tables.ts';
import {candidates, readResolvConf} from '../../world/dns/resolv-conf.ts';
import {inOrder} from './in-order.ts';
import {understood} from './query-build.ts';
import {compare} from './query-compare.ts';
import {QueryExchanges} from './query-exchange.ts';
import type {QueryAsk} from './query-fields.ts';
import {type Outcome, placeOf, type QueryKit, type Say} from './query-kit.ts';
import {type AskedType, readName, readTypes} from './query-read.ts';
import {findServer, type Reach, type Target} from './server-find.ts';
import {parseServers, type ServerText} from './server-text.ts';

/** What came of asking once: how many servers answered, and why the others did not. */
export interface Asked {
  readonly answered: number;
  readonly problems: readonly Problem[];
}

/** libc asks the next server then (res_send of glibc). */
const unwilling = new Set<number>([codes.SERVFAIL, codes.NOTIMP, codes.REFUSED]);

/** Asks every server every type, and tells it as events. */
export class QuerySession {
  readonly #kit: QueryKit;
  readonly #exchanges: QueryExchanges;

  constructor(kit: QueryKit) {
    this.#kit = kit;
    this.#exchanges = new QueryExchanges(kit);
  }

  close(): void {
    this.#exchanges.close();
  }

  async ask(ask: QueryAsk): Promise<Asked> {
    const {names, types} = this.#questions(ask);
    const found = await this.#targets(ask);
    const targets = found.filter(target => 'servers' in target);
    const problems: Problem[] = found.filter(target => 'code' in target);
    const jobs = types.flatMap(asked => targets.map(target => ({asked, target})));
    const outcomes = await inOrder(
      jobs.map(
        ({asked, target}) =>
          (say: Say) =>
            this.#askTarget(ask, names, asked, target, say),
      ),
    );
    for (const outcome of outcomes) if (!outcome.ok) problems.push(outcome.problem);
    if (found.length > 1) for (const asked of types) this.#compare(names, asked, jobs, outcomes);
    return {answered: outcomes.filter(outcome => outcome.ok).length, problems};
  }

  /** The names to try, in order, and the types: what reverse look-ups, IDNA and the search list make of the fields. */
  #questions(ask: QueryAsk): {readonly names: readonly string[]; readonly types: readonly AskedType[]} {
    const note = (about: 'name' | 'search', says: string) => this.#kit.emit('note', {about, says});
    const types = understood(readTypes(ask.type));
    const {name, isRelative, typed} = understood(readName(ask.name));
    if (typed !== undefined) note('name', `${typed} is ${name} in DNS (IDNA, RFC 5891)`);
    if (isIP(name) !== 0) {
      if (ask.reverse === 'no') return {names: [`${name}.`], types};
      const reversed = reverseName(name)!;
      const asked = types.map(one => (one.type === numbers.A ? {type: numbers.PTR} : one));
      note('name', `${name} is asked for as ${reversed}, type ${asked.map(({type}) => typeName(type)).join(', ')}`);
      return {names: [reversed], types: asked};
    }
    if (ask.reverse === 'yes')
      throw new ProblemError({
        code: 'dns.reverse',
        says: `${name} is not an address`,
        next: 'Type an IP address, or leave reverse at auto.',
      });
    if (!ask.search || !isRelative) return {names: [name], types};
    const settings = searchOf(ask);
    const names = candidates(name.slice(0, -1), settings);
    note(
      'search',
      `The search list (${settings.search.join(' ') || 'empty'}, ndots ${settings.ndots}) makes of it: ${names.join(', ')}`,
    );
    return {names, types};
  }

  async #targets(ask: QueryAsk): Promise<readonly (Target | Problem)[]> {
    const reach = await this.#reach(ask);
    const found: (Target | Problem)[] = [];
    for (const text of understood(parseServers(ask.server))) found.push(await this.#target(text, reach));
    return found;
  }

  async #target(text: ServerText, reach: Reach): Promise<Target | Problem> {
    const {emit} = this.#kit;
    try {
      const target = await findServer(text, reach, this.#kit);
      if (target.says !== undefined) emit('note', {about: 'server', says: target.says});
      return target;
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      const problem = problemOf(error);
      const {code, says, next} = problem;
      const label = text.kind === 'named' ? text.host : text.kind;
      const why = {code, says, ...(next !== undefined && {next}), tries: 0, ignored: 0};
      emit('failure', {number: 0, label, server: label, transport: reach.transport, ...why});
      return problem;
    }
  }

  async #reach(ask: QueryAsk): Promise<Reach> {
    const {world, signal} = this.#kit;
    const {transport, insecure, method} = ask;
    const reach: Reach = {
      transport,
      method,
      path: ask.path.trim() || '/dns-query',
      ...(insecure && {insecure}),
      ...(ask.tlsName.trim() !== '' && {tlsName: ask.tlsName.trim()}),
      ...(ask.pin.trim() !== '' && {pin: ask.pin.trim().replace(/^(pin-)?sha256[:/=]/i, '')}),
    };
    if (ask.ca.trim() === '') return reach;
    const file = await world.files.readWhole(ask.ca.trim(), {limit: 1_000_000, signal});
    if (!file.ok) throw new ProblemError(file.problem);
    return {...reach, authority: new TextDecoder().decode(file.bytes)};
  }

  /** Tries the names until one has an answer, as libc does with a search list (res_search(3)). */
  async #askTarget(
    ask: QueryAsk,
    names: readonly string[],
    asked: AskedType,
    target: Target,
    say: Say,
  ): Promise<Outcome> {
    for (const [place, name] of names.entries()) {
      const outcome = await this.#askServers(ask, name, asked, target, say);
      if (place === names.length - 1 || !outcome.ok || outcome.decoded.message.answers.length > 0) return outcome;
      const {rcode} = outcome.decoded.message;
      const why = rcode === 0 ? `no ${typeName(asked.type)}` : responseCodeName(rcode);
      say(() => this.#kit.emit('note', {about: 'search', says: `${name}: ${why}; now ${names[place + 1]}`}));
    }
    throw new RangeError('There is no name to ask for');
  }

  /** The addresses behind one label, in order, until one is willing to answer. */
  async #askServers(ask: QueryAsk, name: string, asked: AskedType, target: Target, say: Say): Promise<Outcome> {
    const {label, servers} = target;
    for (const [place, server] of servers.entries()) {
      const outcome = await this.#exchanges.ask(ask, {name, asked, label}, server, say);
      const isWilling = outcome.ok && !unwilling.has(outcome.decoded.message.rcode);
      if (isWilling || place === servers.length - 1 || this.#kit.signal.aborted) return outcome;
      const next = placeOf(servers[place + 1]!).server;
      say(() => this.#kit.emit('note', {about: 'server', says: `Asking the next server of ${label}: ${next}`}));
    }
    throw new ProblemError({code: 'dns.server', says: `${label} has no address`, next: 'Name another server.'});
  }

  #compare(
    names: readonly string[],
    asked: AskedType,
    jobs: readonly {asked: AskedType; target: Target}[],
    outcomes: readonly Outcome[],
  ): void {
    const answers = jobs.flatMap(({asked: one, target}, place) => {
      const outcome = outcomes[place]!;
      return one === asked && outcome.ok ? [{label: target.label, decoded: outcome.decoded}] : [];
    });
    if (answers.length < 2) return;
    const groups = compare(answers);
    this.#kit.emit('compared', {name: names[0]!, type: typeName(asked.type), agree: groups.length === 1, groups});
  }
}

function searchOf(ask: QueryAsk): {readonly search: readonly string[]; readonly ndots: number} {
  const settings = readResolvConf();
  const own = ask.searchList.split(/[,\s]+/).filter(Boolean);
  return {search: own.length > 0 ? own : settings.search, ndots: ask.ndots >= 0 ? ask.ndots : settings.ndots};
}
