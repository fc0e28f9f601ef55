import {beforeEach, describe, expect, test, vi} from 'vitest';
import {openExperiment} from '../../../src/ui/control.ts';
import {bell} from '../toys/experiments.ts';
import {type Bench, openToys, turn} from '../toys/open.ts';

vi.mock('../../../src/chapters/registry.ts', async () => (await import('../toys/experiments.ts')).toyRegistry());
vi.mock('../../../src/ui/view-registry.ts', async () => (await import('../toys/views.ts')).toyViews());

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

describe('a list', () => {
  test('moves, stops at its ends, and pages by what is seen', () => {
    toys.screen(80, 24);
    toys.press(':');
    const index = () => (toys.store.overlay as {index: number}).index;
    toys.press('up');
    expect(index()).toBe(0);
    toys.press('down', 'down');
    expect(index()).toBe(2);
    toys.press('pagedown');
    expect(index()).toBe(17);
    toys.press('pagedown', 'pagedown', 'pagedown');
    const last = index();
    toys.press('down');
    expect(index()).toBe(last);
    toys.press('pageup');
    expect(index()).toBe(last - 15);
  });

  test('scrolls no more than it must', () => {
    toys.screen(80, 24);
    toys.press(':');
    for (let count = 0; count < 20; count++) toys.press('down');
    const before = toys.screen().find(row => row.includes('▸ ') && /\d+\/\d+/.test(row) === false);
    toys.press('up');
    const rows = toys.screen();
    expect(rows.indexOf(before!.replace('▸', ' '))).toBeGreaterThan(0);
  });

  test('typing searches from the first match again; a choice that cannot be made stays', () => {
    toys.press(':', 'down');
    toys.type('zoom');
    expect(toys.store.overlay).toMatchObject({index: 0, query: {text: 'zoom'}});
    toys.press('enter');
    expect(toys.store.overlay).toBeDefined();
    expect(toys.store.toast?.problem.says).toBe('Open an experiment first');
  });

  test('takes every key: nothing under it acts unseen', async () => {
    await launched();
    toys.press('!', 's', 'x', 'tab', 'F4');
    await turn();
    expect(toys.store.page?.run).toMatchObject({status: 'running', state: {count: 2}});
  });

  test('in the help a key that types nothing asks what it does', () => {
    toys.press('?', 'F6');
    expect(toys.store.overlay).toMatchObject({query: {text: 'F6'}});
  });
});

describe('an explanation', () => {
  test('turns its languages both ways round, keeps within its rows, and closes', async () => {
    await launched();
    toys.press('e');
    expect(toys.screen().join('\n')).toContain('[Python]');
    for (const key of ['right', 'tab', 'left', 'h', 'shift+tab', 'l']) toys.press(key);
    expect(toys.screen().join('\n')).toContain('[Python]');
    for (let count = 0; count < 50; count++) toys.press('down');
    expect(toys.store.overlay).toMatchObject({top: 0});
    toys.screen(40, 8);
    for (let count = 0; count < 50; count++) toys.press('j');
    const {top} = toys.store.overlay as {top: number};
    expect(top).toBeGreaterThan(0);
    toys.press('k');
    expect(toys.store.overlay).toMatchObject({top: top - 1});
    for (const key of ['e', 'q', 'enter', 'escape']) {
      toys.press(key);
      expect(toys.store.overlay, key).toBeUndefined();
      toys.press('e');
    }
  });

  test('y copies the code on screen', async () => {
    await launched();
    toys.press('e', 'right', 'y');
    await turn();
    expect(toys.asked).toEqual(["copy ring('c');\nmore();"]);
  });
});

test('a question for values that cannot be read keeps what was typed', async () => {
  await launched();
  toys.press('u', 'ctrl+u');
  toys.type('fis');
  toys.press('home', 'enter');
  await turn();
  expect(toys.store.page?.run?.journal.get(2)).toMatchObject({tone: 'fis'});
});
