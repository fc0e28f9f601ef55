import {createServer} from 'node:net';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {defaultsOf} from '../../../src/chapters/fields.ts';
import type {Run} from '../../../src/chapters/run.ts';
import {halfCloseExperiment} from '../../../src/chapters/tcp/half-close.ts';
import type {HalfCloseState} from '../../../src/chapters/tcp/half-close-state.ts';
import {Workbench} from '../../../src/chapters/workbench.ts';
import {createWorld} from '../../../src/world/world.ts';
import {alive} from '../../world/support/actors.ts';
import {noSs, ssRows} from '../../world/support/ss.ts';
import {eventually, noLibc} from '../../world/support/tools.ts';

const world = createWorld();
let bench: Workbench;

beforeEach(() => {
  bench = new Workbench(world);
});

afterEach(async () => {
  const pids = bench.world.actors.running().map(({pid}) => pid);
  await bench.close();
  expect(pids.filter(alive)).toEqual([]);
});

const defaults = {...defaultsOf(halfCloseExperiment.fields), port: 0};

function start(ask: Partial<typeof defaults> = {}): Run {
  return bench.start(halfCloseExperiment, {...defaults, ...ask}, {headless: true});
}

const stateOf = (run: Run) => run.state as HalfCloseState;
const ends = (run: Run) => [stateOf(run).client.end?.state, stateOf(run).server.end?.state];

/** Performs steps written as `--do` has them: `server`, `send hello`. */
async function steps(run: Run, ...typed: string[]): Promise<void> {
  for (const step of typed) {
    const [action = '', ...words] = step.split(' ');
    const args = action === 'send' ? {args: {text: words.join(' '), ending: 'none'}} : {};
    expect([step, await run.act({action, ...args})]).toEqual([step, undefined]);
    sameAsSs(run);
  }
}

/** What the last event says of both ends is what `ss -tan` lists at this moment. */
function sameAsSs(run: Run): void {
  const {connection, client, server} = stateOf(run);
  if (noSs || connection === undefined) return;
  const row = ({end}: typeof client, from: string, to: string) =>
    end?.listed === true ? [`${end.state} ${end.receiveQueue} ${end.sendQueue} ${from} ${to}`] : [];
  const {client: c, server: s} = connection;
  const wanted = [...row(client, c, s), ...row(server, s, c)].sort();
  // The same port may linger on another address, from a connection that was never ours.
  const rows = ssRows(Number(c.split(':').at(-1))).filter(listed => listed.includes(c));
  expect(rows).toEqual(wanted);
}

const told = (run: Run, kind: string) => [...run.journal].filter(event => event.kind === kind);
const calls = (run: Run, by: string) =>
  told(run, 'call')
    .filter(call => call['by'] === by)
    .map(call => [call['name'], call['errno'] ?? call['result']]);
const segments = (run: Run) =>
  told(run, 'segment').map(
    ({from, flags, size, certain}) => `${from} ${flags === 'data' ? size : flags}${certain ? '' : '?'}`,
  );
const text = (run: Run, by: string) =>
  told(run, 'call')
    .filter(call => call['by'] === by && call['direction'] === 'received')
    .map(call => new TextDecoder().decode(run.journal.bytesOf(call)))
    .join('|');

describe.skipIf(noLibc)('what each way of ending does, as the kernel tells it', () => {
  test('the script: a half-close, and bytes that still come', async () => {
    const run = start();
    for (const step of halfCloseExperiment.script!(defaults)) {
      expect(await run.act(step)).toBeUndefined();
      sameAsSs(run);
    }
    const states = told(run, 'ends').map(
      event =>
        `${event['after']}: ${['client', 'server'].map(side => (event[side] as {state: string}).state).join(' ')}`,
    );
    expect(states).toContain('client shut-wr: FIN_WAIT2 CLOSE_WAIT');
    expect(states.at(-1)).toBe('client close: TIME_WAIT CLOSED');
    expect(text(run, 'client')).toBe('bye\n|');
    expect(segments(run)).toEqual([
      'client SYN',
      'server SYN ACK',
      'client ACK',
      'client 6',
      'client FIN',
      'server ACK',
      'server 4',
      'server FIN',
      'client ACK',
    ]);
    expect(stateOf(run).client.states).toEqual([
      'CLOSED',
      'SYN_SENT',
      'ESTABLISHED',
      'FIN_WAIT1',
      'FIN_WAIT2',
      'TIME_WAIT',
    ]);
    expect(stateOf(run).server.states.slice(-3)).toEqual(['CLOSE_WAIT', 'LAST_ACK', 'CLOSED']);
  });

  test('SHUT_RD: nothing is sent, the peer notices nothing, and late bytes can be read', async () => {
    const run = start({reading: false});
    await steps(run, 'send x', 'server', 'recv', 'client');
    // An acknowledgment that was put off must not be counted as sent by SHUT_RD.
    await new Promise(done => setTimeout(done, 60));
    await steps(run, 'reading', 'reading');
    const before = stateOf(run);
    await steps(run, 'shut-rd');
    const after = stateOf(run);
    expect(ends(run)).toEqual(['ESTABLISHED', 'ESTABLISHED']);
    expect(after.client.end?.noReading).toBe(true);
    expect(after.server.end).toMatchObject({noReading: false, noSending: false});
    expect(after.client.end?.segmentsOut).toBe(before.client.end?.segmentsOut);
    await steps(run, 'recv', 'server', 'send late', 'client', 'recv', 'recv');
    expect(calls(run, 'client').slice(-3)).toEqual([
      ['recv', 0],
      ['recv', 4],
      ['recv', 0],
    ]);
    expect(text(run, 'client')).toBe('|late|');
    expect(segments(run).slice(3)).toEqual(['client 1', 'server 4']);
  });

  test('SHUT_RDWR: the peer’s next send succeeds and draws a RST; the one after is EPIPE', async () => {
    const run = start({reading: false});
    await steps(run, 'shut-rdwr');
    expect(ends(run)).toEqual(['FIN_WAIT2', 'CLOSE_WAIT']);
    await steps(run, 'server', 'send one');
    expect(ends(run)).toEqual(['CLOSED', 'CLOSED']);
    expect(segments(run).slice(-2)).toEqual(['server 3', 'client RST']);
    await steps(run, 'send two', 'client', 'recv');
    expect(calls(run, 'server').slice(-2)).toEqual([
      ['send', 3],
      ['send', 'EPIPE'],
    ]);
    expect(calls(run, 'client').at(-1)).toEqual(['recv', 'ECONNRESET']);
  });

  test('close() with unread bytes is a RST, and the peer sees ECONNRESET', async () => {
    const run = start({reading: false});
    await steps(run, 'send never', 'server', 'close', 'client', 'recv');
    expect(ends(run)).toEqual(['CLOSED', 'CLOSED']);
    expect(segments(run).slice(-2)).toEqual(['client 5', 'server RST']);
    expect(calls(run, 'client').at(-1)).toEqual(['recv', 'ECONNRESET']);
  });

  test('SO_LINGER 0 makes close() a RST, with nothing unread', async () => {
    const run = start();
    await steps(run, 'server', 'reset');
    expect(segments(run).at(-1)).toBe('server RST');
    expect(calls(run, 'client').at(-1)).toEqual(['recv', 'ECONNRESET']);
  });

  test('after the peer’s close() the first send succeeds, the second is EPIPE', async () => {
    const run = start();
    await steps(run, 'server', 'close', 'client', 'send one');
    expect(segments(run).slice(-4)).toEqual(['server FIN', 'client ACK', 'client 3', 'server RST']);
    await steps(run, 'send two');
    expect(calls(run, 'client').filter(([name]) => name === 'send')).toEqual([
      ['send', 3],
      ['send', 'EPIPE'],
    ]);
  });

  test('several sends are one recv when nobody reads meanwhile', async () => {
    const run = start({reading: false});
    await steps(run, 'send one', 'send two', 'send three', 'server', 'recv', 'recv');
    expect(text(run, 'server')).toBe('onetwothree');
    expect(calls(run, 'server').at(-1)).toEqual(['recv', 'EAGAIN']);
  });
});

