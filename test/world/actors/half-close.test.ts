import {describe, expect, test} from 'vitest';
import {bytes, good, pairIn, statesOf, text, useWorld} from '../support/actors.ts';
import {eventually, noLibc} from '../support/tools.ts';

describe.skipIf(noLibc)('ways to end a connection, as the kernel tells them', () => {
  const world = useWorld();

  test('SHUT_WR: one direction ends, and bytes still come the other way', async () => {
    const {client, server, c, s, ends} = await pairIn(world);
    await good(client.call('shutdown', [c, 'SHUT_WR']));
    expect(await statesOf(world, ends, ['FIN_WAIT2', 'CLOSE_WAIT'])).toEqual(['FIN_WAIT2', 'CLOSE_WAIT']);
    expect(await good(server.call('recv', [s, 10]))).toBe(0);
    await good(server.call('send', [s, bytes('late')]));
    expect(text(await client.call('recv', [c, 10]))).toBe('late');
    expect(await client.call('send', [c, bytes('x')])).toMatchObject({result: -1, errno: 'EPIPE'});
    await good(server.call('close', [s]));
    expect(await good(client.call('recv', [c, 10]))).toBe(0);
    expect(await statesOf(world, ends, ['TIME_WAIT', '-'])).toEqual(['TIME_WAIT', '-']);
  });

  test('SHUT_RD: nothing is sent, the peer notices nothing, and late bytes can still be read', async () => {
    const {client, server, c, s, port, ends} = await pairIn(world);
    await good(client.call('shutdown', [c, 'SHUT_RD']));
    expect(await statesOf(world, ends, ['ESTABLISHED', 'ESTABLISHED'])).toEqual(['ESTABLISHED', 'ESTABLISHED']);
    const [end] = await world.kernel.sockets({remotePort: port, states: ['ESTABLISHED'], via: 'netlink'});
    expect(end?.shutdown).toEqual({receive: true, send: false});
    expect(await good(client.call('recv', [c, 10]))).toBe(0);
    expect(await good(server.call('send', [s, bytes('data')]))).toBe(4);
    await eventually(
      () => client.sample(c),
      sample => sample.receiveQueue === 4,
    );
    expect(text(await client.call('recv', [c, 10]))).toBe('data');
    expect(await good(client.call('recv', [c, 10]))).toBe(0);
  });

  test('SHUT_RDWR: the peer’s first send succeeds and draws a RST, its second is EPIPE', async () => {
    const {client, server, c, s, ends} = await pairIn(world);
    await good(client.call('shutdown', [c, 'SHUT_RDWR']));
    expect(await statesOf(world, ends, ['FIN_WAIT2', 'CLOSE_WAIT'])).toEqual(['FIN_WAIT2', 'CLOSE_WAIT']);
    expect(await good(server.call('send', [s, bytes('one')]))).toBe(3);
    expect(await statesOf(world, ends, ['-', '-'])).toEqual(['-', '-']);
    expect(await client.call('recv', [c, 10])).toMatchObject({errno: 'ECONNRESET'});
    expect(await server.call('send', [s, bytes('two')])).toMatchObject({errno: 'EPIPE'});
  });

  test('close() with unread bytes is a RST, and the peer sees ECONNRESET instead of an end', async () => {
    const {client, server, c, s, ends} = await pairIn(world);
    await good(client.call('send', [c, bytes('never read')]));
    await eventually(
      () => server.sample(s),
      sample => sample.receiveQueue === 10,
    );
    await good(server.call('close', [s]));
    expect(await client.call('recv', [c, 10])).toMatchObject({result: -1, errno: 'ECONNRESET'});
    expect(await statesOf(world, ends, ['-', '-'])).toEqual(['-', '-']);
  });

  test('SO_LINGER with 0 seconds makes close() a RST, also with nothing unread', async () => {
    const {client, server, c, s, ends} = await pairIn(world);
    await good(server.call('setsockopt', [s, 'SO_LINGER', {on: true, seconds: 0}]));
    await good(server.call('close', [s]));
    expect(await client.call('recv', [c, 10])).toMatchObject({errno: 'ECONNRESET'});
    expect(await statesOf(world, ends, ['-', '-'])).toEqual(['-', '-']);
  });

  test('a plain close() is an end: the first send after it succeeds, the second is EPIPE', async () => {
    const {client, server, c, s, ends} = await pairIn(world);
    await good(server.call('close', [s]));
    expect(await statesOf(world, ends, ['CLOSE_WAIT', 'FIN_WAIT2'])).toEqual(['CLOSE_WAIT', 'FIN_WAIT2']);
    expect(await good(client.call('recv', [c, 10]))).toBe(0);
    expect(await good(client.call('send', [c, bytes('one')]))).toBe(3);
    expect(await statesOf(world, ends, ['-', '-'])).toEqual(['-', '-']);
    expect(await client.call('send', [c, bytes('two')])).toMatchObject({errno: 'EPIPE'});
  });

  test('there are no messages: three sends are one recv', async () => {
    const {client, server, c, s} = await pairIn(world);
    for (const part of ['one', 'two', 'three']) await good(client.call('send', [c, bytes(part)]));
    await eventually(
      () => server.sample(s),
      sample => sample.receiveQueue === 11,
    );
    expect(text(await server.call('recv', [s, 100]))).toBe('onetwothree');
  });
});
