import {expect, test, vi} from 'vitest';
import type {Saved} from '../../src/journal/file.ts';
import {showSaved} from '../../src/ui/saved.ts';
import {openToys} from './toys/open.ts';

vi.mock('../../src/chapters/registry.ts', async () => (await import('./toys/experiments.ts')).toyRegistry());
vi.mock('../../src/ui/view-registry.ts', async () => (await import('./toys/views.ts')).toyViews());

const rung = (number: number) => ({kind: 'rung', t: number, fields: {number, tone: 'c'}});
const saved: Saved = {
  wirebook: 1,
  experiment: 'tcp.bell',
  ask: {tone: 'g', times: 2, mood: 'calm'},
  first: 4,
  offset: 0,
  base: {count: 4},
  events: [rung(5), rung(6)],
};

test('a saved journal is a page of its own, with its form, its rows and nothing that can be done', () => {
  const {store, screen, press} = openToys();
  showSaved(store, saved);
  expect(store.page).toMatchObject({readOnly: true, run: {status: 'done', state: {count: 6}}});
  const rows = screen().join('\n');
  expect(rows).toContain('saved journal');
  expect(rows).toContain('Rows 6');
  expect(rows).toContain('#4 c');
  press('s');
  expect(store.toast?.problem.code).toBe('replay');
  expect(store.page?.run?.journal.next).toBe(6);
});

test('of an experiment that there is not', () => {
  for (const experiment of ['tcp.gong', 'constructor', '__proto__']) {
    const {store} = openToys();
    showSaved(store, {...saved, experiment});
    expect([store.page, store.toast?.problem.code]).toEqual([undefined, 'file.experiment']);
  }
});

test('whose state its pane cannot paint, it is refused before anything is drawn', () => {
  const {store, screen} = openToys();
  const base = {
    get count(): number {
      throw new Error('There is no count');
    },
  };
  showSaved(store, {...saved, base, events: []});
  expect([store.page, store.pages, store.toast?.problem.code]).toEqual([undefined, [], 'file.event']);
  expect(screen().join('\n')).toContain('This file has an event that Bell cannot show: There is no count.');
});
