import {createServer} from 'node:net';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {alive} from '../../world/support/actors.ts';
import {eventually, noLibc} from '../../world/support/tools.ts';
import {connectState, freePort, inputOf, output, Running, type Started, told} from './running.ts';

/** Nobody has to start a server before the first connection: the explorer brings an echo server along. */

let running: Running;

beforeEach(() => {
  running = new Running();
});

afterEach(async () => {
  const pids = running.world.actors.running().map(({pid}) => pid);
  await running.close();
  expect(pids.filter(alive)).toEqual([]);
});

const open = (client: Started) =>
  Promise.race([
    eventually(
      () => connectState(client).phase,
      phase => phase === 'open',
    ),
    client.run.ended,
  ]);
const says = (client: Started) => told(client, 'notice').map(({says}) => String(says));
const listeners = (port: number) => running.world.kernel.whoListens(port);

async function isEchoed(client: Started): Promise<void> {
  expect(await client.run.act({action: 'send', args: {text: 'hello', ending: 'LF'}})).toBeUndefined();
  await eventually(
    () => output(client),
    text => text === 'hello\n',
  );
  expect(output(client)).toBe('hello\n');
}

describe.skipIf(noLibc)('auto', () => {
  test('in the explorer: refused, an echo server is started there, connected, echoed; it ends with the run', async () => {
    const port = await freePort();
    const client = running.connect(port, {}, {headless: false});
    await open(client);
    const {echo, attempts} = connectState(client);
    expect(says(client)).toEqual([
      `Nobody listened on 127.0.0.1:${port}: an echo server was started there (pid ${echo})`,
    ]);
    expect(attempts.map(({errno}) => errno)).toEqual(['ECONNREFUSED', '']);
    expect(told(client, 'attempt').map(({number, of}) => `${number} of ${of}`)).toEqual(['1 of 1', '1 of 1']);
    expect((await listeners(port)).map(({holders}) => holders.map(({pid}) => pid))).toEqual([[echo]]);
    await isEchoed(client);
    await client.run.stop();
    expect(alive(echo)).toBe(false);
    expect(await listeners(port)).toEqual([]);
  });

  test('closing the connection ends it too, and the next one starts its own', async () => {
    const port = await freePort();
    for (let round = 0; round < 2; round++) {
      const client = running.connect(port, {}, {headless: false});
      await open(client);
      await isEchoed(client);
      expect(await client.run.act({action: 'close'})).toBeUndefined();
      await client.run.ended;
      expect(client.run.status).toBe('done');
      expect(alive(connectState(client).echo)).toBe(false);
    }
  });

  test('a name with two addresses: both are tried first, and the first loopback one gets the server', async () => {
    const port = await freePort();
    const client = running.connect(port, {host: 'localhost'}, {headless: false});
    await open(client);
    const addresses = told(client, 'looked')[0]!['addresses'] as string[];
    const tried = told(client, 'attempt').map(({address}) => address);
    expect(tried.slice(0, addresses.length)).toEqual(addresses);
    expect(addresses).toContain(tried.at(-1));
    expect(tried.length).toBe(addresses.length + 1);
    await isEchoed(client);
  });

  test('whoever listens there is connected to, and nothing is started', async () => {
    const server = await running.listen({behaviour: 'upper'});
    const client = running.connect(server.port, {}, {headless: false});
    await open(client);
    expect(connectState(client).echo).toBe(0);
    expect(says(client)).toEqual([]);
    expect(running.world.actors.running().length).toBe(2);
  });

  test('a command is refused, as by every other tool, and told of a way out', async () => {
    const port = await freePort();
    const client = running.connect(port);
    await client.run.ended;
    expect(client.run.problem).toMatchObject({
      errno: 'ECONNREFUSED',
      next: expect.stringContaining('--lab yes'),
      fix: {title: 'Start an echo server there', ask: {lab: 'yes'}},
    });
    expect(running.world.actors.running()).toEqual([]);
  });

  test('stopping while it starts leaves nothing', async () => {
    const port = await freePort();
    const client = running.connect(port, {}, {headless: false});
    await eventually(() => running.world.actors.running().length === 2, Boolean);
    await client.run.stop();
    expect(running.world.actors.running()).toEqual([]);
    expect(await listeners(port)).toEqual([]);
  });
});

describe.skipIf(noLibc)('yes and no', () => {
  test('no: the explorer is refused, and yes is one key away', async () => {
    const client = running.connect(await freePort(), {lab: 'no'}, {headless: false});
    await client.run.ended;
    expect(client.run.problem).toMatchObject({errno: 'ECONNREFUSED', fix: {ask: {lab: 'yes'}}});
  });

  test('yes: a command starts it first', async () => {
    const port = await freePort();
    const client = running.connect(port, {lab: 'yes'}, {input: inputOf('hello')});
    await client.run.ended;
    expect(client.run.problem).toBeUndefined();
    expect(output(client)).toBe('hello');
    expect(says(client)[0]).toMatch(new RegExp(`^As asked, an echo server was started on 127\\.0\\.0\\.1:${port} `));
    expect(connectState(client).attempts.map(({errno}) => errno)).toEqual(['']);
    expect(running.world.actors.running()).toEqual([]);
  });

  test('yes, where somebody else listens: they are connected to, and it is said who they are', async () => {
    const server = createServer(socket => socket.end('not an echo')).listen(0, '127.0.0.1');
    await new Promise(done => server.once('listening', done));
    const {port} = server.address() as {port: number};
    const client = running.connect(port, {lab: 'yes'}, {input: inputOf('')});
    await client.run.ended;
    server.close();
    expect(output(client)).toBe('not an echo');
    expect(says(client)[0]).toMatch(new RegExp(`^No echo server was started. Port ${port} is taken: process `));
    expect(connectState(client).echo).toBe(0);
  });

  test('yes, but not on this machine: refused before anything is tried', async () => {
    const client = running.connect(80, {host: '192.0.2.1', lab: 'yes'});
    await client.run.ended;
    expect(client.run.problem).toMatchObject({code: 'tcp.lab', says: expect.stringContaining('192.0.2.1:80')});
    expect(told(client, 'attempt')).toEqual([]);
  });
});

test('without libc it is a server of Node’s, in this process', async () => {
  const without = new Running(world => ({
    ...world,
    capabilities: async () => ({...(await world.capabilities()), libc: {available: false, why: 'A test says so.'}}),
  }));
  const port = await freePort();
  const client = without.connect(port, {}, {headless: false});
  await open(client);
  expect(says(client).at(-1)).toBe(
    `Nobody listened on 127.0.0.1:${port}: an echo server was started there (in this process)`,
  );
  await isEchoed(client);
  await client.run.stop();
  expect(without.world.actors.running()).toEqual([]);
  const again = without.connect(port);
  await again.run.ended;
  expect(again.run.problem).toMatchObject({errno: 'ECONNREFUSED'});
  await without.close();
});
