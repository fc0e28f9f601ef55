import {createServer, type Server} from 'node:net';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {startWhois} from '../../../src/lab/whois/server.ts';
import type {WhoisServer} from '../../../src/lab/whois/types.ts';
import {has} from '../../world/support/tools.ts';
import {Running} from '../tcp/running.ts';
import {asked} from './mailing.ts';

let running: Running;
let root: WhoisServer;
let registry: WhoisServer;
const servers: Server[] = [];

beforeEach(async () => {
  running = new Running();
  const at = {address: '127.0.0.1', port: 0, peers: () => ({root, registry})};
  root = await startWhois({...at, role: 'root'});
  registry = await startWhois({...at, role: 'registry'});
});

afterEach(async () => {
  await Promise.all([running.close(), root.close(), registry.close()]);
  for (const server of servers.splice(0)) server.close();
});

const first = () => `127.0.0.1:${root.port}`;

/** Somebody else’s server: it says this, whatever is asked. */
async function saying(answer: string | Buffer, end = true): Promise<{place: string; heard: string[]}> {
  const heard: string[] = [];
  const server = createServer(socket => {
    socket.on('error', () => undefined);
    socket.on('data', bytes => {
      heard.push(bytes.toString());
      if (end) socket.end(answer);
      else socket.write(answer);
    });
  });
  servers.push(server);
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
  return {place: `127.0.0.1:${(server.address() as {port: number}).port}`, heard};
}

describe('a chain', () => {
  test('is followed to its end, hop by hop', async () => {
    const {state, events, run} = await asked(running, {server: first()});
    expect(run.status).toBe('done');
    expect(state.hops.map(({address, state, by}) => [address, state, by])).toEqual([
      [first(), 'answered', 'it was asked for'],
      [`127.0.0.1:${registry.port}`, 'answered', `ReferralServer: whois://127.0.0.1:${registry.port}`],
    ]);
    expect(state.hops[0]?.referrals.map(({by, fate}) => [by, fate])).toEqual([
      ['ReferralServer', 'followed'],
      ['refer', 'left'],
      ['whois', 'left'],
    ]);
    expect(state.ended).toEqual({why: 'answered', says: 'The last answer refers to nobody else'});
    expect(events.at(-1)).toMatchObject({kind: 'ended', servers: ['127.0.0.1', '127.0.0.1']});
  });

  test.each([
    ['loop.test', 'loop', 2],
    ['rwhois.test', 'unusable', 2],
    ['web.test', 'unusable', 2],
    ['AS64500', 'answered', 2],
    ['python.org', 'answered', 1],
  ])('of %s ends: %s', async (query, why, hops) => {
    const {state} = await asked(running, {query, server: first()});
    expect(state.ended?.why).toBe(why);
    expect(state.hops).toHaveLength(hops);
  });

  test('is not followed when that is asked for', async () => {
    const {state} = await asked(running, {server: first(), follow: 'no'});
    expect(state.hops).toHaveLength(1);
    expect(state.ended?.why).toBe('told');
  });

  test('that breaks says where, and keeps what came before', async () => {
    const {place} = await saying('ReferralServer: whois://127.0.0.1:9\n');
    const {state, run} = await asked(running, {server: place});
    expect(run.problem?.says).toBe('Nobody listens at 127.0.0.1:9');
    expect(state.hops.map(hop => hop.state)).toEqual(['answered', 'failed']);
  });

  test('that never ends is left', async () => {
    let count = 0;
    const chain: string[] = [];
    const server = createServer(socket => {
      socket.on('data', () => socket.end(`refer: 127.0.0.${2 + count++}:${port}\n`));
    });
    servers.push(server);
    await new Promise<void>(done => server.listen(0, '0.0.0.0', done));
    const {port} = server.address() as {port: number};
    const {state} = await asked(running, {server: `127.0.0.1:${port}`});
    chain.push(...state.hops.map(({address}) => address));
    expect(new Set(chain).size).toBe(8);
    expect(state.ended?.why).toBe('long');
  });
});

describe('an answer', () => {
  test('in Latin-1 is read as that, and one in UTF-8 as that', async () => {
    const latin = await asked(running, {query: 'latin.test', server: first(), print: 'last'});
    expect(latin.state.hops[1]?.encoding).toBe('latin-1');
    expect(latin.text).toContain('Zoë Größe');
    const utf8 = await asked(running, {server: first(), print: 'last'});
    expect(utf8.text).toMatch(/^% The registry.*Zoë Müller\norganisation: +Example Ltd\., 東京\n/s);
    expect(utf8.text).not.toContain('The root');
    const wrong = await asked(running, {server: first(), encoding: 'latin-1'});
    expect(wrong.text).toContain('MÃ¼ller');
  });

  test('that falls silent, or is too long, is cut off and says so', async () => {
    const silent = await asked(running, {query: 'slow.test', server: first(), wait: 1});
    expect(silent.state.hops[1]).toMatchObject({state: 'cut', says: 'the server fell silent before the end'});
    const long = await asked(running, {query: 'huge.test', server: first(), limit: 5000});
    expect(long.state.hops[1]).toMatchObject({state: 'cut', size: 5000});
  });

  test('may be nothing at all', async () => {
    const {place} = await saying('');
    const {state, run} = await asked(running, {server: place});
    expect(run.status).toBe('done');
    expect(state.hops[0]).toMatchObject({state: 'answered', size: 0, lines: 0});
  });
});

describe('a question', () => {
  test('is one line with CR LF, and a name in another script becomes what registries have', async () => {
    const {place, heard} = await saying('none\n');
    await asked(running, {query: 'münchen.example', server: place});
    await asked(running, {query: '-T dn,ace  example.test', server: place});
    expect(heard).toEqual(['xn--mnchen-3ya.example\r\n', '-T dn,ace  example.test\r\n']);
  });

  test('to a server that is not there is a problem', async () => {
    const {run} = await asked(running, {server: '127.0.0.1:9'});
    expect(run.problem).toMatchObject({code: 'stream.refused', errno: 'ECONNREFUSED'});
  });
});

test.skipIf(!has('whois', '--version'))('Debian’s whois prints the same, through a referral', async () => {
  const port = String(root.port);
  for (const query of ['example.test', '127.4.3.25', 'AS64500', 'python.org']) {
    const {text} = await asked(running, {query, server: first()});
    const {out} = await running.spawn('whois', ['-h', '127.0.0.1', '-p', port, query]);
    expect(text.replace(/\n+$/, '')).toBe(out.toString().replace(/\n+$/, ''));
  }
});
