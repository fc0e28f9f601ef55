import {createServer} from 'node:net';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {defaultsOf} from '../../../src/chapters/fields.ts';
import type {Run} from '../../../src/chapters/run.ts';
import {explainCall} from '../../../src/chapters/tcp/call-meaning.ts';
import type {CallFields} from '../../../src/chapters/tcp/calls.ts';
import {halfCloseExperiment} from '../../../src/chapters/tcp/half-close.ts';
import type {HalfCloseState} from '../../../src/chapters/tcp/half-close-state.ts';
import {Workbench} from '../../../src/chapters/workbench.ts';
import {createKernel} from '../../../src/world/kernel/kernel.ts';
import {createWorld} from '../../../src/world/world.ts';
import {eventually} from '../../world/support/tools.ts';

/** The half-close where libc cannot be called: Node's own sockets, states from /proc/net. */

const proc = (await createKernel().capabilities()).proc.available;
if (!proc) console.warn('no /proc/net/tcp here: what the states are is not checked');

const no = {available: false as const, why: 'A test says so.'};
const kernel = createKernel({open: () => no});
const world = {...createWorld(), kernel, capabilities: async () => ({libc: no, ...(await kernel.capabilities())})};
const blindKernel = createKernel({open: () => no, root: '/nowhere'});
const blind = {
  ...world,
  kernel: blindKernel,
  capabilities: async () => ({libc: no, ...(await blindKernel.capabilities())}),
};

let bench: Workbench;

beforeEach(() => {
  bench = new Workbench(world);
});

afterEach(() => bench.close());

const defaults = {...defaultsOf(halfCloseExperiment.fields), port: 0};
const start = (ask: Partial<typeof defaults> = {}, on = bench): Run =>
  on.start(halfCloseExperiment, {...defaults, ...ask}, {headless: true});

const stateOf = (run: Run) => run.state as HalfCloseState;
const ends = (run: Run) => [stateOf(run).client.end?.state, stateOf(run).server.end?.state];
const told = (run: Run, kind: string) => [...run.journal].filter(event => event.kind === kind);
const calls = (run: Run, by: string) =>
  told(run, 'call')
    .filter(call => call['by'] === by)
    .map(call => [String(call['name']).replace('node:', ''), call['errno'] ?? call['result']]);
const segments = (run: Run) => told(run, 'segment').map(({from, flags, size}) => `${from} ${flags || size}`);

async function steps(run: Run, ...typed: string[]): Promise<void> {
  for (const step of typed) {
    const [action = '', ...words] = step.split(' ');
    const args = action === 'send' ? {args: {text: words.join(' '), ending: 'none'}} : {};
    expect([step, await run.act({action, ...args})]).toEqual([step, undefined]);
  }
}