describe.skipIf(noLibc)('around it', () => {
  test('a closed side can do nothing more, says why, and connects anew', async () => {
    const run = start();
    await steps(run, 'close');
    expect(await run.act({action: 'send', args: {text: 'x', ending: 'none'}})).toMatchObject({
      code: 'action.impossible',
      says: expect.stringContaining('closed its socket'),
    });
    const before = stateOf(run).connection;
    await steps(run, 'reconnect', 'send again');
    expect(stateOf(run).connection).toMatchObject({number: 2, server: before?.server});
    expect(ends(run)).toEqual(['ESTABLISHED', 'ESTABLISHED']);
    expect(text(run, 'server')).toBe('|again');
  });

  test('a process that is killed is noticed, its FIN too, and it is started anew', async () => {
    const run = start();
    await steps(run, 'send hello');
    const killed = stateOf(run).server.pid;
    process.kill(killed, 'SIGKILL');
    await eventually(
      () => ends(run)[0],
      state => state === 'CLOSE_WAIT',
    );
    expect(told(run, 'ended')).toMatchObject([{by: 'server', pid: killed, signal: 'SIGKILL'}]);
    // The FIN is seen in the state before its acknowledgement is: the kernel may delay that.
    const last = await eventually(
      () => segments(run).slice(-2).join(', '),
      told => told === 'server FIN, client ACK',
    );
    expect(last).toBe('server FIN, client ACK');
    await steps(run, 'reconnect', 'send hello');
    expect(stateOf(run).server).toMatchObject({alive: true, received: 5});
    expect(stateOf(run).server.pid).not.toBe(killed);
  });

  test('a port in use: who holds it, and a free one a key away', async () => {
    const holder = createServer().listen(0, '127.0.1.80');
    await new Promise(done => holder.once('listening', done));
    const {port} = holder.address() as {port: number};
    const run = start({port});
    await run.ended;
    holder.close();
    expect(run.status).toBe('failed');
    expect(run.problem).toMatchObject({errno: 'EADDRINUSE', fix: {ask: {port: 0}}});
    expect(run.problem?.says).toContain(`process ${process.pid} `);
  });

  test('an address of two families, and one that is nobody’s', async () => {
    const mixed = start({client: '::1'});
    await mixed.ended;
    expect(mixed.problem?.says).toContain('two families');
    const foreign = start({server: '192.0.2.1'});
    await foreign.ended;
    expect(foreign.problem).toMatchObject({errno: 'EADDRNOTAVAIL'});
  });

  test('IPv6 is the same', async () => {
    const run = start({client: '::1', server: '::1'});
    await steps(run, 'send hi', 'shut-wr');
    expect(ends(run)).toEqual(['FIN_WAIT2', 'CLOSE_WAIT']);
  });

  test('nothing is told while nothing changes, and stopping leaves no process', async () => {
    const run = start();
    await steps(run, 'send hello');
    const {next} = run.journal;
    await new Promise(done => setTimeout(done, 700));
    expect(run.journal.next).toBe(next);
    await run.stop();
    expect(run.status).toBe('stopped');
    expect(bench.world.actors.running()).toEqual([]);
  });

  test('stopping before the connection stands leaves no process either', async () => {
    const run = start();
    await new Promise(done => setTimeout(done, 20));
    await run.stop();
    expect(bench.world.actors.running()).toEqual([]);
  });
});
