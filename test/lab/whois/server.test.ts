import {connect} from 'node:net';
import {afterEach, beforeEach, expect, test} from 'vitest';
import {startWhois} from '../../../src/lab/whois/server.ts';
import type {WhoisServer} from '../../../src/lab/whois/types.ts';

let root: WhoisServer;
let registry: WhoisServer;

beforeEach(async () => {
  const at = {address: '127.0.0.1', port: 0, peers: () => ({root, registry})};
  root = await startWhois({...at, role: 'root'});
  registry = await startWhois({...at, role: 'registry'});
});

afterEach(() => Promise.all([root.close(), registry.close()]));

/** Sends the pieces, and gives what comes until the server closes. */
function ask({port}: WhoisServer, ...pieces: readonly string[]): Promise<Buffer> {
  return new Promise((done, fail) => {
    const heard: Buffer[] = [];
    const socket = connect({host: '127.0.0.1', port}, () => {
      for (const piece of pieces) socket.write(piece);
    });
    socket.on('data', (piece: Buffer) => heard.push(piece));
    socket.on('error', fail);
    socket.on('end', () => done(Buffer.concat(heard)));
  });
}

test('the root refers to the registry, in every form', async () => {
  const answer = String(await ask(root, 'example.test\r\n'));
  expect(answer).toMatch(/^refer: +whois\.nic\.test\r$/m);
  expect(answer).toMatch(/^whois: +whois\.nic\.test\r$/m);
  expect(answer).toMatch(new RegExp(String.raw`^ReferralServer: +whois://127\.0\.0\.1:${registry.port}\r$`, 'm'));
  expect(String(await ask(root, 'python.org\r\n'))).toContain('Nobody keeps “python.org” here');
});

test('a name may come in pieces, with a bare LF, and be below what is registered', async () => {
  expect(String(await ask(registry, 'www.exam', 'ple.TEST.\n'))).toContain('registrant:             Zoë Müller\r\n');
  expect(root.counts().queries + registry.counts().queries).toBe(1);
});

test('one answer is Latin-1', async () => {
  const answer = await ask(registry, 'latin.test\r\n');
  expect(answer.includes(Buffer.from('Größe', 'latin1'))).toBe(true);
});

test.each(['', 'constructor', '__proto__', 'x'.repeat(900), '\x1b[31m'])(
  '%j is a question like any other',
  async query => {
    expect(String(await ask(registry, `${query}\r\n`))).toMatch(/No match for “[\x20-\x7e]*”/);
  },
);

test('a question that does not end is refused', async () => {
  expect(String(await ask(registry, 'x'.repeat(2000)))).toBe('% The question is too long.\r\n');
});