describe('on Node’s own sockets', () => {
  test('the script: a half-close, and bytes that still come; what is missing is said first', async () => {
    const run = start();
    for (const step of halfCloseExperiment.script!(defaults)) expect(await run.act(step)).toBeUndefined();
    expect(String([...run.journal][0]?.['says'])).toMatch(
      /Node’s own sockets.*SHUT_RD.*Node closes it.*A test says so/,
    );
    expect(calls(run, 'client')).toEqual([
      ['connect', 0],
      ['write', 6],
      ['end', 0],
      ['read', 4],
      ['end event', 0],
      ['close event', 0],
      ['destroy', 0],
    ]);
    expect(calls(run, 'server')).toEqual([
      ['listen', 0],
      ['connection', 0],
      ['read', 6],
      ['end event', 0],
      ['write', 4],
      ['destroy', 0],
    ]);
    expect(stateOf(run)).toMatchObject({
      byNode: true,
      client: {open: false, sent: 6, received: 4},
      server: {open: false, sent: 4, received: 6},
    });
    if (!proc) return;
    expect(stateOf(run).client.states).toEqual(expect.arrayContaining(['ESTABLISHED', 'FIN_WAIT2', 'TIME_WAIT']));
    expect(stateOf(run).server.states).toEqual(expect.arrayContaining(['ESTABLISHED', 'CLOSE_WAIT', 'CLOSED']));
    expect(told(run, 'ends').every(({via}) => via === 'proc')).toBe(true);
    // An acknowledgment of its own may come before the next look or after it.
    expect(segments(run).filter(text => !text.endsWith(' ACK'))).toEqual([
      'client SYN',
      'client data',
      'client FIN',
      'server data',
      'server FIN',
    ]);
  });

  test('every function of Node’s that is told can be explained', async () => {
    const run = start();
    await steps(run, 'send x', 'shut-wr', 'server', 'shut-wr', 'reconnect', 'reset');
    const all = told(run, 'call').map(call => call as unknown as CallFields);
    expect(new Set(all.map(({name}) => name)).size).toBe(9);
    for (const call of all) {
      const {says, source} = explainCall(call);
      expect([call.name, says]).not.toEqual([call.name, expect.stringMatching(/^Calls /)]);
      expect(source).toMatch(/Node/);
    }
  });

  test('what is only libc’s is refused before it is done, with the reason', async () => {
    const run = start({reading: false});
    await steps(run, 'send x');
    for (const [action, says] of [
      ['shut-rd', 'Node has no call for SHUT_RD'],
      ['shut-rdwr', 'Node has no call for SHUT_RDWR'],
      ['recv', 'Node reads what arrives by itself'],
      ['reading', 'Node reads what arrives by itself'],
    ])
      expect(await run.act({action: action!})).toMatchObject({
        code: 'action.impossible',
        says: expect.stringContaining(says!),
      });
    // It was asked not to read, and reads: so it is said.
    expect(stateOf(run)).toMatchObject({client: {reading: true}, server: {reading: true, received: 1}});
  });

  test('a reset breaks the other end off, and nothing can be sent there any more', async () => {
    const run = start();
    await steps(run, 'reset', 'server');
    expect(calls(run, 'client').at(-1)).toEqual(['resetAndDestroy', 0]);
    expect(calls(run, 'server').at(-1)).toEqual(['close event', 'ECONNRESET']);
    expect(await run.act({action: 'send', args: {text: 'x', ending: 'none'}})).toMatchObject({
      code: 'tcp.action',
      says: expect.stringContaining('closed'),
      next: expect.stringContaining('n'),
    });
    if (proc) expect(ends(run)).toEqual(['CLOSED', 'CLOSED']);
    expect(told(run, 'ends').filter(({via}) => via !== 'proc')).toEqual([]);
    await steps(run, 'close', 'reconnect', 'send again');
    expect(stateOf(run)).toMatchObject({connection: {number: 2}, client: {received: 5}, server: {open: true, sent: 5}});
  });

  test('after shutdown() nothing more can be sent, and the other direction is still open', async () => {
    const run = start();
    await steps(run, 'shut-wr', 'shut-wr');
    expect(await run.act({action: 'send', args: {text: 'x', ending: 'none'}})).toMatchObject({errno: 'EPIPE'});
    if (proc)
      await eventually(
        () => ends(run).join(),
        states => states === 'FIN_WAIT2,CLOSE_WAIT',
      );
    if (proc) expect(ends(run)).toEqual(['FIN_WAIT2', 'CLOSE_WAIT']);
    await steps(run, 'server', 'send still');
    expect(stateOf(run).client.received).toBe(5);
  });

  test('IPv6 is the same', async () => {
    const run = start({client: '::1', server: '::1'});
    await steps(run, 'send hi', 'shut-wr');
    expect(stateOf(run)).toMatchObject({server: {received: 2}});
  });

  test('where the kernel’s list cannot be read, no states are told, and that is said', async () => {
    const elsewhere = new Workbench(blind);
    const run = start({}, elsewhere);
    for (const step of halfCloseExperiment.script!(defaults)) expect(await run.act(step)).toBeUndefined();
    expect(told(run, 'ends')).toEqual([]);
    expect(told(run, 'segment')).toEqual([]);
    expect(stateOf(run)).toMatchObject({notice: expect.stringContaining('There is no /nowhere/net/tcp here')});
    expect(stateOf(run).client).toMatchObject({sent: 6, received: 4, end: undefined});
    await elsewhere.close();
  });
});

describe('around it', () => {
  test('a port in use: who holds it, and a free one a key away', async () => {
    const holder = createServer().listen(0, '127.0.0.1');
    await new Promise(done => holder.once('listening', done));
    const {port} = holder.address() as {port: number};
    const run = start({port, server: '127.0.0.1'});
    await run.ended;
    holder.close();
    expect(run.problem).toMatchObject({errno: 'EADDRINUSE', fix: {ask: {port: 0}}});
  });

  test('an address of two families, and one that is nobody’s', async () => {
    const mixed = start({client: '::1'});
    await mixed.ended;
    expect(mixed.problem?.says).toContain('two families');
    for (const ask of [{server: '192.0.2.1'}, {client: '192.0.2.1'}]) {
      const foreign = start(ask);
      await foreign.ended;
      expect(foreign.problem).toMatchObject({errno: 'EADDRNOTAVAIL'});
    }
  });

  test('nothing is told while nothing changes; stopping leaves nobody listening', async () => {
    const run = start();
    await steps(run, 'send hello');
    const {next} = run.journal;
    await new Promise(done => setTimeout(done, 700));
    expect(run.journal.next).toBe(next);
    const port = Number(stateOf(run).connection?.server.split(':').at(-1));
    await run.stop();
    expect(run.status).toBe('stopped');
    expect(await world.kernel.whoListens(port)).toEqual([]);
    const again = start({port});
    await steps(again, 'send hello');
  });

  test('stopping before the connection stands is no trouble', async () => {
    const run = start();
    await run.stop();
    expect(run.status).toBe('stopped');
  });
});
