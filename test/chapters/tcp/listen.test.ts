import {connect, type Socket} from 'node:net';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {reduceListen, startListen} from '../../../src/chapters/tcp/listen-state.ts';
import {listenLine} from '../../../src/chapters/tcp/listen-text.ts';
import {rowOf, withoutRow, withRow} from '../../../src/chapters/tcp/rows.ts';
import {alive} from '../../world/support/actors.ts';
import {eventually, noLibc} from '../../world/support/tools.ts';
import {freePort, inputOf, listenState, output, Running, received, type Started, told} from './running.ts';

let running: Running;
let sockets: Socket[];

beforeEach(() => {
  running = new Running();
  sockets = [];
});

afterEach(async () => {
  for (const socket of sockets) socket.destroy();
  const pids = running.world.actors.running().map(({pid}) => pid);
  await running.close();
  expect(pids.filter(alive)).toEqual([]);
});

function dial(port: number): Promise<Socket> {
  const socket = connect({port, host: '127.0.0.1', allowHalfOpen: true});
  socket.on('error', () => undefined);
  sockets.push(socket);
  return new Promise(done => socket.once('connect', () => done(socket)));
}

const rowIn = (started: Started, id: number) => rowOf(listenState(started).rows, id);

async function asked(
  behaviour: string,
  input: string,
  ask: object = {},
): Promise<{text: string; status: string; errno: string}> {
  const server = await running.listen({behaviour, ...ask});
  const client = running.connect(server.port, {idleTimeout: 0.5}, {input: inputOf(input)});
  await client.run.ended;
  return {text: output(client), status: client.run.status, errno: client.run.problem?.errno ?? ''};
}

describe.skipIf(noLibc)('behaviours', () => {
  test.each([
    ['echo', 'hello', {}, {text: 'hello', status: 'done', errno: ''}],
    ['upper', 'hello {ä}', {}, {text: 'HELLO {ä}', status: 'done', errno: ''}],
    ['sink', 'hello', {}, {text: '5 bytes\n', status: 'done', errno: ''}],
    ['discard', 'hello', {}, {text: '', status: 'done', errno: ''}],
    ['reply', 'Hi there, server', {}, {text: 'Goodbye, client!', status: 'done', errno: ''}],
    ['reply', 'four', {bytes: 4, replyBytes: 20}, {text: 'Goodbye, client!Good', status: 'done', errno: ''}],
    ['reply', 'too short', {}, {text: '', status: 'done', errno: ''}],
    ['close', 'abc', {bytes: 3}, {text: '', status: 'done', errno: ''}],
    ['hold', 'hello', {}, {text: '', status: 'failed', errno: 'ETIMEDOUT'}],
    ['refuse', 'hello', {}, {text: '', status: 'failed', errno: 'ETIMEDOUT'}],
    ['reset', 'hello', {}, {text: '', status: 'failed', errno: 'ECONNRESET'}],
  ])('%s given %j', async (behaviour, input, ask, wanted) => {
    const {text, status, errno} = await asked(behaviour, input, ask);
    // A RST may be met by recv() or by send() first.
    expect({text, status, errno: errno === 'EPIPE' ? 'ECONNRESET' : errno}).toEqual(wanted);
  });
});

