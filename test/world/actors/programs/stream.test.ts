import {describe, expect, test} from 'vitest';
import type {StreamEvent} from '../../../../src/world/actors/programs/stream/events.ts';
import {repeated} from '../../../../src/world/actors/programs/stream/stream.ts';
import {actorIn, good, listenIn, pairIn, useWorld} from '../../support/actors.ts';
import {eventually, noLibc} from '../../support/tools.ts';

const pattern = 'capitalize this!';
const capitals = 'CAPITALIZE THIS!';

test('a pattern repeats, also when it is cut', () => {
  expect(new TextDecoder().decode(repeated('abc', 7))).toBe('abcabca');
  expect(repeated('abc', 0)).toEqual(new Uint8Array(0));
});

describe.skipIf(noLibc)('blocking programs', () => {
  const world = useWorld();

  test('a client that writes, then reads, gets everything back in capitals', async () => {
    const {client, server, c, s} = await pairIn(world);
    // Not a multiple of the pattern, and pieces that begin anywhere in it.
    const total = 100_003;
    const serving = server.run('capitalizer', {fd: s, chunk: 1024});
    const reading = client.thread('second').run('receiver', {fd: c, pattern: capitals, chunk: 777});
    const sent = await client.run('sender', {fd: c, pattern, total, chunk: 1001}).finished;
    expect(sent).toEqual({sent: total, received: 0});
    await client.call('shutdown', [c, 'SHUT_WR']);
    expect(await serving.finished).toEqual({sent: total, received: total, ended: true});
    await server.call('close', [s]);
    expect(await reading.finished).toEqual({sent: 0, received: total, ended: true});
  });

  test('the first wrong byte is found', async () => {
    const {client, server, c, s} = await pairIn(world);
    await server.call('send', [s, new TextEncoder().encode('CAPITALIZE THIS!CAPITALiZE')]);
    await server.call('close', [s]);
    const result = await client.run('receiver', {fd: c, pattern: capitals, chunk: 5}).finished;
    expect(result).toEqual({sent: 0, received: 26, ended: true, wrongAt: 23});
  });

  test('a peer that is gone is told with the call and the error', async () => {
    const {client, server, c, s} = await pairIn(world);
    await client.call('send', [c, new Uint8Array(1)]);
    await server.call('close', [s]);
    const result = await client.run('sender', {fd: c, pattern, total: 1 << 20, chunk: 4096}).finished;
    expect(result.failed?.call).toBe('send');
    expect(['ECONNRESET', 'EPIPE']).toContain(result.failed?.errno);
  });

  test('one that waits says in which call, reports all it has moved, tells little, and can be ended', async () => {
    const [{actor: server}, {actor: writer, events}] = await Promise.all([
      actorIn(world, 'server'),
      actorIn(world, 'writer'),
    ]);
    const told = () => events.flatMap(event => (event.kind === 'program' ? (event.events as StreamEvent[]) : []));
    const listener = await listenIn(server);
    const fd = await good(writer.call('socket', ['AF_INET', 'SOCK_STREAM']));
    await good(writer.call('connect', [fd, listener.address]));
    const accepted = await good(server.call('accept4', [listener.fd]));
    writer.run('sender', {fd, pattern, total: 1 << 30, chunk: 4096}).finished.catch(() => undefined);
    const last = await eventually(
      () => told().at(-1),
      event => event?.waiting === 'send',
    );
    expect(last).toMatchObject({waiting: 'send', received: 0});
    // What was told is in the two queues; the call it is in may have brought in some more.
    const [mine, theirs] = [await writer.sample(fd), await server.sample(accepted)];
    const more = mine.sendQueue! + theirs.receiveQueue! - last!.sent;
    expect(more).toBeGreaterThanOrEqual(0);
    expect(more).toBeLessThanOrEqual(4096);
    expect(told().length).toBeLessThan(200);
    expect((await writer.stop()).signal ?? 'left').toMatch(/SIGKILL|left/);
  });
});
