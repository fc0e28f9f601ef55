import {createSocket} from 'node:dgram';
import {once} from 'node:events';
import {type AddressInfo, connect, createServer} from 'node:net';
import {afterEach, describe, expect, test} from 'vitest';
import {createKernel} from '../../../src/world/kernel/kernel.ts';
import {comparable, noSs, ssRows} from '../support/ss.ts';
import {eventually, noLibc} from '../support/tools.ts';

const notLinux = process.platform !== 'linux';
const kernel = createKernel();
// An older connection to a port that was chosen again may still be in TIME_WAIT.
const live = ['ESTABLISHED', 'LISTEN', 'CLOSE_WAIT', 'FIN_WAIT1', 'FIN_WAIT2'] as const;
const cleanup: (() => void)[] = [];
afterEach(() => {
  for (const end of cleanup.splice(0)) end();
});

async function listen(host = '127.0.0.1'): Promise<{port: number; accepted: import('node:net').Socket[]}> {
  const accepted: import('node:net').Socket[] = [];
  const server = createServer({pauseOnConnect: true, allowHalfOpen: true}, socket => accepted.push(socket));
  cleanup.push(() => {
    for (const socket of accepted) socket.destroy();
    server.close();
  });
  server.listen(0, host);
  await once(server, 'listening');
  return {port: (server.address() as AddressInfo).port, accepted};
}

async function dial(port: number, host = '127.0.0.1'): Promise<import('node:net').Socket> {
  const socket = connect({port, host, allowHalfOpen: true});
  cleanup.push(() => socket.destroy());
  await once(socket, 'connect');
  return socket;
}

describe.skipIf(notLinux)('the kernel’s view', () => {
  for (const via of ['netlink', 'proc'] as const) {
    test.skipIf(noSs || (via === 'netlink' && noLibc)).each(['127.0.0.1', '::1'])(
      `${via} says what ss says, on %s`,
      async host => {
        const {port, accepted} = await listen(host);
        const client = await dial(port, host);
        await eventually(
          () => accepted.length,
          count => count === 1,
        );
        client.write('unread');
        client.end();
        const sockets = await eventually(
          () => kernel.sockets({port, via, states: live}),
          // The FIN is acknowledged a moment after it came: until then the client is in FIN_WAIT1.
          all => all.some(socket => socket.state === 'FIN_WAIT2'),
        );
        expect(sockets.map(socket => socket.state).sort()).toEqual(['CLOSE_WAIT', 'FIN_WAIT2', 'LISTEN']);
        expect(sockets.every(socket => socket.via === via)).toBe(true);
        // /proc does not tell a listener's backlog.
        const withoutBacklog = (rows: string[]) =>
          rows.map(row => (via === 'proc' ? row.replace(/^(LISTEN \d+) \d+/, '$1 0') : row));
        expect(comparable(sockets)).toEqual(withoutBacklog(ssRows(port).filter(row => !row.startsWith('TIME_WAIT'))));
      },
    );
  }

  test.skipIf(noLibc)('both sources tell the same inode, owner and queues', async () => {
    const {port} = await listen();
    await dial(port);
    const told = async (via: 'netlink' | 'proc') =>
      (await kernel.sockets({port, via, states: ['ESTABLISHED']}))
        .map(({inode, uid, state, receiveQueue}) => ({inode, uid, state, receiveQueue}))
        .sort((a, b) => a.inode - b.inode);
    expect(await told('netlink')).toHaveLength(2);
    expect(await told('netlink')).toEqual(await told('proc'));
  });

  test('filters by either port, by local, by remote and by state', async () => {
    const {port} = await listen();
    await dial(port);
    expect(await kernel.sockets({port, states: live})).toHaveLength(3);
    expect((await kernel.sockets({localPort: port, states: live})).map(socket => socket.state).sort()).toEqual([
      'ESTABLISHED',
      'LISTEN',
    ]);
    expect((await kernel.sockets({remotePort: port, states: live})).map(socket => socket.state)).toEqual([
      'ESTABLISHED',
    ]);
    expect((await kernel.sockets({port, states: ['LISTEN']})).map(socket => socket.acceptQueue)).toEqual([0]);
  });

  test.skipIf(noLibc)('TCP_INFO comes along unless it is left out', async () => {
    const {port} = await listen();
    await dial(port);
    const [one] = await kernel.sockets({remotePort: port, states: live});
    expect(one?.info).toMatchObject({state: 'ESTABLISHED'});
    expect(one?.info?.congestionWindow).toBeGreaterThan(0);
    expect((await kernel.sockets({remotePort: port, states: live, withoutInfo: true}))[0]?.info).toBeUndefined();
  });

  test('UDP, connected and not', async () => {
    const [server, client] = [createSocket('udp4'), createSocket('udp4')];
    cleanup.push(
      () => server.close(),
      () => client.close(),
    );
    server.bind(0, '127.0.0.1');
    await once(server, 'listening');
    const {port} = server.address();
    client.connect(port, '127.0.0.1');
    await once(client, 'connect');
    for (const via of noLibc ? (['proc'] as const) : (['netlink', 'proc'] as const)) {
      const sockets = await kernel.sockets({protocol: 'udp', port, via});
      if (via === 'netlink' && sockets.length === 0) {
        console.warn('this kernel does not list UDP over netlink: only /proc is checked');
        continue;
      }
      expect(sockets.map(socket => [socket.state, socket.drops]).sort()).toEqual([
        ['CLOSE', 0],
        ['ESTABLISHED', 0],
      ]);
      if (!noSs) expect(comparable(sockets)).toEqual(ssRows(port, 'udp'));
    }
    expect((await kernel.whoListens(port, 'udp'))[0]?.holders.map(holder => holder.pid)).toEqual([process.pid]);
  });

  test('whoever listens is found with pid, descriptor and command', async () => {
    const {port} = await listen();
    const [found] = await kernel.whoListens(port);
    expect(found?.holders).toEqual([
      {pid: process.pid, fd: expect.any(Number), command: expect.stringMatching(/node|vitest/)},
    ]);
    expect(await kernel.holders(found!.socket.inode)).toEqual(found!.holders);
    expect(await kernel.holders(0)).toEqual([]);
  });
});

describe('without libc and without /proc', () => {
  test('the reasons are told, and there is nothing to list', async () => {
    const bare = createKernel({open: () => ({available: false, why: 'No libc. Get one.'}), root: '/nowhere'});
    expect(await bare.capabilities()).toEqual({
      netlink: {available: false, why: 'No libc. Get one.'},
      proc: {available: false, why: expect.stringMatching(/no \/nowhere\/net\/tcp/)},
    });
    expect(await bare.sockets()).toEqual([]);
    expect(await bare.whoListens(1)).toEqual([]);
  });

  test.skipIf(notLinux)('without libc alone, /proc answers', async () => {
    const {port} = await listen();
    const fallback = createKernel({open: () => ({available: false, why: 'No libc.'})});
    expect((await fallback.sockets({port, states: live})).map(socket => [socket.via, socket.state])).toEqual([
      ['proc', 'LISTEN'],
    ]);
  });
});
