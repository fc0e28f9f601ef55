import {createSocket, type RemoteInfo, type Socket} from 'node:dgram';
import {createServer, type Server} from 'node:net';
import {createServer as createTlsServer} from 'node:tls';
import {afterEach, describe, expect, test} from 'vitest';
import type {Problem} from '../../../src/journal/problem.ts';
import * as certificates from '../../../src/lab/test-certificates.ts';
import {createSplitter, withLength} from '../../../src/wire/dns/framing.ts';
import {nameBytes} from '../../../src/wire/dns/name.ts';
import {startBulk} from '../../../src/world/dns/bulk.ts';
import {BulkEngine} from '../../../src/world/dns/bulk-engine.ts';
import type {
  Bulk,
  BulkBatch,
  BulkCounts,
  BulkListener,
  BulkOptions,
  BulkResult,
} from '../../../src/world/dns/bulk-types.ts';
import {eventually} from '../support/tools.ts';

const closing: (() => unknown)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

/** What a test's server makes of a query: datagrams to send back. */
type Answerer = (query: Buffer, from: RemoteInfo, socket: Socket) => readonly Uint8Array[];

async function serving(answer: Answerer): Promise<number> {
  const socket = createSocket('udp4');
  socket.on('message', (query, from) => {
    for (const bytes of answer(query, from, socket)) socket.send(bytes, from.port, from.address);
  });
  await new Promise<void>(done => socket.bind(0, '127.0.0.1', done));
  socket.setRecvBufferSize(4 * 1024 * 1024);
  closing.push(() => socket.close());
  return socket.address().port;
}

/** The question with QR set and, if asked for, other flags and one A record. */
function answered(query: Uint8Array, {rcode = 0, truncated = false, records = 1} = {}): Buffer {
  const end = query.length - (query[11] === 1 ? 11 : 0);
  const answer = Buffer.concat([
    query.subarray(0, end),
    ...Array.from({length: records}, () => Buffer.from('c00c00010001000000050004c0000201', 'hex')),
  ]);
  answer[2] = 0x80 | (truncated ? 2 : 0) | (query[2]! & 1);
  answer[3] = rcode;
  answer.writeUInt16BE(records, 6);
  answer.writeUInt16BE(0, 10);
  return answer;
}

function batchOf(first: number, count: number, name = (number: number) => `n${number}.example.test.`): BulkBatch {
  const questions = Array.from({length: count}, (_, k) =>
    Buffer.concat([nameBytes(name(first + k)), Buffer.of(0, 1, 0, 1)]),
  );
  let end = 0;
  const ends = Uint32Array.from(questions, question => (end += question.length));
  return {first, bytes: new Uint8Array(Buffer.concat(questions)), ends};
}

interface Watched {
  readonly engine: Bulk;
  readonly results: BulkResult[];
  counts(): BulkCounts | undefined;
  fatal(): Problem | undefined;
  /** Resolves when so many results have come. */
  came(count: number): Promise<BulkResult[]>;
}

const usual = {
  timeout: 0.15,
  retries: 1,
  recursion: true,
  dnssec: false,
  udpSize: 1232,
  records: true,
  concurrency: 64,
  rate: 0,
  paused: false,
};

async function watched(
  port: number,
  change: Partial<BulkOptions> = {},
  start: (options: BulkOptions, tell: BulkListener) => Promise<Bulk> = opened,
): Promise<Watched> {
  const results: BulkResult[] = [];
  let counts: BulkCounts | undefined;
  let fatal: Problem | undefined;
  const server = {address: '127.0.0.1', port, transport: 'udp'} as const;
  const engine = await start({...usual, server, ...change}, report => {
    results.push(...report.results);
    counts = report.counts;
    fatal ??= report.fatal;
  });
  closing.push(() => engine.close());
  return {
    engine,
    results,
    counts: () => counts,
    fatal: () => fatal,
    async came(count) {
      await eventually(
        () => results.length,
        length => length >= count,
        20_000,
      );
      return [...results].sort((a, b) => a.number - b.number);
    },
  };
}

async function opened(options: BulkOptions, tell: BulkListener): Promise<Bulk> {
  const engine = new BulkEngine(options, tell);
  await engine.open();
  return engine;
}

const outcomes = (results: readonly BulkResult[]) => results.map(({rcode}) => rcode);

