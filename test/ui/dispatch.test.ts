import {beforeEach, describe, expect, test, vi} from 'vitest';
import {openExperiment} from '../../src/ui/control.ts';
import {paste} from '../../src/ui/dispatch.ts';
import {bell, mirror, plainToy} from './toys/experiments.ts';
import {type Bench, openToys, turn} from './toys/open.ts';

vi.mock('../../src/chapters/registry.ts', async () => (await import('./toys/experiments.ts')).toyRegistry());
vi.mock('../../src/ui/view-registry.ts', async () => (await import('./toys/views.ts')).toyViews());

let toys: Bench;
beforeEach(() => {
  toys = openToys();
});

async function launched(): Promise<Bench> {
  openExperiment(toys.store, bell);
  toys.press('enter');
  await turn();
  toys.screen();
  return toys;
}

describe('the menu', () => {
  test('moves, goes round, jumps to its ends, and opens', () => {
    toys.store.chapter = 'data';
    const at = () => toys.store.menuIndex['data'] ?? 0;
    for (const [key, index] of [
      ['down', 1],
      ['j', 0],
      ['k', 1],
      ['g', 0],
      ['G', 1],
      ['home', 0],
      ['up', 1],
    ] as const) {
      toys.press(key);
      expect(at(), key).toBe(index);
    }
    toys.press('l');
    expect(toys.store.page?.experiment).toBe(plainToy);
  });

  test('a digit goes to its chapter, one without a chapter does nothing', () => {
    toys.press('5');
    expect(toys.store.chapter).toBe('data');
    toys.press('4', '9');
    expect(toys.store.chapter).toBe('data');
  });
});

describe('Ctrl-C and Ctrl-Z work everywhere', () => {
  for (const before of [[], [':'], ['/'], ['?']] as const)
    test(`after ${before.join(' ') || 'nothing'}`, () => {
      toys.press(...before, 'ctrl+z', 'ctrl+c');
      expect(toys.asked).toEqual(['suspend', 'quit 0']);
    });
});

describe('the form', () => {
  test('letters are typed, also those that do something elsewhere', () => {
    openExperiment(toys.store, bell);
    toys.press('ctrl+u');
    toys.type('q: y?');
    expect(toys.store.page?.form.typed['tone']?.text).toBe('q: y?');
    expect(toys.asked).toEqual([]);
  });

  test('on a choice letters pick, and ? and : stay what they are', () => {
    openExperiment(toys.store, bell);
    toys.press('tab', 'tab', 'c');
    expect(toys.store.page?.form.typed['mood']?.text).toBe('cross');
    toys.press('?');
    expect(toys.store.overlay).toMatchObject({kind: 'help'});
  });

  test('Enter launches; a value that cannot be read keeps the caret in its field and says why', async () => {
    openExperiment(toys.store, bell);
    toys.press('tab', 'ctrl+u');
    toys.type('many');
    toys.press('up', 'enter');
    expect(toys.store.area).toBe('form');
    expect(toys.store.page?.form).toMatchObject({
      index: 1,
      wrong: {times: expect.stringMatching(/not a whole number/)},
    });
    toys.press('ctrl+u', '3');
    expect(toys.store.page?.form.wrong).toEqual({});
    toys.press('enter');
    await turn();
    expect(toys.store.page?.run).toMatchObject({status: 'running', ask: {tone: 'c', times: 3, mood: 'calm'}});
    expect(toys.store.area).toBe('pane');
  });

  test('of a live experiment: what is typed is answered at once, and Enter goes to the rows', async () => {
    openExperiment(toys.store, mirror);
    await turn();
    const {run} = toys.store.page!;
    toys.press('f', 'd');
    await turn();
    expect(run?.state).toEqual({count: 2});
    expect(toys.store.page?.run).toBe(run);
    toys.press('enter');
    expect(toys.store.area).toBe('pane');
  });

  test('Tab walks through the fields and then out of it', async () => {
    openExperiment(toys.store, mirror);
    await turn();
    toys.screen();
    toys.press('f', 'tab');
    expect(toys.store.area).toBe('pane');
    toys.press('shift+tab', 'shift+tab');
    expect(toys.store.area).toBe('menu');
  });

  test('an experiment without fields starts at once', async () => {
    openExperiment(toys.store, plainToy);
    await turn();
    expect(toys.store.page?.run?.status).toBe('running');
    expect(toys.store.area).toBe('pane');
  });
});

