import {createHash, randomBytes} from 'node:crypto';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {readLocal} from '../../../src/chapters/tcp/connect-fields.ts';
import {connectLine} from '../../../src/chapters/tcp/connect-text.ts';
import {alive} from '../../world/support/actors.ts';
import {noSs, ssRows} from '../../world/support/ss.ts';
import {eventually, noLibc} from '../../world/support/tools.ts';
import {connectState, freePort, inputOf, listenState, output, Running, received, told} from './running.ts';

let running: Running;

beforeEach(() => {
  running = new Running();
});

afterEach(async () => {
  const pids = running.world.actors.running().map(({pid}) => pid);
  await running.close();
  expect(pids.filter(alive)).toEqual([]);
});

describe.skipIf(noLibc)('as a filter', () => {
  test('the input goes out, a FIN behind it, and what comes back is the output', async () => {
    const server = await running.listen({behaviour: 'sink'});
    const client = running.connect(server.port, {}, {input: inputOf('abc', 'de')});
    await client.run.ended;
    expect(client.run.problem).toBeUndefined();
    expect(client.run.status).toBe('done');
    expect(output(client)).toBe('5 bytes\n');
    expect(told(client, 'call').map(call => call['name'])).toContain('shutdown');
    expect(connectState(client)).toMatchObject({
      phase: 'closed',
      sent: 5,
      received: 8,
      sendShut: true,
      peerEnded: true,
    });
  });

  test('without half-close no FIN is sent: the server never answers', async () => {
    const server = await running.listen({behaviour: 'sink'});
    const client = running.connect(server.port, {halfClose: false, idleTimeout: 0.4}, {input: inputOf('abcde')});
    await client.run.ended;
    expect(client.run.problem).toMatchObject({code: 'tcp.idle', errno: 'ETIMEDOUT'});
    expect(output(client)).toBe('');
    expect(told(client, 'call').some(call => call['name'] === 'shutdown')).toBe(false);
  });

  test('three megabytes of anything go through an echo unchanged, in order, none twice', async () => {
    const server = await running.listen({behaviour: 'echo'});
    const bytes = randomBytes(3_000_001);
    const pieces = [bytes.subarray(0, 1), bytes.subarray(1, 2_000_000), bytes.subarray(2_000_000)];
    const client = running.connect(server.port, {}, {input: inputOf(...pieces)});
    await client.run.ended;
    expect(client.run.problem).toBeUndefined();
    expect(createHash('md5').update(received(client)).digest('hex')).toBe(
      createHash('md5').update(bytes).digest('hex'),
    );
    // Every byte is told with its place in the stream.
    let offset = 0;
    for (const event of told(client, 'call').filter(call => call['direction'] === 'received')) {
      expect(event['offset']).toBe(offset);
      offset += event.bytes?.length ?? 0;
    }
    expect(told(client, 'more')).toEqual([]);
  });

  test('it reads while it writes, so that a server that answers as it reads never blocks it', async () => {
    const server = await running.listen({behaviour: 'echo', options: 'rcvbuf=4096, sndbuf=4096'});
    const bytes = randomBytes(5_000_000);
    const client = running.connect(server.port, {}, {input: inputOf(bytes)});
    await client.run.ended;
    expect(client.run.problem).toBeUndefined();
    expect(received(client).equals(bytes)).toBe(true);
  });

  test('a reader who takes nothing stops the sender, and nothing is lost when it goes on', async () => {
    const server = await running.listen({behaviour: 'chargen'});
    const gate = Promise.withResolvers<void>();
    let asked = false;
    const caughtUp = () => {
      asked = true;
      return gate.promise;
    };
    const client = running.connect(server.port, {}, {caughtUp});
    await eventually(() => asked && received(client).length > 4_000_000, Boolean);
    await eventually(
      () => connectState(client).received,
      count => count >= 4 * 1024 * 1024,
    );
    await new Promise(done => setTimeout(done, 150));
    expect(received(client).length).toBe(4 * 1024 * 1024);
    gate.resolve();
    await eventually(
      () => received(client).length,
      count => count > 6 * 1024 * 1024,
    );
    await client.run.stop();
    const text = received(client).toString('latin1');
    expect(text.length).toBeGreaterThan(6 * 1024 * 1024);
    expect(text.startsWith(' !"#$%&')).toBe(true);
    // RFC 864: each line starts one character further; a lost or doubled byte would break the row.
    const lines = text.split('\r\n').slice(0, -1);
    expect(lines.every((line, index) => line.charCodeAt(0) === 32 + (index % 95) && line.length === 72)).toBe(true);
  });

  test('when the peer ends first, the rest of the input still goes out, unless one wants to end with it', async () => {
    const server = await running.listen({behaviour: 'console'});
    const more = Promise.withResolvers<void>();
    async function* slow() {
      yield Buffer.from('one');
      await more.promise;
      yield Buffer.from('two');
    }
    const client = running.connect(server.port, {}, {input: slow()});
    await eventually(
      () => listenState(server).open,
      open => open === 1,
    );
    await server.run.act({action: 'shut-wr', args: {connection: 1}});
    await eventually(() => connectState(client).peerEnded, Boolean);
    more.resolve();
    await client.run.ended;
    expect(client.run.status).toBe('done');
    await eventually(
      () => Buffer.concat(server.bytes.received).length,
      length => length >= 6,
    );
    expect(Buffer.concat(server.bytes.received).toString()).toBe('onetwo');
    const waiting = Promise.withResolvers<void>();
    async function* endless() {
      yield Buffer.from('x');
      await waiting.promise;
    }
    const ending = running.connect(server.port, {exitWithPeer: true}, {input: endless()});
    await eventually(
      () => listenState(server).served,
      served => served === 2,
    );
    await server.run.act({action: 'shut-wr', args: {connection: 2}});
    await ending.run.ended;
    expect(ending.run.status).toBe('done');
    waiting.resolve();
  });
});

