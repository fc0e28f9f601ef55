import {setTimeout as sleep} from 'node:timers/promises';
import {type Problem, ProblemError} from '../../journal/problem.ts';
import {flagText} from '../../world/libc/constants.ts';
import {errnoEntry} from '../../world/libc/errno.ts';
import {lookupError} from '../../world/libc/lookup-errors.ts';
import type {CallRecord} from '../../world/libc/record.ts';
import {Connector} from './lookup-connect.ts';
import type {RowFields} from './lookup-events.ts';
import {type LookupAsk, lookupFields} from './lookup-fields.ts';
import {callEvent, LookupActors, type LookupKit} from './lookup-kit.ts';
import {lookUpByNode} from './lookup-node.ts';
import {originOf} from './lookup-origin.ts';
import {failureProblem, hintFor, noRow, noSockets} from './lookup-problem.ts';
import {rowFields} from './lookup-python.ts';
import {type LookupRequest, requestOf} from './lookup-request.ts';
import {askSources, hostsOf, type SourceAnswer, tellHosts, tellSettings} from './lookup-sources.ts';

/** Failures that say nothing of the name: no source was asked. */
const notOfTheName = ['EAI_BADFLAGS', 'EAI_FAMILY', 'EAI_SOCKTYPE', 'EAI_SERVICE', 'EAI_IDN_ENCODE'];

/** So long the look-up has before its sources are asked beside it: most answers are there by then. */
const headStartMilliseconds = 40;

/** One look-up after another, and what becomes of their rows. */
export class LookupSession {
  readonly #kit: LookupKit;
  #ask: LookupAsk;
  readonly #actors: LookupActors;
  readonly #connector: Connector;
  #rows: readonly RowFields[] = [];
  /** Counts look-ups: one that was given up must not speak any more. */
  #current = 0;
  #startedAt = 0;
  /** Why libc cannot be called. */
  #without: string | undefined;

  constructor(kit: LookupKit, ask: LookupAsk) {
    this.#kit = kit;
    this.#ask = ask;
    this.#actors = new LookupActors(kit);
    this.#connector = new Connector(kit, this.#actors);
  }

  /** Resolves with the problem when there are no rows. */
  async lookUp(all = this.#ask.sources === 'all'): Promise<Problem | undefined> {
    const kit = this.#kit;
    const request = requestOf(this.#ask);
    const current = ++this.#current;
    this.#rows = [];
    this.#startedAt = kit.now();
    kit.emit('asked', {node: request.node, service: request.service, call: callOf(request)});
    const {libc} = await kit.world.capabilities();
    this.#without = libc.available ? undefined : libc.why;
    try {
      return libc.available ? await this.#byLibc(request, all) : await this.#byNode(request, libc.why);
    } catch (error) {
      // Its process was ended.
      if (current !== this.#current || kit.signal.aborted) return undefined;
      throw error;
    }
  }

  /** Ends a look-up that hangs: with its process, for nothing else can. */
  async cancel(): Promise<void> {
    this.#current++;
    this.#kit.emit('cancelled', {seconds: this.#kit.now() - this.#startedAt});
    this.#connector.lost();
    await this.#actors.stop();
  }

  /** The lab’s web server instead of what was asked for. */
  async toLab(): Promise<void> {
    const lab = await this.#kit.lab();
    const found = lab.hosts
      .flatMap(host => host.services.map(service => ({host, service})))
      .find(({service}) => service.name === 'http');
    if (found === undefined)
      throw new ProblemError({code: 'names.lab', says: 'The lab has no web server', next: 'Start a server yourself.'});
    const {address, port} = found.service.at;
    this.#kit.emit('lab', {name: found.host.name, address, port});
    const {host, lab: asked} = this.#ask;
    if (asked && host !== lookupFields.host.default && `${host}.` !== found.host.name && host !== found.host.name)
      this.#kit.emit('notice', {
        says: `“${host}” is not looked up: with Lab it is the lab’s web server, whatever the host. Leave Lab out to look it up`,
      });
    this.#ask = {...this.#ask, host: address, service: String(port), family: 'unspec', type: 'stream', protocol: 'any'};
  }

