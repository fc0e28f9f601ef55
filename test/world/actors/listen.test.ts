import {describe, expect, test} from 'vitest';
import {actorIn, good, listenIn, pairIn, statesOf, useWorld} from '../support/actors.ts';
import {comparable, noSs, ssRows} from '../support/ss.ts';
import {eventually, noLibc} from '../support/tools.ts';

describe.skipIf(noLibc)('a listening socket', () => {
  const world = useWorld();

  test('with a backlog of 1: two connections are made before anybody accepts, and the next stays SYN_SENT', async () => {
    const {actor} = await actorIn(world, 'server');
    const {fd, address, port} = await listenIn(actor, 1);
    for (let count = 0; count < 3; count++) {
      const client = await good(actor.call('socket', ['AF_INET', 'SOCK_STREAM', 0, ['SOCK_NONBLOCK']]));
      expect(await actor.call('connect', [client, address])).toMatchObject({errno: 'EINPROGRESS'});
      // On loopback the two handshakes are done before the next one starts.
      if (count < 2)
        await eventually(
          () => actor.sample(fd),
          ({tcp}) => tcp?.unacknowledged === count + 1,
        );
    }
    const sockets = await eventually(
      () => world.kernel.sockets({remotePort: port, states: ['ESTABLISHED', 'SYN_SENT']}),
      all => all.filter(({state}) => state === 'SYN_SENT').length === 1,
    );
    expect(sockets.map(({state}) => state).sort()).toEqual(['ESTABLISHED', 'ESTABLISHED', 'SYN_SENT']);
    const [listening] = await world.kernel.sockets({localPort: port, states: ['LISTEN']});
    expect(listening).toMatchObject({acceptQueue: 2, backlog: 1});
    expect(await world.kernel.sockets({localPort: port, states: ['LISTEN'], via: 'proc'})).toMatchObject([
      {acceptQueue: 2},
    ]);
    const {tcp} = await actor.sample(fd);
    expect([tcp?.state, tcp?.unacknowledged, tcp?.selectivelyAcknowledged]).toEqual(['LISTEN', 2, 1]);
    if (!noSs) expect(comparable(await world.kernel.sockets({port}))).toEqual(ssRows(port));
    expect((await world.kernel.whoListens(port))[0]?.holders).toEqual([
      {pid: actor.pid, fd, command: expect.stringContaining('server')},
    ]);
  });

  /** A connection whose server end has closed first: its port is left in TIME_WAIT. */
  async function leftBehind(reuse: boolean) {
    const pair = await pairIn(world, reuse);
    const {server, client, s, c, ends} = pair;
    await good(server.call('close', [s]));
    expect(await good(client.call('recv', [c, 1]))).toBe(0);
    await good(client.call('close', [c]));
    expect(await statesOf(world, ends, ['-', 'TIME_WAIT'])).toEqual(['-', 'TIME_WAIT']);
    return {...pair, again: await good(server.call('socket', ['AF_INET', 'SOCK_STREAM']))};
  }

  test('TIME_WAIT blocks the port for a bind() without SO_REUSEADDR', async () => {
    const {server, again, port, address} = await leftBehind(true);
    expect(await server.call('bind', [again, address])).toMatchObject({errno: 'EADDRINUSE', errnoNumber: 98});
    await good(server.call('setsockopt', [again, 'SO_REUSEADDR', true]));
    await good(server.call('bind', [again, address]));
    const [waiting] = await world.kernel.sockets({localPort: port, states: ['TIME_WAIT']});
    expect(waiting).toMatchObject({inode: 0, timer: {kind: 'time-wait'}});
    expect(waiting!.timer!.seconds).toBeGreaterThan(1);
  });

  test('on Linux both must have asked: SO_REUSEADDR does not help after a server that had not set it', async () => {
    const {server, again, address} = await leftBehind(false);
    await good(server.call('setsockopt', [again, 'SO_REUSEADDR', true]));
    expect(await server.call('bind', [again, address])).toMatchObject({errno: 'EADDRINUSE'});
  });

  test('a port that nobody listens on is refused', async () => {
    const {actor} = await actorIn(world, 'client');
    const {fd, address} = await listenIn(actor);
    await good(actor.call('close', [fd]));
    const client = await good(actor.call('socket', ['AF_INET', 'SOCK_STREAM']));
    expect(await actor.call('connect', [client, address])).toMatchObject({errno: 'ECONNREFUSED'});
  });
});
