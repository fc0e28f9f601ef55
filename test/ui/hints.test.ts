import {beforeEach, describe, expect, test, vi} from 'vitest';
import {openExperiment} from '../../src/ui/control.ts';
import {hintsNow} from '../../src/ui/hints.ts';
import {bell, mirror} from './toys/experiments.ts';
import {type Bench, openToys, turn} from './toys/open.ts';

vi.mock('../../src/chapters/registry.ts', async () => (await import('./toys/experiments.ts')).toyRegistry());
vi.mock('../../src/ui/view-registry.ts', async () => (await import('./toys/views.ts')).toyViews());

let toys: Bench;
beforeEach(() => {
  toys = openToys();
});

const shown = () => hintsNow(toys.store).map(({shown: key, words}) => `${key} ${words}`);

async function launched(): Promise<void> {
  openExperiment(toys.store, bell);
  toys.press('enter');
  await turn();
  toys.screen();
}

test('the menu', () => {
  expect(shown()).toEqual(['Enter open', ': palette', '? keys', 'q leave']);
});

test('a form offers no letter: letters are typed there', () => {
  openExperiment(toys.store, bell);
  expect(shown()).toEqual([
    'Enter launch',
    'Tab next field',
    'Ctrl-U empty it',
    'Esc menu',
    'F3 explain',
    'F2 palette',
    'F1 keys',
  ]);
  toys.press('shift+tab');
  expect(shown()).toContain('Right next choice');
});

test('a pane: its own first, only what is possible, the help always, never more than seven', async () => {
  await launched();
  expect(shown()[0]).toBe('s ring');
  expect(shown()).not.toContain('c crack it');
  expect(shown()).toContain('? keys');
  expect(shown()).toHaveLength(7);
  toys.press('s');
  await turn();
  expect(shown()).toContain('c crack it');
});

describe('what the moment calls for comes first', () => {
  test('frozen', async () => {
    await launched();
    toys.press('space');
    expect(shown()[0]).toBe('Space go on');
  });

  test('zoomed', async () => {
    await launched();
    toys.press('z');
    expect(shown()[0]).toBe('z show all parts');
  });

  test('filtered', async () => {
    await launched();
    toys.press('/', 'c');
    expect(shown()).toEqual(['Enter keep it', 'Esc clear it']);
    toys.press('enter');
    expect(shown()[0]).toBe('Esc clear the filter');
  });

  test('ended', async () => {
    await launched();
    toys.press('x');
    await turn();
    expect(shown()[0]).toBe('f launch again');
    expect(shown()).not.toContain('x stop');
  });

  test('a message that offers a way out', async () => {
    await launched();
    toys.store.say({code: 'busy', says: 'The port is taken', fix: {title: 'use another', ask: {times: 1}}}, 'bad');
    expect(shown()[0]).toBe('F9 mend it');
  });
});

test('what lies on top says its own keys', async () => {
  openExperiment(toys.store, mirror);
  await turn();
  toys.screen();
  for (const [key, hint] of [
    [':', 'Enter do it'],
    ['e', 'Right next language'],
    ['!', 'Enter copy it'],
    ['Y', 'Enter copy it'],
    ['r', 'Enter show it'],
  ] as const) {
    toys.press(key);
    expect(shown()[0], key).toBe(hint);
    toys.press('escape');
  }
});

test('a key that was remapped is the one that is shown', () => {
  toys = openToys({keys: {'shell.palette': 'p'}});
  expect(shown()).toContain('p palette');
});
