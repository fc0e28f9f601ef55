import {beforeEach, expect, test, vi} from 'vitest';
import {experimentsOf, newPage} from '../../src/ui/store.ts';
import {bell, mirror} from './toys/experiments.ts';
import {type Bench, openToys} from './toys/open.ts';

vi.mock('../../src/chapters/registry.ts', async () => (await import('./toys/experiments.ts')).toyRegistry());
vi.mock('../../src/ui/view-registry.ts', async () => (await import('./toys/views.ts')).toyViews());

let toys: Bench;
beforeEach(() => {
  toys = openToys();
});

test('chapters by their numbers in the book, with their experiments', () => {
  const {store} = toys;
  expect([3, 5, 9].map(number => store.chapterNumbered(number))).toEqual(['tcp', 'data', undefined]);
  expect(experimentsOf('data').map(({id}) => id)).toEqual(['data.mirror', 'data.plain']);
  expect(store.menu()).toEqual([bell]);
});

test('an experiment has one page; that of a saved journal is not it', () => {
  const {store} = toys;
  store.pages.push(newPage(bell, true));
  const page = store.pageOf(bell);
  expect([page.readOnly, store.pageOf(bell) === page, store.pageOf(mirror) === page]).toEqual([false, true, false]);
  expect(store.pages).toHaveLength(3);
});

test('messages are kept with their times, the last 200', () => {
  const {store, clock} = toys;
  for (let number = 0; number < 205; number++) {
    clock.seconds = number;
    store.say({code: 'n', says: `Message ${number}`}, 'good');
  }
  expect(store.messages.map(({at}) => at)).toEqual(Array.from({length: 200}, (_, index) => index + 5));
  expect(store.toast).toMatchObject({problem: {says: 'Message 204'}, at: 204});
});

test('what was chosen is remembered once each, the last eight', () => {
  const {store} = toys;
  for (const id of [...'abcdefghij', 'd']) store.remember(id);
  expect(store.recent.join('')).toBe('djihgfec');
});

test('who listens hears of changes until it stops', () => {
  const {store} = toys;
  const heard: string[] = [];
  const leave = store.subscribe(() => heard.push(store.themeName));
  store.chooseTheme('light');
  leave();
  store.chooseTheme('dark');
  expect([heard, store.themeName]).toEqual([['light'], 'dark']);
});
