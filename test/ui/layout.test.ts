import {beforeEach, describe, expect, test, vi} from 'vitest';
import {openExperiment} from '../../src/ui/control.ts';
import {formIsOpen, menuColumns, menuLimits, screenLayout} from '../../src/ui/layout.ts';
import {bell, mirror} from './toys/experiments.ts';
import {type Bench, openToys, turn} from './toys/open.ts';

vi.mock('../../src/chapters/registry.ts', async () => (await import('./toys/experiments.ts')).toyRegistry());
vi.mock('../../src/ui/view-registry.ts', async () => (await import('./toys/views.ts')).toyViews());

let toys: Bench;
beforeEach(() => {
  toys = openToys();
});

const sizes = [
  [40, 12],
  [59, 24],
  [60, 13],
  [80, 24],
  [120, 36],
  [400, 120],
  [2, 1],
] as const;

describe('everything lies inside the frame and nothing lies over another', () => {
  for (const [width, height] of sizes) {
    test(`${width}x${height}`, async () => {
      openExperiment(toys.store, mirror);
      await turn();
      toys.press('/', 'a');
      for (const area of ['menu', 'form', 'filter', 'pane'] as const) {
        toys.store.area = area;
        const boxes = Object.values(screenLayout(toys.store, {width, height})).filter(box => box !== undefined);
        for (const box of boxes) {
          expect(box.x).toBeGreaterThanOrEqual(1);
          expect(box.y).toBeGreaterThanOrEqual(1);
          if (width < 10) continue;
          expect(box.x + box.width).toBeLessThanOrEqual(width - 1);
          expect(box.y + box.height).toBeLessThanOrEqual(height - 1);
          for (const other of boxes) {
            const apart =
              other === box ||
              other.x >= box.x + box.width ||
              box.x >= other.x + other.width ||
              other.y >= box.y + box.height ||
              box.y >= other.y + other.height;
            expect(apart, `${area} ${JSON.stringify([box, other])}`).toBe(true);
          }
        }
      }
    });
  }
});

test('under 60 columns there is one thing at a time: the menu, or the pane', () => {
  openExperiment(toys.store, bell);
  const narrow = {width: 59, height: 20};
  expect(screenLayout(toys.store, narrow)).toMatchObject({menu: undefined, form: {x: 1, width: 57}});
  toys.store.area = 'menu';
  expect(screenLayout(toys.store, narrow)).toMatchObject({menu: {width: 57}, form: undefined, pane: undefined});
  expect(screenLayout(toys.store, {width: 60, height: 20})).toMatchObject({menu: {x: 1}, form: {height: 5}});
});

test('the menu is as wide in every chapter, or as it was dragged, within its limits', () => {
  const before = menuColumns(toys.store, 100);
  toys.store.chapter = 'data';
  expect(menuColumns(toys.store, 100)).toBe(before);
  for (const [dragged, columns, shown] of [
    [30, 100, 30],
    [90, 100, 50],
    [3, 100, 10],
    [30, 40, 20],
  ] as const) {
    toys.store.menuColumns = dragged;
    expect(menuColumns(toys.store, columns)).toBe(shown);
  }
  expect(menuLimits(12)).toEqual({from: 10, to: 10});
});

test('the form is there before a launch, while it is edited, and beside what answers at once', async () => {
  openExperiment(toys.store, bell);
  const page = toys.store.page!;
  expect(formIsOpen(toys.store, page)).toBe(true);
  toys.press('enter');
  await turn();
  expect(formIsOpen(toys.store, page)).toBe(false);
  toys.press('f');
  expect(formIsOpen(toys.store, page)).toBe(true);
  openExperiment(toys.store, mirror);
  expect(formIsOpen(toys.store, toys.store.page!)).toBe(true);
});
