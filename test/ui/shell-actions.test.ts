import {beforeEach, describe, expect, test, vi} from 'vitest';
import {load} from '../../src/journal/file.ts';
import {openExperiment} from '../../src/ui/control.ts';
import {showSaved} from '../../src/ui/saved.ts';
import {bell, mirror} from './toys/experiments.ts';
import {type Bench, openToys, turn} from './toys/open.ts';

vi.mock('../../src/chapters/registry.ts', async () => (await import('./toys/experiments.ts')).toyRegistry());
vi.mock('../../src/ui/view-registry.ts', async () => (await import('./toys/views.ts')).toyViews());

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

const says = () => toys.store.toast?.problem.says;

describe('leaving', () => {
  test('at once when nothing is launched', async () => {
    openExperiment(toys.store, mirror);
    await turn();
    toys.press('q');
    expect(toys.asked).toEqual(['quit 0']);
  });

  test('at once also while something runs', async () => {
    await launched();
    toys.press('q');
    expect(toys.asked).toEqual(['quit 0']);
  });
});

describe('copying', () => {
  test('y: the row; with nothing selected it says so', async () => {
    toys.press('y');
    expect(toys.asked).toEqual([]);
    await launched();
    toys.press('y');
    await turn();
    expect([toys.asked, says()]).toEqual([['copy #1 c'], 'The row: copied by a test']);
  });

  test('L: the command for what runs, and before a launch for what is typed', async () => {
    openExperiment(toys.store, bell);
    toys.press('ctrl+u');
    toys.type('fis');
    toys.press('escape', 'tab');
    toys.store.area = 'pane';
    toys.press('L');
    await turn();
    expect(toys.asked).toEqual(['copy wirebook tcp bell fis']);
  });
});

describe('the file', () => {
  test('S saves what opens again, with the same rows and nothing to be done', async () => {
    let text = '';
    await launched();
    toys.outside.saveFile = async (name, saved) => {
      text = saved;
      return `/somewhere/${name}`;
    };
    toys.press('S');
    await turn();
    expect(says()).toBe('Saved to /somewhere/tcp.bell-1.wirebook');
    const saved = load(text);
    if ('code' in saved) throw new Error(saved.says);
    const again = openToys();
    showSaved(again.store, saved);
    expect(again.screen().join('\n')).toMatch(/Rows 2[\s\S]*#0 c[\s\S]*#1 c/);
    expect(again.screen()[0]).toContain('saved journal');
    again.press('s');
    expect(again.store.toast?.problem.says).toBe('This is a saved journal: nothing can be done in it');
    const {run} = again.store.page!;
    again.press('f', 'enter', 'F9', 'enter');
    again.press('tab', 'tab', 'tab', 'enter');
    await turn();
    expect([again.store.page?.run, again.store.bench.running]).toEqual([run, []]);
    again.store.area = 'pane';
    again.press('f');
    expect(again.store.toast?.problem.says).toBe('This is a saved journal: nothing can be done in it');
  });

  test('that cannot be written is told of', async () => {
    await launched();
    toys.outside.saveFile = () => Promise.reject(new Error('no room'));
    toys.press('S');
    await turn();
    expect(toys.store.toast).toMatchObject({tone: 'bad', problem: {says: 'Could not save: no room'}});
  });

  test('of an experiment that there is not says which version to use', () => {
    showSaved(toys.store, {experiment: 'tcp.gone', ask: {}, events: [], first: 0, base: undefined} as never);
    expect(toys.store.toast?.problem.next).toMatch(/version that saved it/);
  });
});

test('M turns the mouse off and on', () => {
  toys.press('M', 'M');
  expect(toys.asked).toEqual(['mouse false', 'mouse true']);
});

test('T goes through every theme and comes back', () => {
  const names = Array.from({length: 4}, () => {
    toys.press('T');
    return toys.store.themeName;
  });
  expect(names).toEqual(['light', 'dark', 'contrast', 'terminal']);
});

test('Tab goes round the menu and the parts, and backwards', async () => {
  await launched();
  const stops = () => {
    toys.screen();
    return toys.store.area === 'pane' ? toys.store.page?.pane.focus : toys.store.area;
  };
  const seen = [];
  for (const key of ['tab', 'tab', 'tab', 'shift+tab', 'shift+tab']) {
    toys.press(key);
    seen.push(stops());
  }
  expect(seen).toEqual(['still', 'menu', 'rows', 'menu', 'still']);
});

describe('x, z, F9', () => {
  test('x ends the run, and then says that it has ended', async () => {
    await launched();
    toys.press('x');
    await turn();
    expect(toys.store.page?.run?.status).toBe('stopped');
    toys.press('x');
    expect(says()).toBe('It has ended already');
  });

  test('z shows the part with the keys alone', async () => {
    await launched();
    toys.press('tab', 'z');
    const text = toys.screen().join('\n');
    expect(text).toContain('Still');
    expect(text).not.toContain('Rows 2');
  });

  test('F9 launches with what a message offers', async () => {
    await launched();
    toys.press('F9');
    expect(says()).toBe('No message offers a way out');
    toys.store.say({code: 'few', says: 'Too few', fix: {title: 'ring 4 times', ask: {times: 4}}}, 'bad');
    toys.press('F9');
    await turn();
    expect(toys.store.page?.run).toMatchObject({ask: {times: 4}, state: {count: 4}});
  });
});
