import dgram from 'node:dgram';
import net from 'node:net';
import {describe, expect, test} from 'vitest';
import {withLength} from '../../../src/wire/dns/framing.ts';
import {createClock} from '../../../src/world/clock.ts';
import {createDns} from '../../../src/world/dns/exchange.ts';
import type {ExchangeNote, ExchangeOptions} from '../../../src/world/dns/types.ts';
import {answerFor, listening, queryFor, udpServer} from './servers.ts';

const dns = createDns(createClock());
const query = queryFor('www.example.test');

function ask(port: number, options: Partial<ExchangeOptions> = {}, asked = query, address = '127.0.0.1') {
  const notes: ExchangeNote[] = [];
  const all: ExchangeOptions = {timeout: 5, retries: 0, note: note => notes.push(note), ...options};
  const exchanged = dns.exchange(asked, {address, port, transport: 'udp'}, all);
  return exchanged.then(exchange => ({exchange, notes, kinds: notes.map(note => note.kind)}));
}

function taken({exchange}: Awaited<ReturnType<typeof ask>>) {
  if (!exchange.ok) throw new Error(exchange.problem.says);
  return exchange.value;
}

describe('over UDP', () => {
  test('an answer is taken, with who gave it and how long that took', async () => {
    await using server = await udpServer((asked, reply) => reply(answerFor(asked)));
    const value = taken(await ask(server.port));
    expect(value.bytes).toEqual(answerFor(query));
    expect(value.local).toMatch(/^127\.0\.0\.1:\d+$/);
    expect(value).toMatchObject({tries: 1, ignored: 0, server: {transport: 'udp'}});
    expect(value.total).toBeGreaterThanOrEqual(value.seconds);
  });

  test.each([
    ['another id', (asked: Uint8Array) => answerFor(asked, {id: 0x9999}), 'its id is 39321 and not 4660'],
    ['another question', () => answerFor(queryFor('other.example.test')), 'it is for other.example.test.'],
    ['another type', () => answerFor(queryFor('www.example.test', {type: 28})), 'another type or class'],
    ['no question', () => Uint8Array.from([0x12, 0x34, 0x81, 0x80, 0, 0, 0, 0, 0, 0, 0, 0]), 'repeats no question'],
    ['the query itself', (asked: Uint8Array) => asked, 'it is a query and no response'],
    ['garbage', () => Uint8Array.of(1, 2, 3), '3 bytes are no DNS message'],
    ['a question that is cut', () => query.subarray(0, 20).with(2, 0x84), 'its question cannot be read'],
  ] as const)('with %s it is ignored and counted, and the right one is taken', async (_what, wrong, says) => {
    await using server = await udpServer((asked, reply) => {
      reply(wrong(asked));
      reply(answerFor(asked));
    });
    const asked = await ask(server.port);
    expect(taken(asked)).toMatchObject({ignored: 1, tries: 1, bytes: answerFor(query)});
    expect(asked.notes.find(note => note.kind === 'ignored')!.says).toContain(says);
  });

  test('from another port it is never taken, and counted where two sockets can share a port', async () => {
    const stranger = dgram.createSocket('udp4');
    await using server = await udpServer((asked, reply, from) => {
      stranger.send(answerFor(asked, {rcode: 3}), from.port, from.address, () => {
        setTimeout(() => reply(answerFor(asked)), 50);
      });
    });
    const asked = await ask(server.port);
    stranger.close();
    expect(taken(asked).bytes).toEqual(answerFor(query));
    if (process.platform === 'linux') expect(taken(asked).ignored).toBe(1);
  });

  test('a server that could not read the question may answer without one', async () => {
    const formatError = Uint8Array.from([0x12, 0x34, 0x81, 0x81, 0, 0, 0, 0, 0, 0, 0, 0]);
    await using server = await udpServer((_asked, reply) => reply(formatError));
    expect(taken(await ask(server.port)).bytes).toEqual(formatError);
  });

  test('names are compared without regard to case, unless the exact letters are wanted', async () => {
    await using server = await udpServer((_asked, reply, _from) => {
      reply(answerFor(queryFor('WWW.example.TEST')));
      reply(answerFor(query));
    });
    expect(taken(await ask(server.port))).toMatchObject({ignored: 0});
    expect(taken(await ask(server.port, {exactCase: true}))).toMatchObject({ignored: 1});
  });

  test('silence is asked again, then told with how often; late answers to an earlier try are good', async () => {
    await using silent = await udpServer(() => undefined);
    const {exchange, kinds} = await ask(silent.port, {timeout: 0.05, retries: 2});
    expect(silent.heard).toHaveLength(3);
    expect(kinds).toEqual(['sent', 'retry', 'retry']);
    expect(exchange).toMatchObject({ok: false, tries: 3, problem: {code: 'dns.timeout'}});
    expect(exchange).toMatchObject({problem: {says: expect.stringContaining('within 0.05 s, asked 3 times')}});
    await using second = await udpServer((asked, reply, _from, count) => count === 1 && reply(answerFor(asked)));
    expect(taken(await ask(second.port, {timeout: 0.05, retries: 5}))).toMatchObject({tries: 2});
  });

  test('a port nobody listens on is told at once', async () => {
    const {port} = await (async () => {
      await using server = await udpServer(() => undefined);
      return server;
    })();
    const {exchange} = await ask(port, {timeout: 60, retries: 5});
    expect(exchange).toMatchObject({ok: false, tries: 1, problem: {code: 'dns.refused', errno: 'ECONNREFUSED'}});
  });

  test('a truncated answer is asked for again over TCP, unless it is to be kept', async () => {
    const whole = answerFor(query);
    const cut = answerFor(query, {flags: 2});
    await using server = await udpServer((_asked, reply) => reply(cut));
    const tcp = net.createServer(socket => socket.on('data', () => socket.write(withLength(whole))));
    await using _tcp = await listening(tcp, server.port);
    const asked = await ask(server.port);
    expect(taken(asked)).toMatchObject({bytes: whole, truncated: cut, tries: 2, server: {transport: 'tcp'}});
    expect(asked.kinds).toEqual(['sent', 'truncated', 'connected', 'sent']);
    expect(taken(await ask(server.port, {ignoreTruncation: true}))).toMatchObject({bytes: cut, tries: 1});
  });

  test('a truncated answer without a TCP server is a problem that says so', async () => {
    await using server = await udpServer((asked, reply) => reply(answerFor(asked, {flags: 2})));
    const {exchange} = await ask(server.port);
    expect(exchange).toMatchObject({ok: false, tries: 2, problem: {code: 'dns.refused'}});
  });

  test('it stops at once when told to, also before it began', async () => {
    await using server = await udpServer(() => undefined);
    const stop = new AbortController();
    const asked = ask(server.port, {timeout: 60, signal: stop.signal, note: () => stop.abort()});
    expect((await asked).exchange).toMatchObject({ok: false, problem: {code: 'dns.stopped'}});
    expect((await ask(server.port, {signal: stop.signal})).exchange).toMatchObject({problem: {code: 'dns.stopped'}});
    expect((await ask(server.port, {signal: AbortSignal.abort()})).exchange).toMatchObject({tries: 0});
  });

  test.each([
    ['www.example.test', 53, 'dns.address'],
    ['127.0.0.1', 0, 'dns.port'],
    ['127.0.0.1', 65_536, 'dns.port'],
  ])('%s port %i is refused before anything is sent', async (address, port, code) => {
    expect((await ask(port, {}, query, address)).exchange).toMatchObject({ok: false, tries: 0, problem: {code}});
  });

  test('an address to send from that is not of this machine is a problem', async () => {
    await using server = await udpServer(() => undefined);
    const {exchange} = await ask(server.port, {local: '203.0.113.9'});
    expect(exchange).toMatchObject({ok: false, problem: {code: 'dns.local', errno: 'EADDRNOTAVAIL'}});
  });

  test('over IPv6, with and without the interface', async context => {
    const socket = dgram.createSocket('udp6');
    const bound = await new Promise<boolean>(done => {
      socket.once('error', () => done(false));
      socket.bind(0, '::1', () => done(true));
    });
    if (!bound) return context.skip('no ::1 here');
    socket.on('message', (asked, from) => socket.send(answerFor(asked), from.port, from.address));
    const {port} = socket.address();
    expect(taken(await ask(port, {}, query, '::1')).local).toMatch(/^\[::1\]:\d+$/);
    expect((await ask(port, {}, query, 'fe80::1%nosuch')).exchange).toMatchObject({ok: false});
    socket.close();
  });
});
