import {describe, expect, test} from 'vitest';
import type {ActorEvent} from '../../../src/world/actors/events.ts';
import {alive, bytes, good, listenIn, pairIn, statesOf, text, useWorld} from '../support/actors.ts';
import {eventually, noLibc} from '../support/tools.ts';

describe.skipIf(noLibc)('one socket held by two processes', () => {
  const world = useWorld();

  async function shared() {
    const pair = await pairIn(world);
    const events: ActorEvent[] = [];
    const child = await pair.client.spawnChild({
      name: 'child',
      inherit: [pair.c],
      onEvent: event => events.push(event),
    });
    return {...pair, child, c2: child.inherited[0]!, events};
  }

  test('the kernel knows one socket with two holders', async () => {
    const {client, child, c, c2, port} = await shared();
    const [socket] = await world.kernel.sockets({remotePort: port, states: ['ESTABLISHED']});
    expect((await world.kernel.holders(socket!.inode)).map(({pid, fd}) => ({pid, fd}))).toEqual(
      [
        {pid: client.pid, fd: c},
        {pid: child.pid, fd: c2},
      ].sort((one, two) => one.pid - two.pid),
    );
    // Inherited by name once, and by no accident again.
    expect((await child.call('fcntl', [c2, 'F_GETFD'])).number).toBe(1);
  });

  test('close() in one sends nothing, and the other goes on', async () => {
    const {client, child, server, c, c2, s, events, ends} = await shared();
    await good(child.call('close', [c2]));
    expect(await statesOf(world, ends, ['ESTABLISHED', 'ESTABLISHED'])).toEqual(['ESTABLISHED', 'ESTABLISHED']);
    await good(client.call('send', [c, bytes('still here')]));
    expect(text(await server.call('recv', [s, 100]))).toBe('still here');
    expect(events.map(event => [event.kind, event.actor])).toEqual([
      ['enter', 'child'],
      ['leave', 'child'],
    ]);
  });

  test('the first holder’s close() is no FIN either: that comes when the last one ends', async () => {
    const {client, child, server, c, s, ends} = await shared();
    await good(client.call('close', [c]));
    expect(await statesOf(world, ends, ['ESTABLISHED', 'ESTABLISHED'])).toEqual(['ESTABLISHED', 'ESTABLISHED']);
    await child.stop();
    expect(await good(server.call('recv', [s, 1]))).toBe(0);
  });

  test.each(['SHUT_WR', 'SHUT_RDWR'] as const)('%s in one ends it for both', async how => {
    const {client, child, server, c, c2, s, ends} = await shared();
    await good(child.call('shutdown', [c2, how]));
    expect(await good(server.call('recv', [s, 1]))).toBe(0);
    expect(await statesOf(world, ends, ['FIN_WAIT2', 'CLOSE_WAIT'])).toEqual(['FIN_WAIT2', 'CLOSE_WAIT']);
    expect(await client.call('send', [c, bytes('x')])).toMatchObject({errno: 'EPIPE'});
    // Only what was shut down for reading too is at its end for the other holder.
    const read = await client.call('recv', [c, 1, ['MSG_DONTWAIT']]);
    expect(how === 'SHUT_WR' ? read.errno : read.result).toBe(how === 'SHUT_WR' ? 'EAGAIN' : 0);
  });

  test('a listening socket shut down in one takes connections in none', async () => {
    const {client, server} = await pairIn(world);
    const {fd, address} = await listenIn(server);
    const child = await server.spawnChild({name: 'child', inherit: [fd]});
    await good(child.call('shutdown', [child.inherited[0]!, 'SHUT_RDWR']));
    const caller = await good(client.call('socket', ['AF_INET', 'SOCK_STREAM']));
    expect(await client.call('connect', [caller, address])).toMatchObject({errno: 'ECONNREFUSED'});
  });

  test('a descriptor that was not asked for is not inherited', async () => {
    const {client, child, server, c, s} = await shared();
    const other = await client.spawnChild({name: 'bare', inherit: []});
    await good(child.call('close', [child.inherited[0]!]));
    await good(client.call('close', [c]));
    expect(await good(server.call('recv', [s, 1]))).toBe(0);
    expect(alive(other.pid)).toBe(true);
  });

  test('stopping the parent process ends its children', async () => {
    const {client, child, events} = await shared();
    await client.stop();
    expect(
      await eventually(
        () => alive(child.pid),
        value => !value,
      ),
    ).toBe(false);
    await child.exited;
    expect(events.at(-1)).toMatchObject({kind: 'exit', actor: 'child'});
    await expect(child.call('socket', ['AF_INET', 'SOCK_STREAM'])).rejects.toThrow(/child has ended/);
  });
});
