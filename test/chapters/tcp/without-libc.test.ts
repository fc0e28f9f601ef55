import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {openNative} from '../../../src/world/libc/ffi.ts';
import {eventually} from '../../world/support/tools.ts';
import {connectState, freePort, inputOf, listenState, output, Running, received, told} from './running.ts';

/** Where libc cannot be called, Node's own sockets serve, and what they cannot show is said. */

let running: Running;

beforeEach(() => {
  running = new Running(world => ({
    ...world,
    capabilities: async () => ({...(await world.capabilities()), libc: {available: false, why: 'A test says so.'}}),
  }));
});

afterEach(async () => {
  expect(running.world.actors.running()).toEqual([]);
  await running.close();
});

test('an environment variable forbids libc', () => {
  const opened = openNative({platform: 'linux', architecture: 'x64', require: () => ({}), forbidden: true});
  expect(opened).toMatchObject({available: false, why: expect.stringContaining('WIREBOOK_NO_LIBC=1')});
});

describe('both ends', () => {
  test.each([
    ['echo', 'hello', 'hello'],
    ['upper', 'hello', 'HELLO'],
    ['sink', 'hello', '5 bytes\n'],
    ['discard', 'hello', ''],
    ['reply', 'Hi there, server', 'Goodbye, client!'],
    ['close', 'Hi there, server', ''],
  ])('%s', async (behaviour, input, answer) => {
    const server = await running.listen({behaviour});
    const client = running.connect(server.port, {host: 'localhost', family: '4'}, {input: inputOf(input)});
    await client.run.ended;
    expect(client.run.problem).toBeUndefined();
    expect(output(client)).toBe(answer);
    expect(told(client, 'notice')[0]?.['says']).toMatch(/no kernel state.*A test says so/);
    expect(told(server, 'notice')[0]?.['says']).toMatch(/no accept queue/);
    expect(told(client, 'call').every(({name}) => String(name).startsWith('node:'))).toBe(true);
  });

  test('two megabytes through an echo, back-pressure and all', async () => {
    const server = await running.listen({behaviour: 'echo'});
    const bytes = Buffer.alloc(2_000_000, 'abcdefg');
    const client = running.connect(server.port, {}, {input: inputOf(bytes)});
    await client.run.ended;
    expect(received(client).equals(bytes)).toBe(true);
  });

  test('by hand: what Node has no call for is refused with a sentence', async () => {
    const server = await running.listen({behaviour: 'hold'}, {headless: false});
    const client = running.connect(server.port, {}, {headless: false});
    await eventually(
      () => connectState(client).phase,
      phase => phase === 'open',
    );
    expect(await client.run.act({action: 'shut-rd'})).toMatchObject({says: expect.stringContaining('SHUT_RD')});
    expect(await client.run.act({action: 'set', args: {option: 'rcvbuf=1'}})).toMatchObject({
      says: expect.stringContaining('SO_RCVBUF'),
    });
    expect(await client.run.act({action: 'send', args: {text: 'x', ending: 'none'}})).toBeUndefined();
    await eventually(
      () => listenState(server).open,
      open => open === 1,
    );
    expect(await server.run.act({action: 'accept'})).toMatchObject({says: expect.stringContaining('Node accepts')});
    expect(await server.run.act({action: 'reset', args: {connection: 1}})).toBeUndefined();
    await client.run.ended;
    expect(connectState(client)).toMatchObject({phase: 'closed', errno: 'ECONNRESET'});
  });

  test('what goes wrong has its errno all the same', async () => {
    const refused = running.connect(await freePort());
    await refused.run.ended;
    expect(refused.run.problem).toMatchObject({errno: 'ECONNREFUSED'});
    const unknown = running.connect(1060, {host: 'nosuch.invalid'});
    await unknown.run.ended;
    expect(unknown.run.problem).toMatchObject({code: 'tcp.unknown-host'});
    const server = await running.listen();
    await expect(running.listen({port: server.port})).rejects.toThrow(/taken/);
    await expect(running.listen({behaviour: 'refuse'})).rejects.toThrow(/cannot refuse to accept/);
  });
});
