import net from 'node:net';
import {describe, expect, test} from 'vitest';
import {createSplitter, withLength} from '../../../src/wire/dns/framing.ts';
import {createClock} from '../../../src/world/clock.ts';
import {createDns} from '../../../src/world/dns/exchange.ts';
import type {DnsConnection, ExchangeNote, ExchangeOptions} from '../../../src/world/dns/types.ts';
import {answerFor, listening, queryFor} from './servers.ts';

const dns = createDns(createClock());
const query = queryFor('www.example.test');
const options: ExchangeOptions = {timeout: 5, retries: 0};

/** A TCP server that is handed each whole query. */
function serve(work: (query: Uint8Array, socket: net.Socket) => void): net.Server {
  return net.createServer(socket => {
    const splitter = createSplitter();
    socket.on('data', piece => {
      for (const message of splitter.push(piece as Uint8Array)) work(message, socket);
    });
  });
}

async function writeSlowly(socket: net.Socket, bytes: Uint8Array): Promise<void> {
  socket.setNoDelay(true);
  for (const byte of bytes) {
    socket.write(Uint8Array.of(byte));
    await new Promise(done => setImmediate(done));
  }
}

async function opened(port: number): Promise<DnsConnection> {
  const open = await dns.open({address: '127.0.0.1', port, transport: 'tcp'}, options);
  if (!open.ok) throw new Error(open.problem.says);
  return open.connection;
}

const ask = (port: number, more: Partial<ExchangeOptions> = {}) =>
  dns.exchange(query, {address: '127.0.0.1', port, transport: 'tcp'}, {...options, ...more});

describe('over TCP', () => {
  test('an answer may come in pieces of one byte', async () => {
    await using server = await listening(
      serve((asked, socket) => void writeSlowly(socket, withLength(answerFor(asked)))),
    );
    expect(await ask(server.port)).toMatchObject({ok: true, value: {bytes: answerFor(query), tries: 1}});
  });

  test('answers out of order over one connection find their questions', async () => {
    const waiting: Uint8Array[] = [];
    await using server = await listening(
      serve((asked, socket) => {
        waiting.unshift(asked);
        if (waiting.length === 20) for (const one of waiting) socket.write(withLength(answerFor(one)));
      }),
    );
    const connection = await opened(server.port);
    const queries = Array.from({length: 20}, (_, index) => queryFor(`n${index}.example.test`, {id: 1000 + index}));
    const answers = await Promise.all(queries.map(one => connection.ask(one, options)));
    expect(answers.map(one => one.ok && one.value.bytes)).toEqual(queries.map(one => answerFor(one)));
    expect(server.connections).toHaveLength(1);
    connection.close();
  });

  test('two questions with the same id are told apart by their questions', async () => {
    const waiting: Uint8Array[] = [];
    await using server = await listening(
      serve((asked, socket) => {
        waiting.unshift(asked);
        if (waiting.length === 2) for (const one of waiting) socket.write(withLength(answerFor(one)));
      }),
    );
    const connection = await opened(server.port);
    const both = [queryFor('a.test'), queryFor('b.test')];
    const answers = await Promise.all(both.map(one => connection.ask(one, options)));
    expect(answers.map(one => one.ok && one.value.bytes)).toEqual(both.map(one => answerFor(one)));
    connection.close();
  });

  test('a stall of one question is timed out, and the connection goes on', async () => {
    await using server = await listening(
      serve((asked, socket) => {
        if (asked[1] !== 1) socket.write(withLength(answerFor(asked)));
      }),
    );
    const connection = await opened(server.port);
    const stalled = connection.ask(queryFor('a.test', {id: 1}), {...options, timeout: 0.1});
    expect(await connection.ask(queryFor('b.test', {id: 2}), options)).toMatchObject({ok: true});
    expect(await stalled).toMatchObject({ok: false, problem: {code: 'dns.timeout'}});
    expect(connection.alive).toBe(true);
    expect(await connection.ask(queryFor('c.test', {id: 3}), options)).toMatchObject({ok: true});
    connection.close();
    expect(await connection.ask(query, options)).toMatchObject({ok: false, problem: {code: 'dns.stopped'}});
  });

  test('an answer nobody asked for is ignored and counted', async () => {
    const notes: ExchangeNote[] = [];
    await using server = await listening(
      serve((asked, socket) => {
        socket.write(withLength(answerFor(asked, {id: 7})));
        socket.write(withLength(new Uint8Array(0)));
        socket.write(withLength(answerFor(asked)));
      }),
    );
    const exchange = await ask(server.port, {note: note => notes.push(note)});
    expect(exchange).toMatchObject({ok: true, value: {ignored: 2}});
    expect(notes.map(note => note.kind)).toEqual(['connected', 'sent', 'ignored', 'ignored']);
  });

  test.each([
    ['before it answers', (answer: Uint8Array) => answer.subarray(0, 0), /before it answered/],
    ['in the length', (answer: Uint8Array) => answer.subarray(0, 1), /before it answered/],
    ['in the middle', (answer: Uint8Array) => answer.subarray(0, 12), /middle of a message, after 10 of \d+ bytes/],
  ])('a server that closes %s is reported', async (_when, cut, says) => {
    await using server = await listening(serve((asked, socket) => socket.end(cut(withLength(answerFor(asked))))));
    const exchange = await ask(server.port);
    expect(exchange).toMatchObject({ok: false, problem: {code: 'dns.closed', says: expect.stringMatching(says)}});
  });

  test('a reset is told as one', async () => {
    await using server = await listening(serve((_asked, socket) => socket.resetAndDestroy()));
    expect(await ask(server.port)).toMatchObject({ok: false, problem: {code: 'dns.reset', errno: 'ECONNRESET'}});
  });

  test('nobody listening, and being told to stop', async () => {
    const {port} = await (async () => {
      await using server = await listening(net.createServer());
      return server;
    })();
    expect(await ask(port)).toMatchObject({ok: false, problem: {code: 'dns.refused'}});
    await using silent = await listening(serve(() => undefined));
    const stop = new AbortController();
    const asked = ask(silent.port, {
      timeout: 60,
      signal: stop.signal,
      note: note => note.kind === 'sent' && stop.abort(),
    });
    expect(await asked).toMatchObject({ok: false, problem: {code: 'dns.stopped'}});
    expect(await ask(silent.port, {signal: stop.signal})).toMatchObject({problem: {code: 'dns.stopped'}});
  });
});
