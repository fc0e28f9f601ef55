import {expect, test, vi} from 'vitest';
import {defaultsOf} from '../../src/chapters/fields.ts';
import {Workbench} from '../../src/chapters/workbench.ts';
import {createWorld} from '../../src/world/world.ts';
import {toy} from '../support/toy-experiment.ts';

function bench() {
  const closed: string[] = [];
  const world = {...createWorld(), close: async () => void closed.push('world')};
  return {workbench: new Workbench(world), closed};
}

const ask = {...defaultsOf(toy.fields), waitForKeys: true};

test('runs are numbered, listed while they run, and forgotten when asked', async () => {
  const {workbench} = bench();
  const first = workbench.start(toy, ask);
  const second = workbench.start(toy, ask);
  expect([first.id, second.id]).toEqual([1, 2]);
  expect(workbench.running).toEqual([first, second]);
  workbench.forget(first);
  expect(workbench.runs).toEqual([first, second]);
  await first.stop();
  expect(workbench.running).toEqual([second]);
  workbench.forget(first);
  expect(workbench.runs).toEqual([second]);
  workbench.forget(first);
  expect(workbench.runs).toEqual([second]);
  expect(workbench.start(toy, ask).id).toBe(3);
  await workbench.close();
});

test('one subscription hears every run', async () => {
  const {workbench} = bench();
  const heard: string[] = [];
  const leave = workbench.subscribe((run, event) => heard.push(`${run.id} ${event?.kind ?? 'ended'}`));
  const run = workbench.start(toy, defaultsOf(toy.fields));
  await run.ended;
  leave();
  await workbench.start(toy, defaultsOf(toy.fields)).ended;
  expect(heard).toEqual(['1 listening', '1 ended']);
});

test('closing ends every run, then the world', async () => {
  const {workbench, closed} = bench();
  const runs = [workbench.start(toy, ask), workbench.start(toy, ask)];
  await Promise.resolve();
  await workbench.close();
  expect(runs.map(run => run.status)).toEqual(['stopped', 'stopped']);
  expect(closed).toEqual(['world']);
});

test('a run that will not end does not keep the world open', async () => {
  const {workbench, closed} = bench();
  const run = workbench.start(toy, {...ask, stubborn: true});
  await Promise.resolve();
  await workbench.close();
  expect([run.status, closed]).toEqual(['running', ['world']]);
});

test('the lab is started once, when it is first asked for, and closed before the world', async () => {
  const {workbench, closed} = bench();
  let started = 0;
  vi.doMock('../../src/lab/lab.ts', () => ({
    async startLab() {
      started++;
      return {close: async () => void closed.push('lab')};
    },
  }));
  try {
    expect(workbench.lab).toBeUndefined();
    const [first, second] = await Promise.all([workbench.openLab(), workbench.openLab()]);
    expect(second).toBe(first);
    expect(workbench.lab).toBe(first);
    expect(started).toBe(1);
    await workbench.close();
    expect(closed).toEqual(['lab', 'world']);
  } finally {
    vi.doUnmock('../../src/lab/lab.ts');
  }
});

test('a lab that could not start is tried again', async () => {
  const {workbench} = bench();
  let started = 0;
  vi.doMock('../../src/lab/lab.ts', () => ({
    async startLab() {
      if (started++ === 0) throw new Error('No port is free');
      return {close: async () => undefined};
    },
  }));
  try {
    await expect(workbench.openLab()).rejects.toThrow('No port is free');
    expect(workbench.lab).toBeUndefined();
    await workbench.openLab();
    expect(workbench.lab).toBeDefined();
  } finally {
    vi.doUnmock('../../src/lab/lab.ts');
    await workbench.close();
  }
});
