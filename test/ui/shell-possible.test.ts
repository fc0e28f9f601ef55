import {beforeEach, expect, test, vi} from 'vitest';
import {openExperiment} from '../../src/ui/control.ts';
import {keymap, type ShellAction} from '../../src/ui/keymap.ts';
import {fixOf, notNow} from '../../src/ui/shell-possible.ts';
import {newPage} from '../../src/ui/store.ts';
import {bell} from './toys/experiments.ts';
import {type Bench, openToys, turn} from './toys/open.ts';

vi.mock('../../src/chapters/registry.ts', async () => (await import('./toys/experiments.ts')).toyRegistry());
vi.mock('../../src/ui/view-registry.ts', async () => (await import('./toys/views.ts')).toyViews());

let toys: Bench;
beforeEach(() => {
  toys = openToys();
});

const refused = () =>
  (Object.keys(keymap) as ShellAction[]).filter(id => notNow(toys.store, id) !== undefined).map(id => id.slice(6));

test('with nothing open only what concerns no page can be done', () => {
  expect(notNow(toys.store, 'shell.freeze')).toBe('Open an experiment first');
  expect(refused()).toEqual(
    expect.arrayContaining(['filter', 'freeze', 'copy', 'explain', 'stop', 'zoom', 'save', 'fix']),
  );
  for (const always of ['palette', 'help', 'quit', 'running', 'back']) expect(refused()).not.toContain(always);
});

test('a launch makes possible what needs a run, and its end takes back what needs a running one', async () => {
  openExperiment(toys.store, bell);
  expect(notNow(toys.store, 'shell.save')).toBe('Launch the experiment first');
  expect(notNow(toys.store, 'shell.copy')).toBe('Nothing is selected');
  toys.press('enter');
  await turn();
  toys.screen();
  expect(refused()).toEqual(['fix']);
  await toys.store.page!.run!.stop();
  expect(refused()).toEqual(['stop', 'fix']);
});

test('a part that filters by nothing says so', async () => {
  openExperiment(toys.store, bell);
  toys.press('enter');
  await turn();
  toys.screen();
  toys.press('tab');
  toys.screen();
  expect(notNow(toys.store, 'shell.filterBy')).toBe('There is nothing here to filter by');
});

test('the form of a saved journal stays closed', () => {
  toys.store.page = newPage(bell, true);
  expect(notNow(toys.store, 'shell.form')).toBe('This is a saved journal');
});

test('the way out is that of the run, otherwise of the last message', async () => {
  openExperiment(toys.store, bell);
  toys.press('enter');
  await turn();
  const page = toys.store.page!;
  const offering = (title: string) => ({code: 'x', says: 'X', fix: {title, ask: {}}});
  toys.store.say(offering('By the message'), 'bad');
  expect(fixOf(toys.store, page)?.title).toBe('By the message');
  page.run!.problem = offering('By the run');
  expect(fixOf(toys.store, page)?.title).toBe('By the run');
});
