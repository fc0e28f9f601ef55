import {connect} from 'node:net';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {startEcho} from '../../src/lab/echo.ts';
import {createWorld, type World} from '../../src/world/world.ts';
import {alive} from '../world/support/actors.ts';
import {noLibc} from '../world/support/tools.ts';

let world: World;

beforeEach(() => {
  world = createWorld();
});

afterEach(() => world.close());

const home = {family: 'AF_INET', host: '127.0.0.1', port: 0} as const;

function withoutLibc(): World {
  const capabilities = async () => ({...(await world.capabilities()), libc: {available: false as const, why: 'No.'}});
  return {...world, capabilities};
}

/** What comes back for this text, up to the server's FIN. */
function echoed(port: number, text: string): Promise<string> {
  return new Promise((done, failed) => {
    let back = '';
    const socket = connect({host: '127.0.0.1', port}, () => socket.end(text));
    socket.setEncoding('utf8').on('data', piece => {
      back += piece;
    });
    socket.on('error', failed).on('close', () => done(back));
  });
}

describe.each([
  ['in a process of its own', () => world, noLibc],
  ['of Node’s, in this process', withoutLibc, false],
] as const)('an echo server %s', (_name, chosen, left) => {
  test.skipIf(left)('echoes, ends when told, and says who is there already', async () => {
    const first = await startEcho(chosen(), home);
    if (!first.ok) throw new Error(first.record.text);
    const {server} = first;
    const port = server.address.family === 'AF_UNIX' ? 0 : server.address.port;
    expect(await echoed(port, 'as it came')).toBe('as it came');
    const second = await startEcho(chosen(), {...home, port});
    expect(second).toMatchObject({ok: false, record: {errno: 'EADDRINUSE'}});
    expect(world.actors.running().length).toBe(server.pid === process.pid ? 0 : 1);
    await server.stop();
    await expect(echoed(port, 'x')).rejects.toMatchObject({code: 'ECONNREFUSED'});
    expect(server.pid === process.pid || !alive(server.pid)).toBe(true);
  });
});