describe.skipIf(noLibc)('what goes wrong has a sentence, an errno and a next step', () => {
  test('refused; and who listens on that port elsewhere', async () => {
    const port = await freePort();
    const client = running.connect(port);
    await client.run.ended;
    expect(client.run.problem).toMatchObject({errno: 'ECONNREFUSED', says: `Nobody listens on 127.0.0.1:${port}`});
    expect(client.run.problem?.next).toContain(`wirebook tcp listen --port ${port}`);
    expect(connectState(client).attempts).toMatchObject([{address: `127.0.0.1:${port}`, errno: 'ECONNREFUSED'}]);
    const server = await running.listen({address: '127.0.0.2'});
    const wrong = running.connect(server.port);
    await wrong.run.ended;
    expect(wrong.run.problem?.next).toContain(`127.0.0.2:${server.port}`);
  });

  test('a name with several addresses: each is a row, in order', async () => {
    const client = running.connect(await freePort(), {host: 'localhost'});
    await client.run.ended;
    const attempts = told(client, 'attempt');
    expect(attempts.length).toBeGreaterThan(0);
    expect(attempts.map(({address}) => address)).toEqual(told(client, 'looked')[0]!['addresses']);
    expect(attempts.every(({errno}) => typeof errno === 'string')).toBe(true);
  });

  test('an unknown host', async () => {
    const client = running.connect(1060, {host: 'nosuch.invalid'});
    await client.run.ended;
    expect(client.run.problem?.code).toBe('tcp.unknown-host');
    expect(client.run.problem?.errno).toMatch(/^EAI_/);
    expect(client.run.problem?.next).not.toBe('');
  });

  test('a full accept queue is a timeout, and a free place in it a connection', async () => {
    const server = await running.listen({behaviour: 'refuse', backlog: 0});
    const first = running.connect(server.port, {}, {headless: false});
    await eventually(
      () => connectState(first).phase,
      phase => phase === 'open',
    );
    const late = running.connect(server.port, {connectTimeout: 0.3});
    await late.run.ended;
    expect(late.run.problem).toMatchObject({errno: 'ETIMEDOUT'});
    expect(late.run.problem?.says).toContain('within 0.3 s');
    expect(late.run.problem?.next).toContain('accept queue');
    expect(told(late, 'call').at(-1)?.['name']).toBe('close');
  });

  test('a peer that resets in the middle of the input', async () => {
    const server = await running.listen({behaviour: 'close', bytes: 3});
    async function* endless() {
      for (;;) yield Buffer.alloc(50_000, 'x');
    }
    const client = running.connect(server.port, {}, {input: endless()});
    await client.run.ended;
    expect(client.run.status).toBe('failed');
    expect(client.run.problem?.errno).toMatch(/^(ECONNRESET|EPIPE)$/);
    expect(client.run.problem?.next).toBe('Connect again.');
  });

  test('the address to connect from', async () => {
    const server = await running.listen({behaviour: 'echo'});
    const client = running.connect(server.port, {local: '127.0.0.9'}, {input: inputOf('hi')});
    await client.run.ended;
    expect(connectState(client).local).toMatch(/^127\.0\.0\.9:\d+$/);
    const wrong = running.connect(server.port, {local: '192.0.2.1'});
    await wrong.run.ended;
    expect(wrong.run.problem).toMatchObject({errno: 'EADDRNOTAVAIL'});
    const other = running.connect(server.port, {local: '::1'});
    await other.run.ended;
    expect(other.run.problem).toMatchObject({code: 'tcp.family'});
  });
});

