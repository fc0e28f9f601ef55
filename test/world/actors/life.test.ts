import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {createSupervisor} from '../../../src/world/actors/supervisor.ts';
import {createClock} from '../../../src/world/clock.ts';
import type {CallRecord} from '../../../src/world/libc/record.ts';
import {actorIn, alive, anywhere, bytes, good, listenIn, pairIn, useWorld} from '../support/actors.ts';
import {eventually, noLibc} from '../support/tools.ts';

/** Whether the thread named so sleeps in the kernel: the test of a blocked call must not begin before it blocks. */
async function blocked(events: readonly {kind: string; name?: string}[], name: string): Promise<void> {
  await eventually(
    () => events.filter(event => event.kind === 'enter' && event.name === name).length,
    count => count > 0,
  );
  await new Promise(done => setTimeout(done, 30));
}

describe.skipIf(noLibc)('the life of an actor', () => {
  const world = useWorld();

  test('a call is told when it begins and when it ends, on the world’s clock', async () => {
    const before = world.clock.now();
    const {actor, events} = await actorIn(world, 'one');
    const {result} = await actor.call('socket', ['AF_INET', 'SOCK_DGRAM']);
    expect(events).toEqual([
      expect.objectContaining({kind: 'enter', name: 'socket', thread: 'main', actor: 'one', pid: actor.pid, call: 1}),
      expect.objectContaining({kind: 'leave', call: 1, record: expect.objectContaining({name: 'socket', result})}),
    ]);
    expect(events[0]!.at).toBeGreaterThan(before);
    expect(events[1]!.at).toBeGreaterThanOrEqual(events[0]!.at);
    expect(events[1]!.at).toBeLessThan(world.clock.now());
  });

  test('a blocked accept() is seen, looked at, joined by another thread, and let go', async () => {
    const {actor, events} = await actorIn(world, 'server');
    const {fd} = await listenIn(actor);
    const accepting = actor.call('accept4', [fd]);
    await blocked(events, 'accept4');
    expect((await actor.sample(fd)).tcp?.state).toBe('LISTEN');
    expect((await actor.thread('other').call('getsockopt', [fd, 'SO_ACCEPTCONN'])).value).toBe(true);
    expect(await actor.interrupt(fd)).toMatchObject({name: 'shutdown', result: 0});
    expect(await accepting).toMatchObject({result: -1, errno: 'EINVAL'});
    expect((await actor.usage()).residentBytes).toBeGreaterThan(1e6);
  });

  test('what blocks can be let go: recv, send, connect, a datagram, poll', async () => {
    const {client, c, s, server} = await pairIn(world);
    const letGo = async (fd: number, call: Promise<CallRecord>): Promise<string | number> => {
      await new Promise(done => setTimeout(done, 40));
      await server.interrupt(fd);
      const {errno, result} = await call;
      return errno ?? result;
    };
    const datagrams = await good(server.call('socket', ['AF_INET', 'SOCK_DGRAM']));
    await good(server.call('bind', [datagrams, anywhere]));
    expect(await letGo(datagrams, server.call('recvfrom', [datagrams, 10]))).toBe(0);
    // With its accept queue full, a listener leaves further callers without an answer.
    const {address} = await listenIn(server, 0);
    await good(client.call('connect', [await good(client.call('socket', ['AF_INET', 'SOCK_STREAM'])), address]));
    const caller = await good(server.call('socket', ['AF_INET', 'SOCK_STREAM']));
    expect(await letGo(caller, server.call('connect', [caller, address]))).toBe('ECONNRESET');
    const filling = server.thread('filling').call('send', [s, new Uint8Array(16 * 1024 * 1024)]);
    await eventually(
      () => server.sample(s),
      ({sendQueue = 0}) => sendQueue > 100_000,
    );
    expect(await letGo(s, filling)).toBeGreaterThan(0);
    const polling = client.call('poll', [[{fd: c, events: ['POLLPRI']}], -1]);
    await new Promise(done => setTimeout(done, 40));
    await client.interrupt(c);
    expect((await polling).ready).toEqual([{fd: c, events: ['POLLHUP']}]);
  });

  const stuck: [
    string,
    () => Promise<{actor: import('../../../src/world/actors/actor.ts').Actor; call: Promise<CallRecord>}>,
  ][] = [
    [
      'accept4',
      async () => {
        const {actor, events} = await actorIn(world, 'stuck');
        const call = actor.call('accept4', [(await listenIn(actor)).fd]);
        await blocked(events, 'accept4');
        return {actor, call};
      },
    ],
    [
      'recv',
      async () => {
        const {client, c} = await pairIn(world);
        const call = client.call('recv', [c, 1]);
        await new Promise(done => setTimeout(done, 50));
        return {actor: client, call};
      },
    ],
    [
      'send',
      async () => {
        const {client, c} = await pairIn(world);
        // Nobody reads: both kernels' buffers fill up, and the call stays.
        const call = client.call('send', [c, new Uint8Array(16 * 1024 * 1024)]);
        await eventually(
          () => client.sample(c),
          ({sendQueue = 0}) => sendQueue > 100_000,
        );
        return {actor: client, call};
      },
    ],
    [
      'poll on nothing',
      async () => {
        const {actor, events} = await actorIn(world, 'stuck');
        const call = actor.call('poll', [[], -1]);
        await blocked(events, 'poll');
        return {actor, call};
      },
    ],
  ];

  test.each(stuck)('an actor blocked in %s is stopped within a second', async (_name, begin) => {
    const {actor, call} = await begin();
    // Either it is let go first, or the process ends with it.
    const ended = call.then(
      () => 'let go',
      (cause: Error) => cause.message,
    );
    const start = performance.now();
    await actor.stop();
    expect(performance.now() - start).toBeLessThan(1500);
    expect(alive(actor.pid)).toBe(false);
    expect(await ended).toMatch(/let go|has ended/);
    expect(world.actors.running()).not.toContain(actor);
  });

  test('an actor that answers nothing, not even TERM, is killed', async () => {
    const {actor} = await actorIn(world, 'frozen');
    process.kill(actor.pid, 'SIGSTOP');
    const start = performance.now();
    expect(await actor.stop()).toEqual({code: null, signal: 'SIGKILL'});
    expect(performance.now() - start).toBeLessThan(2000);
    expect(alive(actor.pid)).toBe(false);
  });

  test('stopping all leaves no process, threads and children included', async () => {
    const {client, server, c} = await pairIn(world);
    const child = await client.spawnChild({name: 'child', inherit: [c]});
    const asleep = child.thread('asleep').call('recv', [child.inherited[0]!, 1]);
    asleep.catch(() => undefined);
    const pids = [client.pid, server.pid, child.pid];
    expect(
      world.actors
        .running()
        .map(actor => actor.pid)
        .sort(),
    ).toEqual(pids.sort());
    await world.close();
    expect(world.actors.running()).toEqual([]);
    expect(pids.filter(alive)).toEqual([]);
  });

  test('killed at once, without a word', async () => {
    const {client, server} = await pairIn(world);
    world.kill();
    expect(await client.exited).toEqual({code: null, signal: 'SIGKILL'});
    expect((await server.exited).signal).toBe('SIGKILL');
  });

  test('when the process that started it is killed, it ends, its blocked thread and its child too', async () => {
    const script = join(import.meta.dirname, '../support/orphan-maker.ts');
    const maker = spawn(process.execPath, [script], {stdio: ['ignore', 'pipe', 'inherit']});
    const [line] = (await once(maker.stdout, 'data')) as [Buffer];
    const pids = JSON.parse(String(line)) as number[];
    expect(pids).toHaveLength(2);
    expect(pids.every(alive)).toBe(true);
    maker.kill('SIGKILL');
    expect(
      await eventually(
        () => pids.filter(alive),
        left => left.length === 0,
      ),
    ).toEqual([]);
  });

  test('what makes no call is refused, and the thread goes on', async () => {
    const {actor} = await actorIn(world, 'one');
    const fd = await good(actor.call('socket', ['AF_INET', 'SOCK_STREAM']));
    await expect(actor.call('connect', [fd, {family: 'AF_INET', host: 'localhost', port: 1}])).rejects.toThrow(
      /Look the name up/,
    );
    await expect(actor.call('fork' as 'close', [fd])).rejects.toThrow(/No call is named fork/);
    await expect(actor.run('nothing' as 'poller', {behaviour: {kind: 'echo'}}).finished).rejects.toThrow(/No program/);
    expect(await actor.call('send', [fd, bytes('x')])).toMatchObject({errno: 'EPIPE'});
    await actor.stop();
    await expect(actor.call('close', [fd])).rejects.toThrow(/one has ended/);
  });

  test('an actor that dies by itself is told and forgotten', async () => {
    const {actor, events} = await actorIn(world, 'one');
    process.kill(actor.pid, 'SIGSEGV');
    expect(await actor.exited).toEqual({code: null, signal: 'SIGSEGV'});
    expect(events.at(-1)).toMatchObject({kind: 'exit', signal: 'SIGSEGV'});
    expect(world.actors.running()).toEqual([]);
  });
});

test('a supervisor that has started nothing has nothing to end', async () => {
  const supervisor = createSupervisor(createClock());
  supervisor.killAllNow();
  await supervisor.stopAll();
  expect(supervisor.running()).toEqual([]);
});