describe('over UDP', () => {
  test('each question is told once, with what the answer holds', async () => {
    const port = await serving(query => [answered(query)]);
    const {engine, came} = await watched(port);
    engine.give(batchOf(1, 300));
    engine.give(batchOf(301, 5));
    const results = await came(305);
    expect(results.map(({number}) => number)).toEqual(Array.from({length: 305}, (_, k) => k + 1));
    expect(results[0]).toMatchObject({
      rcode: 0,
      tries: 1,
      transport: 'udp',
      flags: 0x8100,
      count: 1,
      answers: ['A 192.0.2.1'],
    });
    expect(results.every(({seconds, size}) => seconds > 0 && size > 40)).toBe(true);
  });

  test('what goes out is a query: RD, one question, OPT with the size and DO', async () => {
    const queries: Buffer[] = [];
    const port = await serving(query => {
      queries.push(query);
      return [answered(query)];
    });
    for (const change of [{dnssec: true}, {recursion: false, udpSize: 0}]) {
      const {engine, came} = await watched(port, change);
      engine.give(batchOf(1, 1));
      await came(1);
    }
    const question = '026e31076578616d706c6504746573740000010001';
    expect(queries.map(query => query.subarray(2).toString('hex'))).toEqual([
      `01000001000000000001${question}0000290${'4d0'}000080000000`,
      `00000001000000000000${question}`,
    ]);
  });

  test('never more in flight than asked for, and ids that no other question in flight has', async () => {
    const waiting: {query: Buffer; from: RemoteInfo}[] = [];
    const port = await serving((query, from) => {
      waiting.push({query, from});
      return [];
    });
    const {engine, counts} = await watched(port, {concurrency: 200, timeout: 5});
    engine.give(batchOf(1, 1000));
    await eventually(
      () => waiting.length,
      length => length === 200,
    );
    await eventually(counts, now => now?.inFlight === 200);
    expect(counts()).toMatchObject({inFlight: 200, waiting: 800, sent: 200, sockets: 2});
    const keys = waiting.map(({query, from}) => `${query.readUInt16BE(0)} from ${from.port}`);
    expect(new Set(keys).size).toBe(200);
  });

  test('an answer is taken only with the id and the question, in whichever case of letters', async () => {
    const port = await serving(query => {
      const other = answered(query);
      other.writeUInt16BE(0xffff & (query.readUInt16BE(0) + 1), 0);
      const question = answered(query, {records: 0});
      question[14]! ^= 1;
      const upper = answered(query);
      upper.set(Buffer.from('EXAMPLE'), 16);
      return [other, question, Buffer.from('ab'), query, upper, answered(query)];
    });
    const {engine, came, counts} = await watched(port);
    engine.give(batchOf(1, 1));
    expect(await came(1)).toMatchObject([{rcode: 0, tries: 1}]);
    await eventually(counts, now => (now?.ignored ?? 0) >= 5);
    expect(counts()?.ignored).toBe(5);
  });

  test('an answer from another port is no answer', async () => {
    const other = createSocket('udp4');
    await new Promise<void>(done => other.bind(0, '127.0.0.1', done));
    closing.push(() => other.close());
    const port = await serving((query, from) => {
      other.send(answered(query), from.port, from.address);
      return [];
    });
    const {engine, came} = await watched(port, {retries: 0});
    engine.give(batchOf(1, 3));
    expect(outcomes(await came(3))).toEqual([-1, -1, -1]);
  });

  test('a refusal without the question is an answer; a good answer without it is none', async () => {
    const port = await serving(query => {
      const header = Buffer.from(query.subarray(0, 12));
      header.set([0x81, query[14] === 0x31 ? 1 : 0, 0, 0, 0, 0, 0, 0, 0, 0], 2);
      return [header];
    });
    const {engine, came} = await watched(port, {retries: 0});
    engine.give(batchOf(1, 1));
    expect(outcomes(await came(1))).toEqual([1]);
    const second = await watched(port, {retries: 0});
    second.engine.give(batchOf(2, 1));
    expect(outcomes(await second.came(1))).toEqual([-1]);
  });

  test('silence: it is sent again as often as asked for, then given up', async () => {
    const times = new Map<string, number>();
    const port = await serving(query => {
      const name = query.subarray(12).toString('latin1');
      times.set(name, (times.get(name) ?? 0) + 1);
      return times.get(name) === 3 && name.includes('n1') ? [answered(query)] : [];
    });
    const {engine, came, counts} = await watched(port, {timeout: 0.06, retries: 2});
    engine.give(batchOf(1, 2));
    expect(await came(2)).toMatchObject([
      {rcode: 0, tries: 3},
      {rcode: -1, tries: 3, size: 0, answers: []},
    ]);
    expect(counts()).toMatchObject({sent: 6, retries: 4});
  });

  test('nobody listens: said at once, not after the time-outs', async () => {
    const port = await serving(() => []);
    await closing.pop()!();
    const {engine, fatal} = await watched(port, {timeout: 60});
    engine.give(batchOf(1, 100));
    await eventually(fatal, Boolean);
    expect(fatal()).toMatchObject({code: 'dns.refused', errno: 'ECONNREFUSED'});
  });

  test.each([64, 512, 4096])(
    '10 000 questions with %d in flight: none is lost',
    {timeout: 60_000},
    async concurrency => {
      const port = await serving(query => [answered(query)]);
      const {engine, came} = await watched(port, {concurrency, timeout: 5, retries: 2});
      for (let first = 1; first < 10_000; first += 250) engine.give(batchOf(first, 250));
      const results = await came(10_000);
      expect(results.length).toBe(10_000);
      expect(results.every(({rcode}) => rcode === 0)).toBe(true);
    },
  );
});

