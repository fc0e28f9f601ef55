import {once} from 'node:events';
import {connect, type Socket} from 'node:net';
import {afterEach, describe, expect, test} from 'vitest';
import type {Actor, Running} from '../../../../src/world/actors/actor.ts';
import type {BehaviourSpec} from '../../../../src/world/actors/programs/behaviours/behaviour.ts';
import type {PollerEvent, PollerOptions, PollerReady} from '../../../../src/world/actors/programs/poller/events.ts';
import type {World} from '../../../../src/world/world.ts';
import {anywhere, bytes, useWorld} from '../../support/actors.ts';
import {eventually, has, noLibc, run} from '../../support/tools.ts';

const noPrlimit = !has('prlimit', '--version');
type Kind<K extends PollerEvent['kind']> = Extract<PollerEvent, {kind: K}>;

interface Served {
  actor: Actor;
  program: Running<'poller'>;
  port: number;
  events: PollerEvent[];
  batches: PollerEvent[][];
  /** Waits until so many events of a kind have come. */
  of<K extends PollerEvent['kind']>(kind: K, count?: number): Promise<Kind<K>[]>;
}

async function start(world: World, options: Partial<PollerOptions> & {behaviour: BehaviourSpec}): Promise<Served> {
  const events: PollerEvent[] = [];
  const batches: PollerEvent[][] = [];
  const actor = await world.actors.start({
    name: 'poller',
    onEvent(event) {
      if (event.kind !== 'program') return;
      batches.push(event.events as PollerEvent[]);
      events.push(...(event.events as PollerEvent[]));
    },
  });
  const program = actor.run('poller', options);
  const ready = (await program.ready) as Extract<PollerReady, {ok: true}>;
  expect(ready.ok).toBe(true);
  const port = ready.address === undefined ? 0 : (ready.address as {port: number}).port;
  const of = <K extends PollerEvent['kind']>(kind: K, count = 1) =>
    eventually(
      () => events.filter((event): event is Kind<K> => event.kind === kind),
      found => found.length >= count,
    );
  return {actor, program, port, events, batches, of};
}

const serve = (world: World, behaviour: BehaviourSpec, more: Partial<PollerOptions> = {}) =>
  start(world, {listen: {address: anywhere, backlog: 16}, behaviour, ...more});

const open: Socket[] = [];
async function dial(port: number): Promise<Socket> {
  const socket = connect({port, host: '127.0.0.1', allowHalfOpen: true});
  open.push(socket);
  await once(socket, 'connect');
  return socket;
}

/** All bytes until the end, and the errno when it was not an end. */
async function readAll(socket: Socket): Promise<{text: string; errno?: string}> {
  const parts: Buffer[] = [];
  socket.on('data', (part: Buffer) => parts.push(part));
  const failed = new Promise<string>(done => socket.on('error', (cause: NodeJS.ErrnoException) => done(cause.code!)));
  const errno = await Promise.race([failed, once(socket, 'end').then(() => undefined)]).catch(() => failed);
  return {text: Buffer.concat(parts).toString(), ...(errno !== undefined && {errno})};
}