describe.skipIf(noLibc)('by hand', () => {
  test('every key does its call, and what cannot be done says why', async () => {
    const server = await running.listen({behaviour: 'console'}, {headless: false});
    const client = running.connect(server.port, {options: 'nodelay,rcvbuf=8192'}, {headless: false});
    await eventually(
      () => connectState(client).phase,
      phase => phase === 'open',
    );
    expect(
      told(client, 'call')
        .map(call => call['name'])
        .slice(0, 4),
    ).toEqual(['socket', 'setsockopt', 'setsockopt', 'connect']);
    const act = (action: string, args?: object) =>
      client.run.act({action, ...(args !== undefined && {args: {...args}})});
    expect(await act('send', {text: String.raw`a\x00\x1b[31m`, ending: 'CRLF'})).toBeUndefined();
    expect(await act('send-hex', {hex: 'ff 00'})).toBeUndefined();
    await eventually(
      () => Buffer.concat(server.bytes.received).length,
      length => length === 11,
    );
    expect(Buffer.concat(server.bytes.received).toString('latin1')).toBe('a\0\x1b[31m\r\n\xff\0');
    expect(await act('set', {option: 'keepalive'})).toBeUndefined();
    expect(await act('set', {option: 'nonsense=1'})).toMatchObject({says: expect.stringContaining('nonsense')});
    expect(await act('send-file', {path: '/no/such/file'})).toMatchObject({errno: 'ENOENT'});
    expect(await act('reading')).toBeUndefined();
    expect(connectState(client).reading).toBe(false);
    expect(await server.run.act({action: 'open', args: {connection: 1}})).toBeUndefined();
    expect(await server.run.act({action: 'send', args: {text: 'kept', ending: 'none'}})).toBeUndefined();
    const sample = await eventually(
      () => connectState(client).sample,
      found => found?.receiveQueue === 4,
    );
    expect(sample?.receiveQueue).toBe(4);
    expect(await act('reading')).toBeUndefined();
    await eventually(
      () => output(client),
      text => text === 'kept',
    );
    expect(await act('shut-wr')).toBeUndefined();
    expect(await act('send', {text: 'x', ending: 'none'})).toMatchObject({
      says: expect.stringContaining('ended its sending'),
    });
    expect(await act('shut-rd')).toBeUndefined();
    expect(connectState(client)).toMatchObject({sendShut: true, receiveShut: true});
    expect(await act('close')).toBeUndefined();
    await client.run.ended;
    expect(await act('close')).toMatchObject({says: expect.stringContaining('ended')});
  });

  test('what still waits in the program is not thrown away by a shutdown', async () => {
    const server = await running.listen({behaviour: 'hold'});
    const client = running.connect(server.port, {options: 'sndbuf=4096'}, {headless: false});
    await eventually(
      () => connectState(client).phase,
      phase => phase === 'open',
    );
    const sending = client.run.act({action: 'send-file', args: {path: process.execPath}});
    await eventually(
      () => connectState(client).waiting,
      waiting => waiting > 1_000_000,
    );
    expect(connectState(client).waiting).toBeGreaterThan(1_000_000);
    const refused = {code: 'tcp.unsent', says: expect.stringContaining('would be lost')};
    for (const action of ['shut-wr', 'shut-rdwr', 'close'])
      expect(await client.run.act({action})).toMatchObject(refused);
    expect(await client.run.act({action: 'reset'})).toBeUndefined();
    await sending;
    await client.run.ended;
    expect(connectState(client).lost).toBeGreaterThan(1_000_000);
  });

  test('a file is sent as it is, with room made by the reader', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'wirebook-connect-'));
    const [path, bytes] = [join(folder, 'file'), randomBytes(700_000)];
    writeFileSync(path, bytes);
    const server = await running.listen({behaviour: 'sink'});
    const client = running.connect(server.port, {}, {headless: false});
    await eventually(
      () => connectState(client).phase,
      phase => phase === 'open',
    );
    expect(await client.run.act({action: 'send-file', args: {path}})).toBeUndefined();
    await eventually(
      () => connectState(client).sent,
      sent => sent === 700_000,
    );
    expect(await client.run.act({action: 'shut-wr'})).toBeUndefined();
    await client.run.act({action: 'wait', args: {bytes: 0}});
    expect(output(client)).toBe('700000 bytes\n');
    rmSync(folder, {recursive: true});
  });

  test.skipIf(noSs)('state and queues are those that ss prints', async () => {
    const server = await running.listen({behaviour: 'hold'}, {headless: false});
    const client = running.connect(server.port, {}, {headless: false});
    await eventually(
      () => connectState(client).phase,
      phase => phase === 'open',
    );
    const shown = () => {
      const {sample, local, remote} = connectState(client);
      return `${sample?.state} ${sample?.receiveQueue} ${sample?.sendQueue} ${local} ${remote}`;
    };
    const agree = async () => {
      await eventually(() => ssRows(server.port).includes(shown()), Boolean);
      expect(ssRows(server.port)).toContain(shown());
    };
    await agree();
    await client.run.act({action: 'send', args: {text: 'hello', ending: 'none'}});
    await agree();
    const row = () => listenState(server).rows[0]?.[1];
    await eventually(row, found => found?.receiveQueue === 5);
    expect(ssRows(server.port)).toContain(
      `${row()?.state} ${row()?.receiveQueue} ${row()?.sendQueue} ${row()?.local} ${row()?.peer}`,
    );
    await client.run.act({action: 'shut-wr'});
    await eventually(
      () => connectState(client).sample?.state,
      state => state === 'FIN_WAIT2',
    );
    await agree();
  });

  test('a reset by the peer leaves a descriptor with which more can be tried', async () => {
    const server = await running.listen({behaviour: 'console'});
    const client = running.connect(server.port, {}, {headless: false});
    await eventually(
      () => listenState(server).open,
      open => open === 1,
    );
    await server.run.act({action: 'reset', args: {connection: 1}});
    await eventually(
      () => connectState(client).phase,
      phase => phase === 'broken',
    );
    expect(connectState(client)).toMatchObject({phase: 'broken', errno: 'ECONNRESET'});
    expect(client.run.status).toBe('running');
    const again = await client.run.act({action: 'send', args: {text: 'x', ending: 'none'}});
    expect(again).toMatchObject({says: expect.stringMatching(/^Sending has failed: .*\. The peer broke/)});
    expect(told(client, 'call').at(-1)).toMatchObject({name: 'send', errno: 'EPIPE'});
    await client.run.act({action: 'close'});
    await client.run.ended;
  });

  test('what a reset threw away is in no queue any more', async () => {
    const server = await running.listen({behaviour: 'hold'});
    const client = running.connect(server.port, {options: 'sndbuf=65536'}, {headless: false});
    await eventually(
      () => listenState(server).open,
      open => open === 1,
    );
    const folder = mkdtempSync(join(tmpdir(), 'wirebook-'));
    writeFileSync(join(folder, 'file'), randomBytes(2_000_000));
    await client.run.act({action: 'send-file', args: {path: join(folder, 'file')}});
    rmSync(folder, {recursive: true});
    await eventually(
      () => connectState(client).sample?.sendQueue,
      (size = 0) => size > 0,
    );
    await server.run.act({action: 'reset', args: {connection: 1}});
    const sample = await eventually(
      () => connectState(client).sample,
      found => found?.state === 'CLOSED',
    );
    expect(sample?.sendQueue).toBe(0);
  });

  test('a process that dies under it is told', async () => {
    const server = await running.listen({behaviour: 'echo'});
    const client = running.connect(server.port, {}, {headless: false});
    await eventually(
      () => connectState(client).phase,
      phase => phase === 'open',
    );
    const actor = running.world.actors.running().find(({name}) => name === 'client')!;
    process.kill(actor.pid, 'SIGKILL');
    await client.run.ended;
    expect(client.run.problem).toMatchObject({code: 'tcp.process', says: expect.stringContaining('SIGKILL')});
  });
});

