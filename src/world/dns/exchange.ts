import type {Clock} from '../clock.ts';
import {dial} from './dial.ts';
import {unusable} from './endpoint.ts';
import {HttpConnection} from './http-connection.ts';
import {httpOver} from './https.ts';
import {isTruncated} from './match.ts';
import {StreamConnection} from './stream.ts';
import type {Dns, DnsServer, Exchange, ExchangeOptions, Opened} from './types.ts';
import {askOverUdp} from './udp.ts';

/**
 * DNS over UDP, TCP, TLS and HTTPS: bytes out, bytes in. What the bytes mean is wire/dns's business.
 *
 *     const dns = createDns(clock);
 *     const exchange = await dns.exchange(query, {address: '127.4.0.53', port: 5300, transport: 'udp'}, {timeout: 5, retries: 2});
 *     if (exchange.ok) decodeMessage(exchange.value.bytes); else formatProblem(exchange.problem);
 */
export function createDns(clock: Pick<Clock, 'now'>): Dns {
  const open = (server: DnsServer, options: ExchangeOptions) => openConnection(clock, server, options);
  return {
    open,
    async exchange(query, server, options) {
      const problem = unusable(server);
      if (problem !== undefined) return {ok: false, problem, tries: 0, ignored: 0};
      if (server.transport !== 'udp') return askOnce(clock, query, server, options);
      const exchange = await askOverUdp(clock, query, server, options);
      const isCut = exchange.ok && isTruncated(exchange.value.bytes) && options.ignoreTruncation !== true;
      return isCut ? overTcp(clock, query, exchange, options) : exchange;
    },
  };
}

/** RFC 7766 §5: a truncated answer is no answer; the same question over TCP is. */
async function overTcp(
  clock: Pick<Clock, 'now'>,
  query: Uint8Array,
  {value: first}: Exchange & {readonly ok: true},
  options: ExchangeOptions,
): Promise<Exchange> {
  const says = `The answer is cut (TC, ${first.bytes.length} bytes): asking again over TCP`;
  options.note?.({kind: 'truncated', at: clock.now(), says});
  const second = await askOnce(clock, query, {...first.server, transport: 'tcp'}, options);
  const [tries, ignored] = [first.tries + countsOf(second).tries, first.ignored + countsOf(second).ignored];
  if (!second.ok) return {...second, tries, ignored};
  const total = first.total + second.value.total;
  return {ok: true, value: {...second.value, total, tries, ignored, truncated: first.bytes}};
}

function countsOf(exchange: Exchange): {readonly tries: number; readonly ignored: number} {
  return exchange.ok ? exchange.value : exchange;
}

/** Opens a connection, asks, and closes it. The time limit holds for the opening and for the answer each. */
async function askOnce(
  clock: Pick<Clock, 'now'>,
  query: Uint8Array,
  server: DnsServer,
  options: ExchangeOptions,
): Promise<Exchange> {
  const opened = await openConnection(clock, server, options);
  if (!opened.ok) return {ok: false, problem: opened.problem, tries: 1, ignored: 0};
  const exchange = await opened.connection.ask(query, options);
  opened.connection.close();
  if (!exchange.ok) return exchange;
  return {ok: true, value: {...exchange.value, total: exchange.value.seconds + opened.connection.opening}};
}

async function openConnection(clock: Pick<Clock, 'now'>, named: DnsServer, options: ExchangeOptions): Promise<Opened> {
  const server: DnsServer = named.transport === 'udp' ? {...named, transport: 'tcp'} : named;
  const problem = unusable(server);
  if (problem !== undefined) return {ok: false, problem};
  const started = clock.now();
  const dialled = await dial(server, options);
  if (!dialled.ok) return dialled;
  const {socket, local, session, alpn} = dialled;
  const now = clock.now();
  const opening = now - started;
  options.note?.({
    kind: 'connected',
    at: now,
    says: `Connected from ${local}${session === undefined ? '' : `, ${session}`}`,
  });
  const parts = {clock, socket, server, local, opening, ...(session !== undefined && {session})};
  if (server.transport !== 'https') return {ok: true, connection: new StreamConnection(parts)};
  return {ok: true, connection: new HttpConnection(parts, over => httpOver(socket, alpn, server, over))};
}
