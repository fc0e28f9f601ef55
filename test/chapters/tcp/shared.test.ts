import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {defaultsOf} from '../../../src/chapters/fields.ts';
import type {Run} from '../../../src/chapters/run.ts';
import {halfCloseExperiment} from '../../../src/chapters/tcp/half-close.ts';
import {sharedExperiment} from '../../../src/chapters/tcp/shared.ts';
import type {SharedState} from '../../../src/chapters/tcp/shared-state.ts';
import {Workbench} from '../../../src/chapters/workbench.ts';
import {createWorld} from '../../../src/world/world.ts';
import {alive} from '../../world/support/actors.ts';
import {eventually, noLibc} from '../../world/support/tools.ts';

const world = createWorld();
let bench: Workbench;

beforeEach(() => {
  bench = new Workbench(world);
});

afterEach(async () => {
  const pids = world.actors.running().map(({pid}) => pid);
  await bench.close();
  expect(pids.filter(alive)).toEqual([]);
});

const ask = {...defaultsOf(sharedExperiment.fields), port: 0};
const start = () => bench.start(sharedExperiment, ask, {headless: true});
const stateOf = (run: Run) => run.state as SharedState;
const ends = (run: Run) => [stateOf(run).client.end?.state, stateOf(run).server.end?.state];
const told = (run: Run, kind: string) => [...run.journal].filter(event => event.kind === kind);
const lastCall = (run: Run, by: string) => told(run, 'call').findLast(call => call['by'] === by);
const fins = (run: Run) => told(run, 'segment').filter(({flags}) => flags === 'FIN').length;

async function steps(run: Run, ...typed: string[]): Promise<void> {
  for (const step of typed) {
    const [action = '', ...words] = step.split(' ');
    const args = action === 'send' ? {args: {text: words.join(' '), ending: 'none'}} : {};
    expect([step, await run.act({action, ...args})]).toEqual([step, undefined]);
  }
}

test('as it is, it takes no address that half-close takes: both can run at once', () => {
  const [mine, other] = [defaultsOf(sharedExperiment.fields), defaultsOf(halfCloseExperiment.fields)];
  expect(mine.port).toBe(other.port);
  expect(mine.server).not.toBe(other.server);
});

describe.skipIf(noLibc)('one connected socket in two processes', () => {
  test('the script: close() leaves the other its socket, every shutdown() does not', async () => {
    const run = start();
    for (const step of sharedExperiment.script!(ask)) expect(await run.act(step)).toBeUndefined();
    const {findings} = stateOf(run);
    expect(findings).toMatchObject({
      close: {by: 'child', fin: false, failed: false, other: 'send("after close") = 11'},
      SHUT_WR: {by: 'child', fin: true, failed: true, other: 'send("after SHUT_WR") = -1 EPIPE'},
      SHUT_RD: {by: 'child', fin: false, failed: true, other: 'recv() = 0'},
      SHUT_RDWR: {by: 'child', fin: true, failed: true, other: 'send("after SHUT_RDWR") = -1 EPIPE'},
    });
    const received = told(run, 'call').filter(call => call['by'] === 'peer' && call['direction'] === 'received');
    const text = received.map(call => new TextDecoder().decode(run.journal.bytesOf(call))).join('|');
    expect(text).toBe('after close||');
  });

  test('the kernel has one socket, and counts who holds it', async () => {
    const run = start();
    await steps(run, 'parent');
    const {parent, child, holders} = stateOf(run);
    expect(holders.map(({by, pid}) => [by, pid]).sort()).toEqual([
      ['child', child.pid],
      ['parent', parent.pid],
    ]);
    await steps(run, 'close');
    expect(stateOf(run).holders.map(({by}) => by)).toEqual(['child']);
    expect(ends(run)).toEqual(['ESTABLISHED', 'ESTABLISHED']);
    expect(fins(run)).toBe(0);
    await steps(run, 'child', 'send still here');
    expect(lastCall(run, 'peer')).toMatchObject({name: 'recv', result: 10});
    await steps(run, 'close');
    expect(stateOf(run).holders).toEqual([]);
    expect(ends(run)).toEqual(['FIN_WAIT2', 'CLOSE_WAIT']);
    expect(fins(run)).toBe(1);
  });

  test('the end of a process is a close() of what it held', async () => {
    const run = start();
    await steps(run, 'close', 'end-child');
    expect(ends(run)).toEqual(['FIN_WAIT2', 'CLOSE_WAIT']);
    expect(stateOf(run).child).toMatchObject({alive: false, open: false});
    expect(run.possible('end-child')).toContain('There is no child');
    expect(run.possible('fork')).toContain('no socket that a child could inherit');
    await steps(run, 'reconnect');
    expect(ends(run)).toEqual(['ESTABLISHED', 'ESTABLISHED']);
    expect(stateOf(run).holders).toHaveLength(2);
  });

  test('a child that is killed takes its descriptor with it, and no FIN goes out', async () => {
    const run = start();
    await steps(run, 'parent');
    process.kill(stateOf(run).child.pid, 'SIGKILL');
    await eventually(
      () => stateOf(run).holders.length,
      count => count === 1,
    );
    expect(stateOf(run).holders.map(({by}) => by)).toEqual(['parent']);
    expect(fins(run)).toBe(0);
    await steps(run, 'child');
    expect(run.possible('send')).toContain('The child has ended');
    await steps(run, 'fork', 'send again');
    expect(lastCall(run, 'peer')).toMatchObject({result: 5});
  });

  test('what comes in goes to the holder that asks first', async () => {
    const run = start();
    await steps(run, 'peer', 'send once', 'child', 'recv', 'parent', 'recv');
    expect(lastCall(run, 'child')).toMatchObject({name: 'recv', result: 4});
    expect(lastCall(run, 'parent')).toMatchObject({name: 'recv', errno: 'EAGAIN'});
  });

  test('stopping leaves no process', async () => {
    const run = start();
    await steps(run, 'parent');
    await run.stop();
    expect(world.actors.running()).toEqual([]);
  });
});