describe('while it goes on', () => {
  test('paused, nothing goes out; more at a time when allowed; cancelled, nothing is told any more', async () => {
    const port = await serving(() => []);
    const {engine, counts, results} = await watched(port, {timeout: 60, concurrency: 2});
    engine.give(batchOf(1, 100));
    await eventually(counts, now => now?.inFlight === 2);
    engine.pace({paused: true});
    engine.pace({concurrency: 50});
    await eventually(counts, now => now?.inFlight === 50, 50);
    expect(counts()?.inFlight).toBe(2);
    engine.pace({paused: false});
    await eventually(counts, now => now?.inFlight === 50);
    expect(counts()).toMatchObject({inFlight: 50, waiting: 50});
    engine.cancel();
    await eventually(counts, now => now?.inFlight === 0);
    expect(counts()).toMatchObject({inFlight: 0, waiting: 0});
    expect(results).toEqual([]);
  });

  test('a rate is kept', async () => {
    const port = await serving(query => [answered(query)]);
    const {engine, came} = await watched(port, {rate: 200});
    const start = performance.now();
    engine.give(batchOf(1, 60));
    await came(60);
    expect(performance.now() - start).toBeGreaterThan(200);
  });
});

describe('over TCP', () => {
  /** Answers what comes over TCP at the port of a server of UDP. */
  async function streaming(port: number, answer: (query: Uint8Array) => Uint8Array | undefined): Promise<Server> {
    const server = createServer(socket => {
      const splitter = createSplitter();
      socket.on('error', () => undefined);
      socket.on('data', (bytes: Buffer) => {
        for (const query of splitter.push(bytes)) {
          const reply = answer(query);
          if (reply === undefined) socket.destroy();
          else socket.write(withLength(reply));
        }
      });
      closing.push(() => socket.destroy());
    });
    await new Promise<void>((done, fail) => server.once('error', fail).listen(port, '127.0.0.1', done));
    closing.push(() => new Promise(done => server.close(done)));
    return server;
  }

  test('a truncated answer is asked for again there', async () => {
    const port = await serving(query => [answered(query, {truncated: query[14] === 0x35, records: 0})]);
    await streaming(port, query => answered(query, {records: 3}));
    const {engine, came, counts} = await watched(port, {timeout: 2});
    engine.give(batchOf(1, 100));
    const results = await came(100);
    expect(results.filter(({transport}) => transport === 'tcp').map(({number}) => number)).toEqual([
      5, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59,
    ]);
    expect(results[4]).toMatchObject({rcode: 0, tries: 2, count: 3});
    expect(counts()).toMatchObject({truncated: 11, retries: 0});
  });

  test('many on few connections, and one that breaks costs a try', async () => {
    let count = 0;
    const server = await streaming(0, query => (++count === 40 ? undefined : answered(query)));
    const {port} = server.address() as {port: number};
    let connections = 0;
    server.on('connection', () => connections++);
    const tcp = {address: '127.0.0.1', port, transport: 'tcp'} as const;
    const {engine, came} = await watched(port, {server: tcp, timeout: 5});
    engine.give(batchOf(1, 500));
    const results = await came(500);
    expect(results.every(({rcode, transport}) => rcode === 0 && transport === 'tcp')).toBe(true);
    expect(results.some(({tries}) => tries === 2)).toBe(true);
    expect(connections).toBeLessThan(10);
  });
});

describe('over TLS', () => {
  async function encrypted(): Promise<BulkOptions['server']> {
    const {key, good: cert, authority} = certificates;
    const server = createTlsServer({key, cert, ALPNProtocols: ['dot']}, socket => {
      const splitter = createSplitter();
      socket.on('error', () => undefined);
      socket.on('data', (bytes: Buffer) => {
        for (const query of splitter.push(bytes)) socket.write(withLength(answered(query)));
      });
      closing.push(() => socket.destroy());
    });
    server.on('tlsClientError', () => undefined);
    await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
    closing.push(() => new Promise(done => server.close(done)));
    const {port} = server.address() as {port: number};
    return {address: '127.0.0.1', port, transport: 'tls', tlsName: 'localhost', authority};
  }

  test('the same, encrypted', async () => {
    const {engine, came} = await watched(0, {server: await encrypted(), timeout: 5});
    engine.give(batchOf(1, 300));
    const results = await came(300);
    expect(results.every(({rcode, transport}) => rcode === 0 && transport === 'tls')).toBe(true);
  });

  test('a certificate for another name, and one by nobody who is trusted, end it', async () => {
    const server = await encrypted();
    const {authority: _authority, ...untrusted} = server;
    for (const [at, code] of [
      [{...server, tlsName: 'other.test'}, 'dns.tls.name'],
      [untrusted, 'dns.tls.untrusted'],
    ] as const) {
      const {engine, fatal} = await watched(0, {server: at, timeout: 5});
      engine.give(batchOf(1, 10));
      await eventually(fatal, Boolean);
      expect(fatal()?.code).toBe(code);
    }
  });
});

test('on a thread of its own it does the same, and closes', async () => {
  const port = await serving(query => [answered(query)]);
  const {engine, came} = await watched(port, {}, startBulk);
  engine.give(batchOf(1, 500));
  expect((await came(500)).every(({rcode}) => rcode === 0)).toBe(true);
  engine.pace({concurrency: 300});
  engine.cancel();
  await engine.close();
});