describe('words', () => {
  test.each([
    ['127.0.0.2', {family: 'AF_INET', host: '127.0.0.2', port: 0}],
    ['127.0.0.2:5000', {family: 'AF_INET', host: '127.0.0.2', port: 5000}],
    ['[::1]:5000', {family: 'AF_INET6', host: '::1', port: 5000}],
    ['::1', {family: 'AF_INET6', host: '::1', port: 0}],
    ['localhost', undefined],
    ['127.0.0.1:99999', undefined],
  ])('the address to connect from: %s', (typed, address) => {
    expect(readLocal(typed)).toEqual(address);
  });

  test('--hex marks the direction in each row and goes on with the offsets', () => {
    const event = (direction: 'sent' | 'received', offset: number) =>
      ({kind: 'call', direction, offset}) as Parameters<typeof connectLine>[0];
    const bytes = new TextEncoder().encode('0123456789abcdefXY');
    expect(connectLine(event('sent', 16), bytes, {hex: true})).toBe(
      [
        '> 00000010  30 31 32 33 34 35 36 37  38 39 61 62 63 64 65 66  |0123456789abcdef|',
        '> 00000020  58 59                                             |XY|',
      ].join('\n'),
    );
    expect(connectLine(event('received', 0), bytes, {hex: false})).toBe(bytes);
    expect(connectLine(event('sent', 0), bytes, {hex: false})).toBeUndefined();
  });
});
