import {describe, expect, test} from 'vitest';
import {allExperiments} from '../../src/chapters/registry.ts';
import {keymap, keyName, movements} from '../../src/ui/keymap.ts';
import {briefly, effective, experimentBindings, shellBindings} from '../../src/ui/keys.ts';
import {bell} from './toys/experiments.ts';

test('no hint of an experiment ends in the middle of what it says', () => {
  for (const experiment of allExperiments)
    for (const {brief, title} of experimentBindings(experiment, {}))
      expect(brief, title).not.toMatch(/ (?:until|another|every|one|which|that|as it)$/);
});

describe('the table', () => {
  const all = Object.values(keymap).flatMap(({keys}) => [...keys]) as string[];
  const moving = movements.flatMap(({keys}) => [...keys]) as string[];

  test('no key is given twice, nor to a movement as well', () => {
    expect(new Set([...all, ...moving]).size).toBe(all.length + moving.length);
  });

  test('none is a shell’s, tmux’s or zellij’s: no Ctrl+letter of theirs, no Alt+letter', () => {
    expect([...all, ...moving].filter(key => /^ctrl\+[abghnoqstz]$|^alt\+/.test(key))).toEqual([]);
  });

  test('every action that a letter does can also be found by a name', () => {
    for (const {title} of Object.values(keymap)) expect(title).toMatch(/^[A-Z]/);
  });
});

test('names of keys, as the help writes them', () => {
  const names = ['escape', 'shift+tab', 'ctrl+c', 'space', 'F5', 'a', 'A', 'pageup', 'ctrl+up', '?'].map(keyName);
  expect(names).toEqual(['Esc', 'Shift-Tab', 'Ctrl-C', 'Space', 'F5', 'a', 'A', 'PgUp', 'Ctrl-Up', '?']);
});

test('a remapped action answers to its new key only', () => {
  const quit = shellBindings({'shell.quit': 'Q'}).find(({id}) => id === 'shell.quit');
  expect(quit?.keys).toEqual(['Q']);
  expect(experimentBindings(bell, {'tcp.bell.ring': 'k'})[0]).toMatchObject({id: 'ring', keys: ['k']});
});

test('who comes first keeps a key; who has none left keeps none', () => {
  const bound = {title: '', brief: '', where: 'pane', hint: 0} as const;
  const [first, second, third] = effective([
    {...bound, id: 'a', keys: ['s', 't']},
    {...bound, id: 'b', keys: ['t', 'u']},
    {...bound, id: 'c', keys: ['s']},
  ]);
  expect([first?.keys, second?.keys, third?.keys]).toEqual([['s', 't'], ['u'], []]);
});

test.each([
  ['Palette: find and do anything', 'palette'],
  ['SHUT_WR: end sending', 'SHUT_WR'],
  ['Explain what is selected', 'explain'],
  ['Send a byte of urgent data', 'send a byte'],
  ['Swap the byte order', 'swap the byte order'],
  ['Look for the next frame', 'look'],
  ['End the child’s process', 'end'],
  ['What is running', 'what is running'],
  ['close() the socket', 'close() the socket'],
  ['Anextraordinarilylongword', 'anextraordinarilylongword'],
  ['TCP options', 'TCP options'],
])('“%s” is “%s” among the hints', (title, brief) => {
  expect(briefly(title)).toBe(brief);
});
