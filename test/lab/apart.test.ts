import {afterEach, beforeEach, expect, test} from 'vitest';
import {startApart, startUnprivileged} from '../../src/lab/apart.ts';
import {answerTo, type Disappointment, serveNames} from '../../src/lab/failing-resolver.ts';
import type {Actor} from '../../src/world/actors/actor.ts';
import {createWorld, type World} from '../../src/world/world.ts';
import {noLibc} from '../world/support/tools.ts';

let world: World;

beforeEach(() => {
  world = createWorld();
});

afterEach(() => world.close());

/** Says aloud when this machine does not allow it. */
async function apart(hosts?: string): Promise<Actor | undefined> {
  const started = await startApart(world, {name: 'apart'}, hosts === undefined ? {} : {hosts});
  if (!started.ok) console.warn(`left out: ${started.why}`);
  return started.ok ? started.actor : undefined;
}

test.skipIf(noLibc)('a network apart has loopback and a route that says no, and nothing leaves it', async () => {
  const actor = await apart();
  if (actor === undefined) return;
  const to = async (host: string) => {
    const {result: fd} = await actor.call('socket', ['AF_INET', 'SOCK_DGRAM']);
    return (await actor.call('connect', [fd, {family: 'AF_INET', host, port: 53}])).errno;
  };
  expect(await to('127.0.0.1')).toBeUndefined();
  expect(await to('203.0.113.9')).toBe('EHOSTUNREACH');
  for (const host of ['198.51.100.1', '10.0.0.1', '192.0.2.1'])
    expect([host, await to(host)]).toEqual([host, 'ENETUNREACH']);
});

test.skipIf(noLibc)('a name server disappoints in each of its ways', async () => {
  const actor = await apart();
  if (actor === undefined) return;
  const wanted: Record<Disappointment, string> = {
    'no such name': 'EAI_NONAME',
    'no address': 'EAI_NODATA',
    failure: 'EAI_AGAIN',
    silence: 'EAI_AGAIN',
  };
  for (const [how, errno] of Object.entries(wanted)) {
    const names = await serveNames(actor, how as Disappointment);
    expect([how, (await actor.call('getaddrinfo', ['www.wirebook.test', '80'])).errno]).toEqual([how, errno]);
    await names?.close();
  }
});

test.skipIf(noLibc)('a module that is not there is EAI_SYSTEM', async () => {
  const actor = await apart('nosuchmodule');
  if (actor === undefined) return;
  expect((await actor.call('getaddrinfo', ['www.wirebook.test', '80'])).errno).toBe('EAI_SYSTEM');
});

test.skipIf(noLibc)('an actor without privileges is told so', async () => {
  const started = await startUnprivileged(world, {name: 'nobody'});
  if (!started.ok) {
    console.warn(`left out: ${started.why}`);
    return;
  }
  const {result: fd} = await started.actor.call('socket', ['AF_INET', 'SOCK_STREAM']);
  // SO_MARK takes CAP_NET_ADMIN over the network that everybody shares.
  expect((await started.actor.call('setsockopt', [fd, 'SO_MARK', 1])).errno).toBe('EPERM');
});

test('an answer repeats the question, with the flags and without the additional records', () => {
  const question = [3, 119, 119, 119, 4, 116, 101, 115, 116, 0, 0, 1, 0, 1];
  const query = Uint8Array.from([
    0xab,
    0xcd,
    1,
    0,
    0,
    1,
    0,
    0,
    0,
    0,
    0,
    1,
    ...question,
    0,
    0,
    41,
    5,
    0,
    0,
    0,
    0,
    0,
    0,
    0,
  ]);
  expect([...answerTo(query, 3)]).toEqual([0xab, 0xcd, 0x81, 0x83, 0, 1, 0, 0, 0, 0, 0, 0, ...question]);
});

test('a question that is cut off does not lead past its end', () => {
  const whole = Uint8Array.from([0xab, 0xcd, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 3, 119, 119, 119, 0, 0, 1, 0, 1]);
  for (let length = 12; length < whole.length; length++)
    expect(answerTo(whole.subarray(0, length), 2).length).toBe(length);
});
