import {readFileSync} from 'node:fs';
import {afterEach, expect} from 'vitest';
import type {Actor} from '../../../src/world/actors/actor.ts';
import type {ActorEvent} from '../../../src/world/actors/events.ts';
import {portOf} from '../../../src/world/kernel/socket.ts';
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
  const {result: s, address: from} = await accepting;
  await good(server.call('close', [listener.fd]));
  const {port, address} = listener;
  // A port alone is not enough: an older connection to the same one may still be in TIME_WAIT.
  const ends: Ends = {server: port, client: (from as {port: number}).port};
  return {server, client, s, c, ends, port, address};
}

interface Ends {
  server: number;
  client: number;
}

/** The states of both ends as the kernel has them: the client's first. Held against `ss` where it is installed. */
export async function statesOf(world: World, ends: Ends, wanted: [client: string, server: string]): Promise<string[]> {
  const ask = async () => {
    const sockets = await world.kernel.sockets({port: ends.server});
    const end = (local: number, remote: number) =>
      sockets.find(socket => portOf(socket.local) === local && portOf(socket.remote) === remote)?.state ?? '-';
    const [ours, theirs] = [comparable(sockets), noSs ? undefined : ssRows(ends.server)];
    const differs = theirs !== undefined && JSON.stringify(theirs) !== JSON.stringify(ours);
    const states = [end(ends.client, ends.server), end(ends.server, ends.client)];
    return differs ? [...states, `ss says ${theirs}`] : states;
  };
  return eventually(ask, states => JSON.stringify(states) === JSON.stringify(wanted));
}