describe.skipIf(noLibc)('the server', () => {
  test('says first where it listens, and every call that led there after it', async () => {
    const server = await running.listen({backlog: 3});
    expect(server.events[0]).toMatchObject({kind: 'listening', address: '127.0.0.1', port: server.port, backlog: 3});
    expect(server.port).toBeGreaterThan(0);
    await eventually(
      () => told(server, 'call').length,
      length => length >= 5,
    );
    expect(told(server, 'call').map(({name}) => name)).toEqual([
      'socket',
      'setsockopt',
      'bind',
      'listen',
      'getsockname',
    ]);
    expect(listenLine(server.events[0] as never)).toBe(`listening on 127.0.0.1:${server.port}, echo`);
  });

  test('keeps each connection in its row, also when it is closed, and never moves one', async () => {
    const server = await running.listen({behaviour: 'echo'}, {headless: false});
    const [one, two] = [await dial(server.port), await dial(server.port)];
    one.write('12345');
    await eventually(
      () => rowIn(server, 1)?.sent,
      sent => sent === 5,
    );
    two.end();
    await eventually(
      () => rowIn(server, 2)?.closedAt ?? -1,
      at => at > 0,
    );
    expect(listenState(server).order).toEqual([1, 2]);
    expect(rowIn(server, 1)).toMatchObject({received: 5, sent: 5, closedAt: -1});
    expect(rowIn(server, 2)).toMatchObject({why: 'served'});
    const row = await eventually(
      () => rowIn(server, 1),
      found => found?.state === 'ESTABLISHED' && found.rtt > 0,
    );
    expect(row?.rtt).toBeGreaterThan(0);
    expect(listenState(server)).toMatchObject({open: 1, served: 2});
  });

  test('its accept queue is the kernel’s, and fills while it does not accept', async () => {
    const server = await running.listen({behaviour: 'refuse', backlog: 2}, {headless: false});
    expect(listenState(server).paused).toBe('behaviour');
    await dial(server.port);
    await dial(server.port);
    const queue = await eventually(
      () => listenState(server).queue,
      found => found?.waiting === 2,
    );
    expect(queue).toEqual({waiting: 2, backlog: 2});
    await server.run.act({action: 'behaviour', args: {behaviour: 'echo'}});
    await eventually(
      () => listenState(server).open,
      open => open === 2,
    );
    expect(listenState(server)).toMatchObject({open: 2, paused: ''});
    await eventually(
      () => listenState(server).queue?.waiting,
      waiting => waiting === 0,
    );
    expect(listenState(server).queue?.waiting).toBe(0);
  });

  test('a connection taken over does nothing by itself any more, and everything by hand', async () => {
    const server = await running.listen({behaviour: 'echo'});
    const socket = await dial(server.port);
    const pieces: Buffer[] = [];
    socket.on('data', piece => pieces.push(piece as Buffer));
    await eventually(
      () => listenState(server).open,
      open => open === 1,
    );
    expect(await server.run.act({action: 'send', args: {text: 'x', ending: 'none'}})).toMatchObject({
      says: expect.stringContaining('Take a connection over first'),
    });
    expect(await server.run.act({action: 'open', args: {connection: 1}})).toBeUndefined();
    expect(listenState(server).chosen).toBe(1);
    socket.write('not echoed');
    await eventually(
      () => received(server).length,
      length => length === 10,
    );
    await server.run.act({action: 'send', args: {text: 'by hand', ending: 'CRLF'}});
    await server.run.act({action: 'send-hex', args: {hex: '00ff'}});
    await server.run.act({action: 'shut-wr'});
    await eventually(() => socket.readableEnded, Boolean);
    expect(Buffer.concat(pieces).toString('latin1')).toBe('by hand\r\n\0\xff');
    socket.write('still read');
    await eventually(
      () => received(server).length,
      length => length === 20,
    );
    await server.run.act({action: 'reading'});
    expect(rowIn(server, 1)).toMatchObject({reading: false, sendShut: true, taken: true});
    expect(await server.run.act({action: 'reset'})).toBeUndefined();
    await eventually(
      () => rowIn(server, 1)?.closedAt ?? -1,
      at => at > 0,
    );
    expect(rowIn(server, 1)?.why).toBe('reset by hand');
    expect(await server.run.act({action: 'close', args: {connection: 1}})).toMatchObject({
      says: expect.stringMatching(/closed|Nobody/),
    });
  });

  test('no more connections than asked for: the next waits in the kernel', async () => {
    const server = await running.listen({behaviour: 'echo', maxConnections: 1}, {headless: false});
    const first = await dial(server.port);
    await dial(server.port);
    await eventually(
      () => listenState(server).paused,
      paused => paused === 'maximum',
    );
    await eventually(
      () => listenState(server).queue?.waiting,
      waiting => waiting === 1,
    );
    expect(listenState(server)).toMatchObject({open: 1, paused: 'maximum', queue: {waiting: 1}});
    first.destroy();
    await eventually(
      () => listenState(server).served,
      served => served === 2,
    );
    expect(listenState(server).open).toBe(1);
  });

  test('once: the first connection is served, then it ends', async () => {
    const server = await running.listen({behaviour: 'reply'}, {once: true});
    const client = running.connect(server.port, {}, {input: inputOf('Hi there, server')});
    await Promise.all([client.run.ended, server.run.ended]);
    expect(server.run.status).toBe('done');
    expect(output(client)).toBe('Goodbye, client!');
  });
});