describe('a pane', () => {
  test('an action by its key; one that is not possible says why', async () => {
    await launched();
    toys.press('s');
    await turn();
    expect(toys.store.page?.run?.state).toEqual({count: 3});
    toys.press('x');
    await turn();
    toys.press('s');
    expect(toys.store.toast?.problem.says).toMatch(/has ended/);
  });

  test('an action that asks: a form above the pane, and Esc takes it back', async () => {
    await launched();
    toys.press('u');
    expect(toys.store.overlay).toMatchObject({kind: 'prompt', action: 'tune'});
    toys.press('ctrl+u');
    toys.type('fis');
    toys.press('enter');
    await turn();
    expect(toys.store.overlay).toBeUndefined();
    expect(toys.screen().join('\n')).toContain('fis');
    toys.press('u', 'escape');
    await turn();
    expect(toys.store.page?.run?.state).toEqual({count: 3});
  });

  test('an action that cannot be undone: the answer is no unless it is yes', async () => {
    await launched();
    for (const [keys, count] of [
      [['m', 'enter'], 2],
      [['m', 'n'], 2],
      [['m', 'escape'], 2],
      [['m', 'right', 'enter'], 3],
      [['m', 'y'], 4],
    ] as const) {
      toys.press(...keys);
      await turn();
      expect(toys.store.overlay).toBeUndefined();
      expect(toys.store.page?.run?.state, keys.join(' ')).toEqual({count});
    }
  });

  test('the cursor moves by every movement, stops at the ends, and follows again from the newest', async () => {
    await launched();
    const at = () => toys.store.page!.pane.cursors['rows'];
    expect(at()).toBe(1);
    toys.press('up');
    expect(at()).toBe(0);
    toys.press('s', 's', 's');
    await turn();
    toys.screen();
    expect(at(), 'not following any more').toBe(0);
    toys.press('k', 'k');
    expect(at()).toBe(0);
    toys.press('G', 's');
    await turn();
    toys.screen();
    expect(at()).toBe(5);
    toys.press('g');
    expect(at()).toBe(0);
  });
});

describe('Esc leaves one thing at a time', () => {
  test('overlay, message, zoom, filter, pane', async () => {
    await launched();
    const {store} = toys;
    toys.press('/');
    toys.type('c');
    toys.press('enter', 'z', ':');
    store.say({code: 'x', says: 'Something'}, 'bad');
    const steps = [() => store.overlay, () => store.toast, () => store.page?.zoomed, () => store.page?.filter];
    for (const step of steps) {
      expect(step()).toBeDefined();
      toys.press('escape');
      expect(step()).toBeUndefined();
    }
    expect(store.area).toBe('pane');
    toys.press('escape');
    expect(store.area).toBe('menu');
  });

  test('while a filter is typed it clears it', async () => {
    await launched();
    toys.press('/');
    toys.type('abc');
    toys.press('escape');
    expect([toys.store.page?.filter, toys.store.area]).toEqual([undefined, 'pane']);
  });
});

describe('pasting', () => {
  test.each([
    ['two lines become one', 'a\r\nb\tc\n', 'a b c', undefined],
    ['controls are left out, and that is said', 'a\x1b[31m\x07', 'a[31m', /2 characters/],
    ['wide and combined characters stay whole', '漢字👩‍👩‍👧e\u0301', '漢字👩‍👩‍👧e\u0301', undefined],
  ])('%s', (_name, pasted, typed, said) => {
    openExperiment(toys.store, bell);
    toys.press('ctrl+u');
    paste(toys, pasted);
    expect(toys.store.page?.form.typed['tone']?.text).toBe(typed);
    if (said === undefined) expect(toys.store.toast).toBeUndefined();
    else expect(toys.store.toast?.problem.says).toMatch(said);
  });

  test('where nothing is typed it acts as no key, and says so', () => {
    paste(toys, 'q5');
    expect([toys.asked, toys.store.chapter]).toEqual([[], 'tcp']);
    expect(toys.store.toast?.problem.says).toBe('Nothing takes text here');
  });
});
