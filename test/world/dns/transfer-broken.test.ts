import {createServer, type Server, type Socket} from 'node:net';
import {afterAll, describe, expect, test} from 'vitest';
import {ProblemError} from '../../../src/journal/problem.ts';
import {encodeMessage} from '../../../src/wire/dns/encode.ts';
import {withLength} from '../../../src/wire/dns/framing.ts';
import {parseTsigKey, withTsig} from '../../../src/wire/dns/tsig.ts';
import type {Message, ResourceRecord} from '../../../src/wire/dns/types.ts';
import {type TransferAsk, type TransferOptions, transfer} from '../../../src/world/dns/transfer.ts';
import {tsigSigner, verifyTsig} from '../../../src/world/dns/tsig.ts';

const zone = 'example.test.';
const servers: Server[] = [];
const sockets = new Set<Socket>();
const read = parseTsigKey('hmac-sha256:k:c2VjcmV0');
const key = read.ok ? read.key : undefined;

afterAll(async () => {
  for (const socket of sockets) socket.destroy();
  await Promise.all(servers.map(server => new Promise(done => server.close(done))));
});

/** A server that hands the query to `answer` and does what it likes with the connection. */
async function serving(answer: (query: Buffer, socket: Socket) => void): Promise<number> {
  const server = createServer(socket => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.once('data', (bytes: Buffer) => answer(bytes.subarray(2), socket));
  });
  servers.push(server);
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
  return (server.address() as {port: number}).port;
}

const soa: ResourceRecord = {name: zone, type: 6, class: 1, ttl: 300, data: new Uint8Array(22)};
const a: ResourceRecord = {name: `a.${zone}`, type: 1, class: 1, ttl: 300, data: Uint8Array.of(192, 0, 2, 1)};

function message(query: Buffer, answers: readonly ResourceRecord[], change: Partial<Message> = {}): Uint8Array {
  return encodeMessage({
    id: query.readUInt16BE(0),
    response: true,
    opcode: 0,
    flags: {aa: true, tc: false, rd: false, ra: false, z: false, ad: false, cd: false},
    rcode: 0,
    questions: [],
    answers,
    authorities: [],
    additionals: [],
    ...change,
  });
}

async function outcome(
  port: number,
  ask: Partial<TransferAsk> = {},
  options: Partial<TransferOptions> = {},
): Promise<string> {
  const server = {address: '127.0.0.1', port, transport: 'tcp'} as const;
  const messages = transfer(server, {zone, type: 'AXFR', ...ask}, {timeout: 0.3, ...options});
  try {
    for (;;) {
      const step = await messages.next();
      if (step.done === true) return `${step.value.style}, ${step.value.records} records`;
    }
  } catch (error) {
    if (error instanceof ProblemError) return `${error.problem.code}: ${error.problem.says}`;
    throw error;
  }
}

