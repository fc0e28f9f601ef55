import {beforeEach, describe, expect, test, vi} from 'vitest';
import {openExperiment} from '../../../src/ui/control.ts';
import {edit} from '../../../src/ui/edit.ts';
import {keymap} from '../../../src/ui/keymap.ts';
import {entriesOf} from '../../../src/ui/overlays/entries.ts';
import type {ListOverlay} from '../../../src/ui/store.ts';
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

function entries(kind: ListOverlay['kind'], query = '') {
  return entriesOf(toys.store, {kind, query: edit(query), index: 0, top: 0});
}

const texts = (kind: ListOverlay['kind'], query = '') => entries(kind, query).map(({text}) => text);

describe('the palette', () => {
  test('reaches every action of the explorer and of the pane, every experiment, every run and every theme', async () => {
    await launched();
    const all = texts('palette');
    const titles = [...Object.values(keymap), ...Object.values(bell.actions)].map(({title}) => title);
    for (const title of titles) expect(all).toContain(title);
    for (const text of ['tcp bell', 'data mirror', 'data plain', 'Theme: contrast']) expect(all).toContain(text);
    expect(all.some(text => text.startsWith('Bell tone c'))).toBe(true);
  });

  test('says why something cannot be done now, and lists it after what can', async () => {
    expect(entries('palette', 'save the journal')[0]).toMatchObject({not: 'Open an experiment first'});
    await launched();
    expect(entries('palette', 'crack')[0]).toMatchObject({not: 'It has not rung enough'});
    const all = entries('palette');
    const lastPossible = all.findLastIndex(({not}) => not === undefined);
    expect(all.findIndex(({not}) => not !== undefined)).toBeGreaterThan(lastPossible);
  });

  test('what was chosen lately comes first, the last one before the others; a search goes by match', () => {
    toys.press(':');
    toys.type('theme: dark');
    toys.press('enter', ':');
    toys.type('mirror');
    toys.press('enter', 'escape');
    expect(texts('palette').slice(0, 2)).toEqual(['data mirror', 'Theme: dark']);
    expect(texts('palette', 'contrast')[0]).toBe('Theme: contrast');
    for (let count = 0; count < 30; count++) toys.store.remember(`${count}`);
    expect(toys.store.recent).toHaveLength(8);
  });

  test('an experiment is found by what it teaches, but not letter by letter', () => {
    expect(texts('palette', 'turns a word')).toEqual(['data mirror']);
    expect(texts('palette', 'twrd')).not.toContain('data mirror');
  });
});

describe('the help', () => {
  test.each([
    ['T', 'Next theme'],
    ['y', 'Copy what is selected'],
    ['F9', 'Do what the last message offers'],
    ['shift-tab', 'Previous part'],
    ['freeze', 'Freeze the view, never the capture'],
    ['melt', 'Melt it'],
    ['pgdn', 'One page down'],
  ])('%s finds %s', async (query, title) => {
    await launched();
    expect(texts('help', query)[0]).toBe(title);
  });

  test('this pane first, then the explorer, then the other experiments, which cannot be done here', async () => {
    openExperiment(toys.store, bell);
    const all = entries('help');
    expect(all[0]).toMatchObject({text: 'Ring', left: 's'});
    toys.store.page = undefined;
    const elsewhere = entries('help').find(({text}) => text === 'Bell: Ring');
    expect(elsewhere?.not).toBe('Only in Bell');
  });

  test('an action whose key an experiment has taken says so', async () => {
    toys = openToys({keys: {'tcp.bell.ring': 'y', 'shell.copy': 'y'}});
    await launched();
    expect(entries('help').find(({text}) => text === 'Copy what is selected')?.left).toBe('(taken)');
  });
});

test('messages: the last first, with the time, and Enter copies one', async () => {
  toys.store.say({code: 'a', says: 'One'}, 'bad');
  toys.clock.seconds = 7.25;
  toys.store.say({code: 'b', says: 'Two', next: 'Do that.'}, 'bad');
  expect(entries('errors').map(({left, text}) => [left, text])).toEqual([
    ['7.3 s', 'Two. Do that.'],
    ['1.0 s', 'One.'],
  ]);
  toys.press('!', 'enter');
  await turn();
  expect(toys.asked).toEqual(['copy Two. Do that.']);
});

test('runs: the last first; choosing one shows it, also after its page has gone on to another', async () => {
  await launched();
  const first = toys.store.page?.run;
  toys.press('f', 'enter');
  await turn();
  expect(toys.store.page?.run).not.toBe(first);
  expect(entries('running').map(({left}) => left)).toEqual(['#2 running', '#1 stopped']);
  toys.press('R', 'down', 'enter');
  expect(toys.store.page?.run).toBe(first);
});

test('copies of what is selected, with their lengths', async () => {
  await launched();
  expect(entries('copy')).toMatchObject([{left: '4', text: 'the row: #1 c'}]);
});
