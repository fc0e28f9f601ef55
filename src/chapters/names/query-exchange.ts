import {decodeMessage} from '../../wire/dns/decode.ts';
import {encodeMessage} from '../../wire/dns/encode.ts';
import {codes, options} from '../../wire/dns/numbers.ts';
import type {DecodedMessage} from '../../wire/dns/types.ts';
import {toHex} from '../../wire/text/hex.ts';
import {endpointText} from '../../world/dns/endpoint.ts';
import {signTsig, verifyTsig} from '../../world/dns/tsig.ts';
import type {DnsServer, Exchange, ExchangeNote, ExchangeOptions} from '../../world/dns/types.ts';
import {buildQuery, firstCookie, understood} from './query-build.ts';
import {Connections} from './query-connections.ts';
import type {QueryAsk} from './query-fields.ts';
import {type Outcome, placeOf, type QueryKit, type Question, type Say} from './query-kit.ts';
import {membersOf} from './query-message.ts';
import {random} from './query-random.ts';
import {readKey} from './query-read.ts';
import {isTransfer, Transfers} from './query-transfer.ts';

/** Asks one server one question, and tells everything that happens. */
export class QueryExchanges {
  readonly #kit: QueryKit;
  readonly #connections: Connections;
  readonly #transfers: Transfers;
  /** The whole cookie for each server, once it has given its half. */
  readonly #cookies = new Map<string, Uint8Array>();
  #own: Uint8Array | undefined;
  #number = 0;

  constructor(kit: QueryKit) {
    this.#kit = kit;
    this.#connections = new Connections(kit.world.dns);
    this.#transfers = new Transfers(kit);
  }

  close(): void {
    this.#connections.close();
  }

  /** A server that wants its cookie first (BADCOOKIE) is asked again with it, once (RFC 7873 §5.3). */
  async ask(ask: QueryAsk, question: Question, server: DnsServer, say: Say): Promise<Outcome> {
    const number = this.#number + 1;
    if (isTransfer(question.asked)) return this.#transfers.take(ask, question, server, ++this.#number, say);
    const first = await this.#once(ask, question, server, say);
    if (!first.ok || first.decoded.message.rcode !== codes.BADCOOKIE) return first;
    if (!this.#cookies.has(keyOf(server))) return first;
    const says = 'BADCOOKIE: asking again with the cookie the server gave';
    say(() => this.#kit.emit('note', {number, about: 'cookie', says}));
    return this.#once(ask, question, server, say);
  }

  async #once(ask: QueryAsk, {name, asked, label}: Question, server: DnsServer, say: Say): Promise<Outcome> {
    const {world, signal, emit} = this.#kit;
    const number = ++this.#number;
    const cookie = this.#cookie(ask, server);
    const message = buildQuery(
      ask,
      {
        name,
        asked,
        overHttps: server.transport === 'https',
        ...(cookie !== undefined && {cookie}),
      },
      random,
    );
    const {bytes: query, mac} = signed(encodeMessage(message), ask);
    const about = {number, label};
    say(() => emit('query', {...about, ...placeOf(server), size: query.length, ...membersOf(query)}, query));
    const options: ExchangeOptions = {
      timeout: ask.wait,
      retries: ask.retries,
      ignoreTruncation: ask.ignoreTruncation,
      exactCase: ask.mixCase,
      signal,
      ...(ask.local.trim() !== '' && {local: ask.local.trim()}),
      note: note => this.#noted(number, note, say),
    };
    const exchange =
      server.transport === 'udp'
        ? await world.dns.exchange(query, server, options)
        : await this.#connections.exchange(query, server, options, ask.keepOpen);
    this.#verify(exchange, mac, ask, number, say);
    return this.#told(exchange, {...about, asked, name, ...(cookie !== undefined && {cookie})}, server, say);
  }

  #told(
    exchange: Exchange,
    about: Question & {readonly number: number; readonly cookie?: Uint8Array},
    server: DnsServer,
    say: Say,
  ): Outcome {
    const {emit} = this.#kit;
    const {number, label, cookie} = about;
    if (!exchange.ok) {
      const {problem, tries, ignored} = exchange;
      const {code, says, next} = problem;
      const why = {code, says, ...(next !== undefined && {next}), tries, ignored};
      say(() => emit('failure', {number, label, ...placeOf(server), ...why}));
      return {ok: false, problem};
    }
    const {value} = exchange;
    const {bytes, truncated, seconds, total, tries, ignored, local, session} = value;
    if (truncated !== undefined)
      say(() =>
        emit(
          'truncated',
          {number, label, ...placeOf(server), size: truncated.length, ...membersOf(truncated)},
          truncated,
        ),
      );
    const decoded = decodeMessage(bytes);
    const took = {seconds: rounded(seconds), total: rounded(total), tries, ignored, when: new Date().toISOString()};
    const sent = cookie === undefined ? {} : {cookie: toHex(cookie.subarray(0, 8))};
    const ends = {...sent, ...(local !== undefined && {local}), ...(session !== undefined && {session})};
    const place = {number, label, ...placeOf(value.server), size: bytes.length};
    say(() => emit('response', {...place, ...took, ...ends, ...membersOf(bytes)}, bytes));
    this.#learn(decoded, server, number, say);
    return {ok: true, decoded};
  }

  /** The signature is checked beside the answer, which is shown either way. */
  #verify(exchange: Exchange, mac: Uint8Array | undefined, ask: QueryAsk, number: number, say: Say): void {
    if (!exchange.ok || mac === undefined) return;
    const key = understood(readKey(ask.tsig));
    const verdict = verifyTsig(exchange.value.bytes, key, undefined, mac);
    const says = verdict.ok
      ? `The answer is signed with the key ${key.name}, and the signature is good`
      : verdict.problem.says;
    say(() => this.#kit.emit('note', {number, about: 'signature', says}));
  }

  #noted(number: number, {kind, says}: ExchangeNote, say: Say): void {
    if (kind !== 'sent') say(() => this.#kit.emit('note', {number, about: kind, says}));
  }

  #cookie(ask: QueryAsk, server: DnsServer): Uint8Array | undefined {
    const own = firstCookie(ask, random);
    if (own === undefined || own.length > 8) return own;
    // The client's half stays the same for a server, or the server could not know it again.
    if (ask.cookie === 'yes') this.#own ??= own;
    return this.#cookies.get(keyOf(server)) ?? (ask.cookie === 'yes' ? this.#own : own);
  }

  /** Keeps the server's half of the cookie. One that does not begin with ours came from somebody else (RFC 7873 §5.3). */
  #learn({message}: DecodedMessage, server: DnsServer, number: number, say: Say): void {
    const given = message.edns?.options.find(({code}) => code === options.COOKIE)?.data;
    const own = this.#own;
    if (given === undefined || own === undefined) return;
    if (given.length >= 16 && toHex(given.subarray(0, 8)) === toHex(own)) {
      this.#cookies.set(keyOf(server), given);
      return;
    }
    const says = 'The cookie of the answer does not begin with ours: it may not be from that server';
    say(() => this.#kit.emit('note', {number, about: 'cookie', says}));
  }
}

/** With its TSIG behind it where there is a key, and the MAC that the answer's covers. */
function signed(query: Uint8Array, {tsig}: QueryAsk): {readonly bytes: Uint8Array; readonly mac?: Uint8Array} {
  return tsig.trim() === '' ? {bytes: query} : signTsig(query, understood(readKey(tsig)));
}

const keyOf = ({address, port}: DnsServer) => endpointText(address, port);

/** Whole microseconds. */
const rounded = (seconds: number) => Math.round(seconds * 1e6) / 1e6;