  /** Connects to rows from this one on: to it alone, or with `rest` up to the first that connects. */
  async connect(number: number, rest: boolean): Promise<Problem | undefined> {
    const candidates = this.#rows.slice(number - 1, rest ? undefined : number);
    if (candidates.length === 0) return noRow(number, this.#rows.length);
    if (this.#without !== undefined) return noSockets(this.#without);
    let first: Problem | undefined;
    for (const row of candidates) {
      const problem = await this.#connector.connect(row, this.#ask.connectTimeout);
      if (problem === undefined) return undefined;
      first ??= problem;
      if (this.#kit.signal.aborted) break;
    }
    if (candidates.length === 1 || first === undefined) return first;
    return {...first, says: `None of ${candidates.length} rows connected. ${first.says}`};
  }

  /** `--connect`: each row with `all`; it went well when one connected. */
  async connectAsAsked(): Promise<Problem | undefined> {
    const asked = this.#ask.connect.trim();
    if (asked === 'none') return undefined;
    if (asked === 'first') return this.connect(1, true);
    if (asked !== 'all') return this.connect(Number(asked), false);
    if (this.#without !== undefined) return noSockets(this.#without);
    const problems: Problem[] = [];
    for (const row of this.#rows) {
      const problem = await this.#connector.connect(row, this.#ask.connectTimeout);
      if (problem !== undefined) problems.push(problem);
      if (this.#kit.signal.aborted) return undefined;
    }
    return problems.length === this.#rows.length ? problems[0] : undefined;
  }

  disconnect(): Promise<boolean> {
    return this.#connector.close();
  }

  close(): Promise<void> {
    return this.#actors.stop();
  }

  async #byLibc(request: LookupRequest, all: boolean): Promise<Problem | undefined> {
    const kit = this.#kit;
    const {node, service, hints, idn} = request;
    if (idn !== undefined) kit.emit('idn', idn);
    const actor = await this.#actors.get('look-up');
    if (request.needsLocale) kit.emit('call', callEvent(await actor.call('setlocale', ['C.UTF-8']), 'look-up'));
    const named = node !== null && node !== '*';
    // The same question without the right to ask anybody: answered only when the name is no name but an address.
    const literal = named && (await actor.call('getaddrinfo', [node, null, {flags: ['AI_NUMERICHOST']}]));
    if (literal) kit.emit('call', callEvent(literal, 'literal?'));
    const asking = actor.call('getaddrinfo', [node, service, hints]);
    const isName = literal !== false && literal.errno !== undefined;
    const settings = isName ? await tellSettings(kit, node!) : [];
    await Promise.race([asking, sleep(headStartMilliseconds)]);
    const early = await Promise.race([asking, undefined]);
    const lines = isName ? await tellHosts(kit, node!) : [];
    const useless = early?.errno !== undefined && notOfTheName.includes(early.errno);
    const byNumber = hints.flags?.includes('AI_NUMERICHOST') === true;
    const wanted = isName && !useless && !byNumber && (all || this.#ask.sources !== 'none');
    const source: Promise<SourceAnswer | undefined> = wanted
      ? askSources(kit, this.#actors, request, settings, all)
      : Promise.resolve(undefined);
    source.catch(() => undefined);
    const record = await asking;
    this.#tellAnswer(record, request.node);
    const first = await source;
    if (record.errno !== undefined) return failureProblem(record, request);
    const given = hostsOf(record);
    const literalOf = literal === false ? undefined : literal.errno === undefined;
    kit.emit(
      'origin',
      originOf({
        node,
        passive: hints.flags?.includes('AI_PASSIVE') === true,
        literal: literalOf,
        given,
        first,
        lines,
        settings,
      }),
    );
    return undefined;
  }

  async #byNode(request: LookupRequest, why: string): Promise<Problem | undefined> {
    const {record, says} = await lookUpByNode(request, this.#ask);
    this.#kit.emit('notice', {says: `${says}: ${why}`});
    this.#tellAnswer(record, request.node);
    return record.errno === undefined ? undefined : failureProblem(record, request);
  }

  #tellAnswer(record: CallRecord, node: string | null): void {
    const kit = this.#kit;
    kit.emit('call', callEvent(record, 'look-up'));
    const {errno, errnoNumber, rows = [], moreRows: more, seconds} = record;
    if (errno !== undefined) {
      const {sentence, next} = lookupError(errno) ?? errnoEntry(errno);
      kit.emit('failed', {
        code: errno,
        number: record.result,
        errno: errnoNumber ?? record.result,
        ...(errnoNumber !== undefined && {errnoName: errnoEntry(errnoNumber).name}),
        says: record.message ?? '',
        means: sentence,
        next: hintFor(errno, node) ?? next,
        seconds,
      });
      return;
    }
    this.#rows = rows.map(rowFields);
    for (const row of this.#rows) kit.emit('row', row);
    kit.emit('answer', {rows: rows.length + (more ?? 0), ...(more !== undefined && {more}), seconds});
  }
}

/** As the call will be told when it has returned. */
function callOf({node, service, hints}: LookupRequest): string {
  const quoted = (text: string | null) => (text === null ? 'NULL' : JSON.stringify(text));
  const {flags = [], family, type, protocol} = hints;
  return `getaddrinfo(${quoted(node)}, ${quoted(service)}, {${flagText(flags)}, ${family}, ${type}, ${protocol}}, ...)`;
}
