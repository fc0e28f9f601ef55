import {describe, expect, test} from 'vitest';
import {callProblem, must, needLibc, portInUse} from '../../../src/chapters/tcp/call-problems.ts';
import {addressField, connectTo, openListener} from '../../../src/chapters/tcp/pair.ts';
import {problemOf} from '../../../src/journal/problem.ts';
import type {Actor} from '../../../src/world/actors/actor.ts';
import type {KernelSocket} from '../../../src/world/kernel/socket.ts';
import type {SocketAddress} from '../../../src/world/libc/address.ts';
import type {CallRecord} from '../../../src/world/libc/record.ts';
import type {World} from '../../../src/world/world.ts';

const record = (name: string, more: Partial<CallRecord> = {}): CallRecord => ({
  name,
  text: `${name}()`,
  arguments: [],
  result: more.errno === undefined ? 0 : -1,
  seconds: 0,
  ...more,
});

/** An actor on a machine that has no loopback address but 127.0.0.1; it remembers what it was asked. */
function poorActor(name: string) {
  const asked: [name: string, address: SocketAddress | undefined][] = [];
  let bound: SocketAddress | undefined;
  const call = async (call: string, [, argument]: [number, SocketAddress]): Promise<CallRecord> => {
    const named = call === 'bind' || call === 'connect';
    asked.push([call, named ? argument : undefined]);
    if (call === 'bind' && 'host' in argument && argument.host !== '127.0.0.1')
      return record(call, {errno: 'EADDRNOTAVAIL'});
    if (call === 'bind') bound = argument;
    return record(call, {result: call === 'socket' ? 3 : 0, ...(call === 'getsockname' && bound && {address: bound})});
  };
  return {asked, actor: {name, call} as unknown as Actor};
}

const ask = {client: '127.0.2.1', server: '127.0.1.80', port: 1060};
const world = {} as World;

describe('where a pair is bound', () => {
  test('a machine with only 127.0.0.1 gets that, and is told', async () => {
    const notices: string[] = [];
    const [server, client] = [poorActor('server'), poorActor('client')];
    const listener = await openListener(world, server.actor, ask, says => notices.push(says));
    expect(listener.address).toEqual({family: 'AF_INET', host: '127.0.0.1', port: 1060});
    const made = await connectTo(listener, client.actor, ask.client, says => notices.push(says));
    expect(made.addresses.client).toEqual({family: 'AF_INET', host: '127.0.0.1', port: 0});
    expect(client.asked.at(-2)).toEqual(['connect', listener.address]);
    expect(notices).toEqual([
      'This machine has no 127.0.1.80, so server uses 127.0.0.1',
      'This machine has no 127.0.2.1, so client uses 127.0.0.1',
    ]);
  });

  test('an address that is not of the loopback network is never replaced', async () => {
    const {actor} = poorActor('server');
    const failed = openListener(world, actor, {...ask, server: '192.0.2.1'}, () => undefined).catch(problemOf);
    expect(await failed).toMatchObject({errno: 'EADDRNOTAVAIL', says: expect.stringContaining('192.0.2.1:1060')});
  });

  test('a name is no address, and the field says so', () => {
    const field = addressField('Server', '127.0.0.1', '');
    expect(field.read('localhost')).toMatchObject({ok: false, says: expect.stringContaining('localhost')});
    expect(field.read('::1')).toEqual({ok: true, value: '::1'});
  });
});

describe('problems of calls', () => {
  test('a failed call is a sentence with its errno and a next step', async () => {
    expect(callProblem(record('connect', {errno: 'ECONNREFUSED'}))).toMatchObject({
      code: 'tcp.econnrefused',
      errno: 'ECONNREFUSED',
      next: expect.stringMatching(/server/),
    });
    const failed = await must(Promise.resolve(record('bind', {errno: 'EACCES'}))).catch(problemOf);
    expect(failed).toMatchObject({errno: 'EACCES', says: expect.stringMatching(/^bind\(\) failed: /)});
  });

  test('without libc it is refused, with the reason', async () => {
    const without = {capabilities: async () => ({libc: {available: false, why: 'no koffi here'}})} as unknown as World;
    const refused = await needLibc(without).catch(problemOf);
    expect(refused).toMatchObject({code: 'tcp.no-libc', says: expect.stringContaining('no koffi here')});
    const fine = {capabilities: async () => ({libc: {available: true}})} as unknown as World;
    await expect(needLibc(fine)).resolves.toBeUndefined();
  });

  test('who has a port: a process, somebody else’s, or a connection that is running out', async () => {
    const at: SocketAddress = {family: 'AF_INET', host: '127.0.0.1', port: 1060};
    const socket = {local: at, remote: {...at, port: 40_112}, state: 'TIME_WAIT'} as KernelSocket;
    const kernel = (holders: object[] | undefined, sockets: object[]) =>
      ({
        kernel: {
          whoListens: async () => (holders === undefined ? [] : [{socket, holders}]),
          sockets: async () => sockets,
        },
      }) as unknown as World;
    const says = async (world: World) => (await portInUse(world, at)).says;
    expect(await says(kernel([{pid: 7, command: 'nc -l 1060'}], []))).toBe(
      'Port 1060 is taken: process 7 (nc -l 1060) listens on 127.0.0.1:1060',
    );
    expect(await says(kernel([], []))).toContain('somebody else’s process listens');
    expect(await says(kernel(undefined, [socket, socket]))).toContain(
      'a connection in TIME_WAIT to 127.0.0.1:40112 and 1 more',
    );
    expect(await says(kernel(undefined, []))).toContain('does not say by whom');
    expect((await portInUse(kernel([], []), at, 'serverPort')).fix?.ask).toEqual({serverPort: 0});
  });
});