describe.skipIf(noLibc)('the poll server', () => {
  const world = useWorld();
  afterEach(() => {
    for (const socket of open.splice(0)) socket.destroy();
  });

  test.each<[BehaviourSpec, string, {text: string; errno?: string}]>([
    [{kind: 'echo'}, 'hello', {text: 'hello'}],
    [{kind: 'upper'}, 'hello', {text: 'HELLO'}],
    [{kind: 'discard'}, 'hello', {text: ''}],
    [{kind: 'sink'}, 'hello', {text: '5 bytes\n'}],
    [{kind: 'reply', ask: 16, answer: 16}, 'Hi there, server', {text: 'Goodbye, client!'}],
    [{kind: 'close-after', bytes: 5}, 'hello', {text: ''}],
    // Bytes are left unread, so its close() breaks off.
    [{kind: 'close-after', bytes: 2}, 'hello', {text: '', errno: 'ECONNRESET'}],
  ])('%o answers %o', async (behaviour, input, expected) => {
    const {port, of} = await serve(world, behaviour);
    const socket = await dial(port);
    const reading = readAll(socket);
    // Two of them close by themselves; an end of ours after that would be one event more.
    if (behaviour.kind === 'close-after' || behaviour.kind === 'reply') socket.write(input);
    else socket.end(input);
    expect(await reading).toEqual(expected);
    const [closed] = await of('closed');
    expect(closed).toMatchObject({why: 'finished', sent: expected.text.length, unsent: 0});
  });

  test('the sixteen-byte exchange with four bytes too many: the answer, and then ECONNRESET', async () => {
    const {port} = await serve(world, {kind: 'reply', ask: 16, answer: 16});
    const socket = await dial(port);
    const reading = readAll(socket);
    socket.write('Hi there, server, yes');
    expect(await reading).toEqual({text: 'Goodbye, client!', errno: 'ECONNRESET'});
  });

  test('calls are told as they are made, each with its connection', async () => {
    const {port, events, of} = await serve(world, {kind: 'echo'});
    const socket = await dial(port);
    const reading = readAll(socket);
    socket.end('abc');
    await reading;
    const [{connection}] = (await of('closed')) as [Kind<'closed'>];
    const calls = events.filter((event): event is Kind<'call'> => event.kind === 'call');
    expect(calls.map(({record}) => `${record.name} ${record.result >= 0 ? 'ok' : record.errno}`)).toEqual([
      ...['socket ok', 'bind ok', 'listen ok', 'getsockname ok', 'accept4 ok', 'getsockname ok'],
      ...['recv ok', 'send ok', 'recv ok', 'close ok'],
    ]);
    expect(calls.slice(6).every(call => call.connection === connection)).toBe(true);
    expect(new TextDecoder().decode(calls[6]!.record.received)).toBe('abc');
    const times = events.map(event => event.at);
    expect(times).toEqual([...times].sort((a, b) => a - b));
  });

  test('hold never reads: the bytes stay in the kernel’s queue', async () => {
    const {actor, port, of} = await serve(world, {kind: 'hold'});
    const socket = await dial(port);
    socket.write('unread');
    const [{fd}] = (await of('opened')) as [Kind<'opened'>];
    expect(
      (
        await eventually(
          () => actor.sample(fd),
          ({receiveQueue}) => receiveQueue === 6,
        )
      ).receiveQueue,
    ).toBe(6);
    socket.resetAndDestroy();
    expect((await of('closed'))[0]).toMatchObject({why: 'failed', errno: 'ECONNRESET', received: 0});
  });

  test('refuse never accepts: the connection is made by the kernel and waits', async () => {
    const {actor, port, of, events, program} = await serve(world, {kind: 'refuse'});
    await dial(port);
    expect(await of('paused')).toMatchObject([{why: 'behaviour'}]);
    const [{fd}] = (await of('listening')) as [Kind<'listening'>];
    expect((await actor.sample(fd)).tcp?.unacknowledged).toBe(1);
    expect(events.some(event => event.kind === 'opened')).toBe(false);
    await program.command({do: 'behaviour', behaviour: {kind: 'echo'}});
    expect(await of('opened')).toHaveLength(1);
  });

  test('reset breaks off with a RST', async () => {
    const {port, of} = await serve(world, {kind: 'reset'});
    const socket = connect(port, '127.0.0.1');
    open.push(socket);
    expect((await readAll(socket)).errno).toBe('ECONNRESET');
    expect((await of('closed'))[0]).toMatchObject({why: 'reset'});
  });

  test('a peer that does not read holds a source back, and only it', async () => {
    const {program, port, of, actor} = await serve(world, {kind: 'chargen'});
    const slow = await dial(port);
    slow.pause();
    const [{fd}] = (await of('opened')) as [Kind<'opened'>];
    // The queue grows until the peer's window is shut; then nothing moves any more.
    const still = async () => {
      const {tcp} = await actor.sample(fd);
      await new Promise(done => setTimeout(done, 50));
      return tcp!.bytesSent! > 0 && tcp!.bytesSent === (await actor.sample(fd)).tcp!.bytesSent;
    };
    expect(await eventually(still, stopped => stopped)).toBe(true);
    const waiting = (await of('waiting')).at(-1)!;
    expect(waiting.bytes).toBeGreaterThan(0);
    expect(waiting.bytes).toBeLessThan(64 * 1024);
    const other = await dial(port);
    const [first] = (await once(other, 'data')) as [Buffer];
    expect(first.toString('latin1', 0, 4)).toBe(' !"#');
    expect(await program.command({do: 'close', connection: 1})).toEqual({ok: true});
    expect((await of('closed'))[0]).toMatchObject({connection: 1, why: 'command', unsent: waiting.bytes});
  });

  test('a flood is summed up, nothing is lost from the sums, and each batch stays small', async () => {
    const {port, events, batches, of} = await serve(world, {kind: 'echo'});
    const socket = await dial(port);
    const size = 24 * 1024 * 1024;
    let back = 0;
    socket.on('data', part => {
      back += part.length;
    });
    socket.end(Buffer.alloc(size, 'x'));
    await once(socket, 'end');
    expect(back).toBe(size);
    const [closed] = await of('closed');
    expect(closed).toMatchObject({sent: size, received: size, unsent: 0});
    const sums = {sent: 0, received: 0};
    for (const event of events) {
      if (event.kind === 'more') [sums.sent, sums.received] = [sums.sent + event.sent, sums.received + event.received];
      if (event.kind === 'call' && event.record.name === 'send') sums.sent += Math.max(0, event.record.result);
      if (event.kind === 'call' && event.record.name === 'recv') sums.received += Math.max(0, event.record.result);
    }
    expect(sums).toEqual({sent: size, received: size});
    for (const batch of batches) {
      const calls = batch.filter(
        (event): event is Kind<'call'> => event.kind === 'call' && event.connection !== undefined,
      );
      expect(calls.filter(({record}) => ['send', 'recv'].includes(record.name)).length).toBeLessThanOrEqual(64);
      expect(calls.reduce((sum, {record}) => sum + Math.max(0, record.result), 0)).toBeLessThanOrEqual(257 * 1024);
    }
  });

  test('a reader that is slow loses nothing either', async () => {
    let calls = 0;
    let closed: Kind<'closed'> | undefined;
    const actor = await world.actors.start({
      name: 'poller',
      onEvent(event) {
        if (event.kind !== 'program') return;
        for (const told of event.events as PollerEvent[]) {
          if (told.kind === 'call' && told.record.name === 'recv') calls += told.record.result;
          if (told.kind === 'more') calls += told.received;
          if (told.kind === 'closed') closed = told;
        }
        const until = performance.now() + 15;
        while (performance.now() < until);
      },
    });
    const program = actor.run('poller', {
      listen: {address: anywhere, backlog: 4},
      behaviour: {kind: 'sink'},
      readSize: 512,
    });
    const ready = (await program.ready) as Extract<PollerReady, {ok: true}>;
    const socket = await dial((ready.address as {port: number}).port);
    const size = 512 * 1024;
    const reading = readAll(socket);
    socket.end(Buffer.alloc(size, 'x'));
    expect((await reading).text).toBe(`${size} bytes\n`);
    await eventually(
      () => closed,
      found => found !== undefined,
    );
    expect([calls, closed?.received]).toEqual([size, size]);
  });

  test('with the house full the next one waits in the kernel, and is accepted when somebody goes', async () => {
    const {port, of, events} = await serve(world, {kind: 'echo'}, {maximum: 2});
    const [first] = await Promise.all([dial(port), dial(port)]);
    await of('opened', 2);
    await dial(port);
    expect(await of('paused')).toMatchObject([{why: 'maximum'}]);
    expect(await world.kernel.sockets({localPort: port, states: ['LISTEN']})).toMatchObject([{receiveQueue: 1}]);
    first!.end();
    const opened = await of('opened', 3);
    expect(opened.map(event => event.connection)).toEqual([1, 2, 3]);
    // The number of the closed descriptor was free again; the connection's number never is.
    expect(opened[2]!.fd).toBe(opened[(await of('closed'))[0]!.connection - 1]!.fd);
    expect(events.filter(event => event.kind === 'resumed')).toHaveLength(1);
  });

  test.skipIf(noPrlimit)('out of descriptors it says so, rests, and goes on when there are some again', async () => {
    const {actor, port, of} = await serve(world, {kind: 'echo'});
    const first = await dial(port);
    const [{fd}] = (await of('opened')) as [Kind<'opened'>];
    run('prlimit', ['--pid', String(actor.pid), `--nofile=${fd + 1}:${fd + 64}`]);
    await dial(port);
    expect((await of('paused'))[0]).toMatchObject({why: 'no descriptors'});
    first.end();
    expect(await of('opened', 2)).toHaveLength(2);
    expect(await of('resumed')).not.toHaveLength(0);
  });

  test('an address in use is told with the call that failed', async () => {
    const {port} = await serve(world, {kind: 'echo'});
    const actor = await world.actors.start({name: 'second'});
    const program = actor.run('poller', {
      listen: {address: {family: 'AF_INET', host: '127.0.0.1', port}, backlog: 1},
      behaviour: {kind: 'echo'},
    });
    expect(await program.ready).toMatchObject({ok: false, record: {name: 'bind', errno: 'EADDRINUSE'}});
    expect(await program.finished).toMatchObject({ok: false});
    await expect(program.command({do: 'accept', on: false})).rejects.toThrow(/nobody to take a command/);
  });
});