describe('a server that does not do it well', () => {
  test('closes in the middle', async () => {
    const port = await serving((query, socket) => socket.end(withLength(message(query, [soa, a]))));
    expect(await outcome(port)).toMatch(/^dns\.closed: .*closed the connection, after 2 records/);
  });

  test('says nothing more', async () => {
    const port = await serving((query, socket) => socket.write(withLength(message(query, [soa, a]))));
    expect(await outcome(port)).toMatch(/^dns\.timeout: .*after 2 records/);
    const silent = await serving(() => undefined);
    expect(await outcome(silent)).toMatch(/^dns\.timeout: .*before the first record/);
  });

  test('sends bytes in pieces of one', async () => {
    const port = await serving((query, socket) => void piecewise(query, socket));
    async function piecewise(query: Buffer, socket: Socket): Promise<void> {
      socket.setNoDelay(true);
      for (const byte of withLength(message(query, [soa, a, soa]))) {
        socket.write(Uint8Array.of(byte));
        await new Promise(done => setImmediate(done));
      }
    }
    expect(await outcome(port)).toBe('whole, 3 records');
  });

  test('sends each record in a message of its own, and the last two in one piece', async () => {
    const port = await serving((query, socket) => {
      const pieces = [[soa], [a], [a], [soa]].map(records => withLength(message(query, records)));
      socket.write(Buffer.concat(pieces));
    });
    expect(await outcome(port)).toBe('whole, 4 records');
  });

  test('answers another question', async () => {
    const port = await serving((query, socket) =>
      socket.write(withLength(message(query, [soa], {id: 0xffff & (query.readUInt16BE(0) + 1)}))),
    );
    expect(await outcome(port)).toMatch(/^dns\.transfer\.other: /);
    const query = await serving((bytes, socket) => socket.write(withLength(bytes)));
    expect(await outcome(query)).toMatch(/^dns\.transfer\.other: /);
  });

  test('sends what is no message, or a record that is cut', async () => {
    const port = await serving((_query, socket) => socket.write(withLength(Uint8Array.of(1, 2, 3))));
    expect(await outcome(port)).toMatch(/^dns\.transfer\.other: /);
    const cut = await serving((query, socket) => socket.write(withLength(message(query, [soa, a]).subarray(0, -2))));
    expect(await outcome(cut)).toMatch(/^dns\.transfer\.damaged: .*byte \d+/);
  });

  test.each([
    [5, 'dns.transfer.refused'],
    [9, 'dns.transfer.notauth'],
    [4, 'dns.transfer.notimp'],
    [2, 'dns.transfer.servfail'],
    [11, 'dns.transfer.dsotypeni'],
  ])('answers with response code %d', async (rcode, code) => {
    const port = await serving((query, socket) => socket.write(withLength(message(query, [], {rcode}))));
    expect(await outcome(port)).toMatch(new RegExp(`^${code}: `));
    expect(await outcome(port, key && {key})).toMatch(new RegExp(`^${code}: `));
  });

  test('never ends', async () => {
    const port = await serving((query, socket) => {
      const piece = withLength(
        message(
          query,
          Array.from({length: 500}, () => a),
        ),
      );
      socket.write(withLength(message(query, [soa])));
      const more = (): void => {
        while (!socket.destroyed && socket.write(piece));
        if (!socket.destroyed) socket.once('drain', more);
      };
      more();
    });
    expect(await outcome(port, {}, {mostBytes: 200_000})).toMatch(/^dns\.transfer\.long: .*more than 200000 bytes/);
    expect(await outcome(port, {}, {within: 0.2})).toMatch(/^dns\.timeout: /);
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 50);
    expect(await outcome(port, {}, {signal: stop.signal})).toMatch(/^dns\.stopped: /);
  });

  test('is not there', async () => {
    const port = await serving(() => undefined);
    await new Promise(done => servers.at(-1)!.close(done));
    expect(await outcome(port)).toMatch(/^dns\.refused: /);
  });
});

test('not over HTTPS', async () => {
  const server = {address: '127.0.0.1', port: 1, transport: 'https'} as const;
  await expect(transfer(server, {zone, type: 'AXFR'}, {timeout: 1}).next()).rejects.toThrow(
    /not transferred over HTTPS/,
  );
});

describe('signed messages', () => {
  /** Signs the messages whose number is in `signed`. */
  const signing = (pieces: readonly (readonly ResourceRecord[])[], signed: readonly number[]) =>
    serving((query, socket) => {
      const verdict = verifyTsig(query, key!);
      const signer = tsigSigner(key!, verdict.ok && verdict.mac !== undefined ? verdict.mac : new Uint8Array(0));
      for (const [index, records] of pieces.entries()) {
        const bytes = message(query, records);
        socket.write(withLength(signed.includes(index) ? signer.sign(bytes) : bytes));
      }
    });

  test('all of them', async () => {
    expect(await outcome(await signing([[soa], [a], [soa]], [0, 1, 2]), {key: key!})).toBe('whole, 3 records');
  });

  test('the last is not, or the first is not', async () => {
    expect(await outcome(await signing([[soa], [a], [soa]], [0, 1]), {key: key!})).toMatch(/^dns\.tsig\.missing: /);
    expect(await outcome(await signing([[soa, soa]], []), {key: key!})).toMatch(/^dns\.tsig\.missing: /);
  });

  test('the server’s clock is wrong', async () => {
    const port = await serving((query, socket) => {
      const other = new Uint8Array(6);
      new DataView(other.buffer).setUint32(2, Math.floor(Date.now() / 1000) - 7200);
      const tsig = {key: 'k.', algorithm: 'hmac-sha256.', time: 0, fudge: 300, originalId: query.readUInt16BE(0)};
      socket.write(
        withLength(withTsig(message(query, [], {rcode: 9}), {...tsig, mac: new Uint8Array(0), error: 18, other})),
      );
    });
    expect(await outcome(port, {key: key!})).toMatch(/^dns\.tsig\.badtime: .*7200 s behind/);
  });
});
