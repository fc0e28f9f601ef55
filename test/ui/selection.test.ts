import {beforeEach, describe, expect, test, vi} from 'vitest';
import {openExperiment} from '../../src/ui/control.ts';
import {copiesNow, explanationNow, focused, frameOf, modelOf} from '../../src/ui/selection.ts';
import {bell, mirror} from './toys/experiments.ts';
import {type Bench, openToys, turn} from './toys/open.ts';

vi.mock('../../src/chapters/registry.ts', async () => (await import('./toys/experiments.ts')).toyRegistry());
vi.mock('../../src/ui/view-registry.ts', async () => (await import('./toys/views.ts')).toyViews());

let toys: Bench;
beforeEach(() => {
  toys = openToys();
});

async function launched() {
  openExperiment(toys.store, bell);
  toys.press('enter');
  await turn();
  toys.screen();
  return toys.store.page!;
}

describe('what a pane is painted from', () => {
  test('before a launch: the first state, the defaults, an empty journal', () => {
    openExperiment(toys.store, bell);
    const {state, ask, journal, status} = modelOf(toys.store, toys.store.page!);
    expect([state, ask, status]).toEqual([{count: 0}, {tone: 'c', times: 2, mood: 'calm'}, 'done']);
    expect([journal.first, journal.end, journal.get(0)]).toEqual([0, 0, undefined]);
  });

  test('frozen: the state and the end of that moment, while the capture goes on', async () => {
    const page = await launched();
    toys.press('space', 's');
    await turn();
    const {state, journal} = modelOf(toys.store, page);
    expect([state, journal.end, page.run?.journal.next]).toEqual([{count: 2}, 2, 3]);
  });

  test('frozen: it stands still, also when the run’s own journal has dropped all of it', async () => {
    const page = await launched();
    toys.press('space');
    const before = modelOf(toys.store, page);
    toys.clock.seconds += 100;
    const {journal} = page.run!;
    for (let number = 0; number < journal.limits.events; number++) journal.append('rung', 9, {tone: 'x', number});
    expect(journal.get(0)).toBeUndefined();
    const model = modelOf(toys.store, page);
    expect([model.journal.first, model.journal.end, model.now]).toEqual([0, 2, before.now]);
    expect(model.journal.get(0)).toMatchObject({kind: 'rung', tone: 'c', number: 1});
    toys.press('space');
    expect(modelOf(toys.store, page).journal.first).toBe(2);
  });

  test('programs are written once for an ask, however many frames it takes', async () => {
    const page = await launched();
    const written = modelOf(toys.store, page).equivalents;
    expect(modelOf(toys.store, page).equivalents).toBe(written);
    expect(written[0]?.code).toBe('ring("c")');
  });

  test('zoomed: one part, as large as the pane', async () => {
    const page = await launched();
    page.zoomed = 'still';
    const {view, model} = frameOf(toys.store, page);
    expect(view.layout({width: 30, height: 9}, model)).toEqual([{part: 'still', x: 0, y: 0, width: 30, height: 9}]);
  });
});

describe('what is selected', () => {
  test('nothing before anything is open', () => {
    expect([focused(toys.store), copiesNow(toys.store), explanationNow(toys.store)]).toEqual([
      undefined,
      [],
      undefined,
    ]);
  });

  test('the row of the part with the keys, and what explains it', async () => {
    await launched();
    expect(focused(toys.store)).toMatchObject({part: {id: 'rows'}, model: {cursor: 1}});
    expect(copiesNow(toys.store).map(({text}) => text)).toContain('#1 c');
    expect(explanationNow(toys.store)).toMatchObject({title: 'Row 1', equivalents: [{language: 'Python'}, {}]});
  });

  test('a part that explains nothing leaves it to the experiment', async () => {
    await launched();
    toys.press('tab');
    toys.screen();
    expect(explanationNow(toys.store)).toMatchObject({title: bell.title, says: bell.teaches});
  });

  test('asking again is another ask with other programs', async () => {
    openExperiment(toys.store, mirror);
    await turn();
    const before = modelOf(toys.store, toys.store.page!).equivalents;
    toys.press('f', 'ctrl+u', 'x');
    await turn();
    expect(modelOf(toys.store, toys.store.page!).ask).toEqual({word: 'x'});
    expect(modelOf(toys.store, toys.store.page!).equivalents).not.toBe(before);
  });
});
