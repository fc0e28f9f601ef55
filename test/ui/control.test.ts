import {beforeEach, describe, expect, test, vi} from 'vitest';
import {openExperiment, openRun} from '../../src/ui/control.ts';
import {bell, mirror} from './toys/experiments.ts';
import {type Bench, openToys, turn} from './toys/open.ts';

vi.mock('../../src/chapters/registry.ts', async () => (await import('./toys/experiments.ts')).toyRegistry());
vi.mock('../../src/ui/view-registry.ts', async () => (await import('./toys/views.ts')).toyViews());

let toys: Bench;
beforeEach(() => {
  toys = openToys();
});

describe('opening', () => {
  test('what opens sockets waits for Enter, what answers at once does not', async () => {
    openExperiment(toys.store, bell);
    expect([toys.store.area, toys.store.page?.run]).toEqual(['form', undefined]);
    openExperiment(toys.store, mirror);
    await turn();
    expect([toys.store.area, toys.store.page?.run?.state]).toEqual(['pane', {count: 1}]);
    expect([toys.store.chapter, toys.store.menuIndex['data']]).toEqual(['data', 0]);
  });

  test('a run goes on while another experiment is on screen, and is found again as it was left', async () => {
    openExperiment(toys.store, bell);
    toys.press('enter');
    await turn();
    toys.screen();
    toys.press('up');
    const {run, pane} = toys.store.page!;
    openExperiment(toys.store, mirror);
    await run?.act({action: 'ring'});
    openExperiment(toys.store, bell);
    expect([toys.store.page?.run, toys.store.page?.pane]).toEqual([run, pane]);
    expect([run?.state, pane.cursors['rows'], toys.store.area]).toEqual([{count: 3}, 0, 'pane']);
  });

  test('a run that was started elsewhere gets a page with its own values in the form', async () => {
    const run = toys.store.bench.start(bell, {tone: 'gis', times: 1, mood: 'cross'});
    await turn();
    openRun(toys.store, run);
    expect(toys.store.page?.form.typed).toMatchObject({tone: {text: 'gis'}, mood: {text: 'cross'}});
    openRun(toys.store, run);
    expect(toys.store.pages).toHaveLength(1);
  });
});

test('launching again ends the run before; of those ended the last twenty are kept, and what is shown', async () => {
  openExperiment(toys.store, bell);
  for (let count = 0; count < 30; count++) {
    toys.press('enter');
    await turn();
    toys.press('f');
  }
  expect(toys.store.bench.running).toHaveLength(1);
  expect(toys.store.bench.runs.length).toBeLessThanOrEqual(23);
  expect(toys.store.bench.runs).toContain(toys.store.page?.run);
});

test('a live experiment keeps one run however much is typed; what cannot be read is told, and answered when mended', async () => {
  openExperiment(toys.store, mirror);
  await turn();
  const {run} = toys.store.page!;
  toys.press('f', 'ctrl+u');
  toys.type('bad');
  await turn();
  expect(toys.store.page?.form.wrong).toEqual({word: 'Not that word.'});
  expect(run?.ask).toEqual({word: 'ba'});
  toys.type('ger');
  await turn();
  expect(toys.store.page?.form.wrong).toEqual({});
  expect(run?.ask).toEqual({word: 'badger'});
  expect(toys.store.bench.runs).toEqual([run]);
});

test('a run that fails is told of, with the way out that it offers, and its page can launch again', async () => {
  openExperiment(toys.store, bell);
  toys.press('enter');
  await turn();
  const {run} = toys.store.page!;
  await run?.stop();
  toys.screen();
  toys.press('f');
  expect(toys.store.area).toBe('form');
  toys.press('enter');
  await turn();
  expect(toys.store.page?.run).not.toBe(run);
  expect(toys.store.page?.run?.status).toBe('running');
});