describe.skipIf(noLibc)('two poll programs by hand', () => {
  const world = useWorld();

  async function consoles() {
    const server = await serve(world, {kind: 'console'});
    const client = await start(world, {behaviour: {kind: 'console'}});
    const address = {family: 'AF_INET', host: '127.0.0.1', port: server.port} as const;
    const told = await client.program.command({
      do: 'connect',
      address,
      options: [{option: 'TCP_NODELAY', value: true}],
    });
    expect(told).toMatchObject({ok: true, connection: 1});
    await Promise.all([client.of('opened'), server.of('opened')]);
    return {server, client};
  }

  const heard = (served: Served): string =>
    served.events
      .map(event => (event.kind === 'call' && event.record.name === 'recv' ? event.record.received : undefined))
      .map(part => new TextDecoder().decode(part))
      .join('');

  test('send, shut down each way, and close', async () => {
    const {server, client} = await consoles();
    expect(await client.program.command({do: 'send', connection: 1, bytes: bytes('hello')})).toMatchObject({ok: true});
    await eventually(
      () => heard(server),
      text => text === 'hello',
    );
    expect(await client.program.command({do: 'shutdown', connection: 1, how: 'SHUT_WR'})).toEqual({ok: true});
    await server.of('ended');
    expect(await client.program.command({do: 'send', connection: 1, bytes: bytes('x')})).toMatchObject({ok: false});
    await server.program.command({do: 'send', connection: 1, bytes: bytes('still')});
    expect(
      await eventually(
        () => heard(client),
        text => text === 'still',
      ),
    ).toBe('still');
    expect(await server.program.command({do: 'close', connection: 1})).toEqual({ok: true});
    await client.of('ended');
    expect(await client.program.command({do: 'close', connection: 1})).toEqual({ok: true});
    expect((await client.of('closed'))[0]).toMatchObject({why: 'command', sent: 5, received: 5, unsent: 1});
    expect(await client.program.command({do: 'close', connection: 1})).toEqual({
      ok: false,
      why: 'The connection 1 is closed.',
    });
  });

  test('a RST leaves a console open and broken, until it is closed by hand', async () => {
    const {server, client} = await consoles();
    expect(await server.program.command({do: 'reset', connection: 1})).toEqual({ok: true});
    expect((await client.of('broken'))[0]).toMatchObject({errno: 'ECONNRESET'});
    expect(await client.program.command({do: 'send', connection: 1, bytes: bytes('x')})).toMatchObject({ok: false});
    const sends = client.events.filter(event => event.kind === 'call' && event.record.name === 'send');
    expect(sends).toMatchObject([{record: {errno: 'EPIPE'}}]);
    expect(await client.program.command({do: 'close', connection: 1})).toEqual({ok: true});
    await client.of('closed');
    // EPIPE of the send() is no second cause.
    expect(await client.of('broken')).toHaveLength(1);
  });

  test('reading can be stopped and gone on with', async () => {
    const {server, client} = await consoles();
    await server.program.command({do: 'read', connection: 1, on: false});
    await client.program.command({do: 'send', connection: 1, bytes: bytes('later')});
    const [{fd}] = (await server.of('opened')) as [Kind<'opened'>];
    await eventually(
      () => server.actor.sample(fd),
      ({receiveQueue}) => receiveQueue === 5,
    );
    expect(heard(server)).toBe('');
    await server.program.command({do: 'read', connection: 1, on: true});
    expect(
      await eventually(
        () => heard(server),
        text => text === 'later',
      ),
    ).toBe('later');
  });

  test('a connection refused is closed with its errno', async () => {
    const {server, client} = await consoles();
    expect(await server.program.command({do: 'deafen'})).toEqual({ok: true});
    const address = {family: 'AF_INET', host: '127.0.0.1', port: server.port} as const;
    expect(await client.program.command({do: 'connect', address})).toMatchObject({ok: true, connection: 2});
    expect((await client.of('closed'))[0]).toMatchObject({connection: 2, why: 'failed', errno: 'ECONNREFUSED'});
    expect(await server.program.command({do: 'accept', on: true})).toMatchObject({ok: false});
  });

  test('a listening socket that is shut down from the side is noticed', async () => {
    const {server} = await consoles();
    const [{fd}] = (await server.of('listening')) as [Kind<'listening'>];
    await server.actor.interrupt(fd);
    expect(await server.of('deaf')).toMatchObject([{errno: 'EINVAL'}]);
    expect(await server.program.command({do: 'send', connection: 1, bytes: bytes('x')})).toMatchObject({ok: true});
  });

  test('stopped, it closes what it holds, tells so, and its thread is free again', async () => {
    const {server} = await consoles();
    expect(await server.program.stop()).toMatchObject({ok: true});
    expect((await server.of('closed'))[0]).toMatchObject({why: 'stopped'});
    expect((await server.actor.call('socket', ['AF_INET', 'SOCK_STREAM'])).errno).toBeUndefined();
  });
});