describe.skipIf(noLibc)('what goes wrong', () => {
  test('a port in use: who holds it, and a free one a key away', async () => {
    const server = await running.listen();
    const second = running.start(server.run.experiment, {...server.run.ask, port: server.port});
    await second.run.ended;
    expect(second.run.problem).toMatchObject({errno: 'EADDRINUSE', fix: {ask: {port: 0}}});
    const holder = running.world.actors.running().find(({name}) => name === 'server')!;
    expect(second.run.problem?.says).toContain(`process ${holder.pid}`);
    expect(told(second, 'call').at(-1)?.['name']).toBe('close');
  });

  test('TIME_WAIT keeps a port from whoever does not set SO_REUSEADDR', async () => {
    const port = await freePort();
    const first = await running.listen({behaviour: 'close', bytes: 1, port});
    const client = running.connect(port, {halfClose: false}, {input: inputOf('x')});
    await client.run.ended;
    await first.run.stop();
    const listed = await running.world.kernel.sockets({localPort: port, states: ['TIME_WAIT']});
    expect(listed.length).toBeGreaterThan(0);
    const plain = running.start(first.run.experiment, {...first.run.ask, port, reuseAddress: false});
    await plain.run.ended;
    expect(plain.run.problem).toMatchObject({
      errno: 'EADDRINUSE',
      says: expect.stringContaining('TIME_WAIT'),
      fix: {ask: {reuseAddress: true}},
    });
    const again = await running.listen({port});
    expect(again.port).toBe(port);
  });

  test('SO_REUSEADDR does not help where the server before had not set it, and the problem says so', async () => {
    const port = await freePort();
    const first = await running.listen({behaviour: 'close', bytes: 1, port, reuseAddress: false});
    const client = running.connect(port, {halfClose: false}, {input: inputOf('x')});
    await client.run.ended;
    await first.run.stop();
    const again = running.start(first.run.experiment, {...first.run.ask, port, reuseAddress: true});
    await again.run.ended;
    expect(again.run.problem).toMatchObject({
      errno: 'EADDRINUSE',
      says: expect.stringMatching(/a connection in TIME_WAIT .* a server that had not set SO_REUSEADDR/),
      next: expect.stringMatching(/^Wait a minute, choose another port/),
      fix: {ask: {port: 0}},
    });
  });

  test('an address that this machine does not have', async () => {
    await expect(running.listen({address: '192.0.2.1'})).rejects.toThrow(/192\.0\.2\.1:0 so: bind\(\) failed/);
  });
});

describe('the table', () => {
  test('rows change without changing what was there before', () => {
    const before = withRow(withRow({}, 1, 'a'), 40, 'b');
    const after = withRow(before, 1, 'c');
    expect([rowOf(before, 1), rowOf(after, 1), rowOf(after, 40)]).toEqual(['a', 'c', 'b']);
    expect(withoutRow(after, 40)).toEqual({0: {1: 'c'}});
    expect(rowOf(withoutRow(after, 1), 1)).toBeUndefined();
  });

  test('it stays bounded: the oldest closed ones go, open ones never', () => {
    let state = startListen();
    const stamp = {t: 0, seq: 0, run: 1};
    for (let connection = 1; connection <= 1000; connection++) {
      state = reduceListen(state, {...stamp, kind: 'accepted', connection, fd: 9, local: 'l', peer: `p${connection}`});
      if (connection > 1)
        state = reduceListen(state, {
          ...stamp,
          kind: 'closed',
          connection,
          why: 'finished',
          sent: 0,
          received: 0,
          unsent: 0,
        });
    }
    expect(state.order.length).toBe(201);
    expect(state.order[0]).toBe(1);
    expect(state.order.every(id => rowOf(state.rows, id)?.connection === id)).toBe(true);
    expect(rowOf(state.rows, 2)).toBeUndefined();
    expect(state).toMatchObject({open: 1, served: 1000});
  });
});
