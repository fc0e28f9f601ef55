import {readFileSync} from 'node:fs';
import {afterEach, expect} from 'vitest';
import type {Actor} from '../../../src/world/actors/actor.ts';
import type {ActorEvent} from '../../../src/world/actors/events.ts';
import type {SocketAddress} from '../../../src/world/libc/address.ts';
import type {CallRecord} from '../../../src/world/libc/record.ts';
import {createWorld, type World} from '../../../src/world/world.ts';
import {comparable, noSs, ssRows} from './ss.ts';
import {eventually} from './tools.ts';

export const anywhere: SocketAddress = {family: 'AF_INET', host: '127.0.0.1', port: 0};
export const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
export const text = (record: CallRecord): string => new TextDecoder().decode(record.received);

/** A world for the tests of a file: whatever they start is gone after each of them. */
export function useWorld(): World {
  const world = createWorld();
  afterEach(async () => {
    const pids = world.actors.running().map(actor => actor.pid);
    await world.close();
    expect(pids.filter(alive)).toEqual([]);
  });
  return world;
}

/** A process that has ended but whose parent has not asked for its fate is still listed, as a zombie. */
export function alive(pid: number): boolean {
  try {
    return !/\) [ZX]/.test(readFileSync(`/proc/${pid}/stat`, 'latin1'));
  } catch {
    return false;
  }
}

/** An actor with what it told. */
export async function actorIn(world: World, name: string): Promise<{actor: Actor; events: ActorEvent[]}> {
  const events: ActorEvent[] = [];
  return {actor: await world.actors.start({name, onEvent: event => events.push(event)}), events};
}

/** The `result` of a call that has to succeed. */
export async function good(record: Promise<CallRecord>): Promise<number> {
  const {result, errno, text: call} = await record;
  expect([call, errno]).toEqual([call, undefined]);
  return result;
}

export async function listenIn(
  actor: Actor,
  backlog = 5,
  reuse = false,
): Promise<{fd: number; address: SocketAddress; port: number}> {
  const fd = await good(actor.call('socket', ['AF_INET', 'SOCK_STREAM']));
  if (reuse) await good(actor.call('setsockopt', [fd, 'SO_REUSEADDR', true]));
  await good(actor.call('bind', [fd, anywhere]));
  await good(actor.call('listen', [fd, backlog]));
  const {address} = await actor.call('getsockname', [fd]);
  return {fd, address: address!, port: (address as {port: number}).port};
}

/** One connection with each end in an actor of its own. */
export async function pairIn(world: World, reuse = false) {
  const [{actor: server}, {actor: client}] = await Promise.all([actorIn(world, 'server'), actorIn(world, 'client')]);
  const listener = await listenIn(server, 5, reuse);
  const accepting = server.call('accept4', [listener.fd]);
  const c = await good(client.call('socket', ['AF_INET', 'SOCK_STREAM']));
  await good(client.call('connect', [c, listener.address]));
  const s = (await accepting).result;
  await good(server.call('close', [listener.fd]));
  return {server, client, s, c, port: listener.port, address: listener.address};
}

/** The states of both ends as the kernel has them: the client's first. Held against `ss` where it is installed. */
export async function statesOf(
  world: World,
  port: number,
  wanted: [client: string, server: string],
): Promise<string[]> {
  const ask = async () => {
    const sockets = await world.kernel.sockets({port});
    const end = (side: 'local' | 'remote') =>
      sockets.find(socket => socket.state !== 'LISTEN' && (socket[side] as {port: number}).port === port)?.state ?? '-';
    const same = noSs || JSON.stringify(ssRows(port)) === JSON.stringify(comparable(sockets));
    return [end('remote'), end('local'), ...(same ? [] : [`ss differs: ${ssRows(port)}`])];
  };
  return eventually(ask, states => JSON.stringify(states) === JSON.stringify(wanted));
}
