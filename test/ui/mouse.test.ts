import {beforeEach, describe, expect, test, vi} from 'vitest';
import {openExperiment} from '../../src/ui/control.ts';
import {mouse} from '../../src/ui/mouse.ts';
import {bell, mirror} from './toys/experiments.ts';
import {type Bench, openToys, turn} from './toys/open.ts';

vi.mock('../../src/chapters/registry.ts', async () => (await import('./toys/experiments.ts')).toyRegistry());
vi.mock('../../src/ui/view-registry.ts', async () => (await import('./toys/views.ts')).toyViews());

const size = {width: 80, height: 24};
let toys: Bench;
beforeEach(() => {
  toys = openToys();
});

async function launched(): Promise<void> {
  openExperiment(toys.store, bell);
  toys.press('enter');
  await turn();
  toys.screen();
}

function at(text: string): {x: number; y: number} {
  const rows = toys.screen();
  const y = rows.findIndex(row => row.includes(text));
  if (y < 0) throw new Error(`no ${text} in\n${rows.join('\n')}`);
  return {x: rows[y]!.indexOf(text), y};
}

function click(where: string | {x: number; y: number}): void {
  mouse(toys, {kind: 'press', rows: 0, ...(typeof where === 'string' ? at(where) : where)}, size);
}

function wheel(where: {x: number; y: number}, rows: number): void {
  mouse(toys, {kind: 'wheel', ...where, rows}, size);
}

test('a chapter in the header, and beside it nothing', () => {
  click('5 Data');
  expect(toys.store.chapter).toBe('data');
  click({x: 60, y: 0});
  expect(toys.store.chapter).toBe('data');
});

test('a hint does what its key does', async () => {
  await launched();
  click('s ring');
  await turn();
  expect(toys.store.page?.run?.state).toEqual({count: 3});
});

test('a row of the menu opens it, a row below the last only gives the menu the keys', () => {
  toys.store.chapter = 'data';
  click({x: 3, y: 1});
  expect(toys.store.page?.experiment).toBe(mirror);
  click({x: 3, y: 9});
  expect([toys.store.page?.experiment, toys.store.area]).toEqual([mirror, 'menu']);
});

describe('the form', () => {
  test('a field gets the caret where it was clicked, a choice is chosen', () => {
    openExperiment(toys.store, bell);
    toys.press('ctrl+u');
    toys.type('abcdef');
    const {x, y} = at('abcdef');
    click({x: x + 2, y});
    expect(toys.store.page?.form).toMatchObject({index: 0, typed: {tone: {caret: 2}}});
    click('cross');
    expect(toys.store.page?.form).toMatchObject({index: 2, typed: {mood: {text: 'cross'}}});
    click('Times');
    expect(toys.store.page?.form.index).toBe(1);
    toys.screen();
    click({x: x + 30, y});
    expect(toys.store.page?.form).toMatchObject({index: 0, typed: {tone: {caret: 6}}});
  });
});

describe('a pane', () => {
  test('a click stands on the row and gives its part the keys; a second one there is Enter', async () => {
    await launched();
    click('item 3');
    expect(toys.store.page?.pane).toMatchObject({focus: 'still', cursors: {still: 3}});
    toys.clock.seconds += 0.2;
    const enters = vi.spyOn(toys.store.page!.pane.following, 'delete');
    click('item 3');
    expect(enters).toHaveBeenCalled();
    expect(toys.store.lastPress, 'the second of two').toBeUndefined();
    toys.clock.seconds += 5;
    click('item 2');
    toys.clock.seconds += 0.5;
    click('item 2');
    expect(toys.store.lastPress, 'too late for a double click').toBeDefined();
  });

  test('the wheel turns what is under it, three rows a notch', async () => {
    await launched();
    const {x, y} = at('item 1');
    wheel({x, y}, 1);
    expect(toys.store.page?.pane).toMatchObject({focus: 'still', cursors: {still: 3}});
    wheel({x, y}, -1);
    expect(toys.store.page?.pane.cursors['still']).toBe(0);
  });
});

test('the wheel over the menu moves in the menu', async () => {
  toys.store.chapter = 'data';
  wheel({x: 3, y: 2}, 1);
  expect(toys.store.menuIndex['data']).toBe(1);
  wheel({x: 3, y: 2}, -1);
  expect(toys.store.menuIndex['data']).toBe(0);
});

test('the border is dragged, between its limits, and only while it is held', async () => {
  await launched();
  const border = toys.screen()[3]!.length;
  const drag = (x: number) => mouse(toys, {kind: 'drag', x, y: 9, rows: 0}, size);
  drag(30);
  expect(toys.store.menuColumns, 'not held').toBeUndefined();
  click({x: 21, y: 5});
  for (const [x, columns] of [
    [30, 29],
    [79, 40],
    [0, 10],
    [25, 24],
  ] as const) {
    drag(x);
    expect(toys.store.menuColumns).toBe(columns);
  }
  mouse(toys, {kind: 'release', x: 25, y: 9, rows: 0}, size);
  drag(30);
  expect(toys.store.menuColumns).toBe(24);
  toys.store.area = 'menu';
  toys.press('<', '<');
  expect(toys.store.menuColumns).toBe(20);
  toys.press('>');
  expect(toys.store.menuColumns).toBe(22);
  expect(border).toBeGreaterThan(0);
});

describe('overlays', () => {
  test('a row of a list does it, outside closes it', async () => {
    toys.press(':');
    toys.type('theme');
    click('Next theme');
    expect([toys.store.themeName, toys.store.overlay]).toEqual(['light', undefined]);
    toys.press(':');
    click({x: 0, y: 0});
    expect(toys.store.overlay).toBeUndefined();
  });

  test('the buttons of a question', async () => {
    await launched();
    toys.press('m');
    click('No]');
    expect([toys.store.overlay, toys.store.page?.run?.state]).toEqual([undefined, {count: 2}]);
    toys.press('m');
    click('Yes');
    await turn();
    expect(toys.store.page?.run?.state).toEqual({count: 3});
  });

  test('a language of an explanation, a field of a question for values', async () => {
    await launched();
    toys.press('e');
    click('Node');
    expect(toys.screen().join('\n')).toContain('[Node]');
    toys.press('escape', 'u');
    click('New tone');
    expect(toys.store.overlay).toMatchObject({kind: 'prompt'});
  });

  test('the wheel moves in it', () => {
    toys.press(':');
    wheel({x: 10, y: 10}, 1);
    expect(toys.store.overlay).toMatchObject({index: 1});
  });
});

test('a message is put away by a click on it, and nothing under it is clicked', async () => {
  await launched();
  toys.store.say({code: 'x', says: 'Read me'}, 'bad');
  click('Read me');
  expect([toys.store.toast, toys.store.page?.pane.focus]).toEqual([undefined, 'rows']);
});
