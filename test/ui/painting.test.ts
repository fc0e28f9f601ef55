import {beforeEach, describe, expect, test, vi} from 'vitest';
import {openExperiment} from '../../src/ui/control.ts';
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
}

test('before a launch: the form, what there is to see, and the same in another language with what is typed', () => {
  openExperiment(toys.store, bell);
  toys.press('ctrl+u', 'x');
  expect(toys.screen(62, 16).map(row => row.slice(17))).toMatchInlineSnapshot(`
    [
      "TCP] · 5 Data ──────────────────────────────┐",
      " Tone   x",
      " Times  2",
      " Mood   [calm] cross",
      " what it sounds like",
      "",
      "",
      " Rings, and counts how often it has rung.",
      "",
      " The same in Python:",
      "",
      "   ring("x")",
      "",
      "",
      "",
      "Tab next field  Ctrl-U empty it  F1 keys  ──┘",
    ]
  `);
  expect(toys.caret()).toMatchObject({y: 1});
});

test('nothing is wider than the screen and nothing wraps, at any size', async () => {
  await launched();
  for (const [width, height] of [
    [40, 12],
    [59, 20],
    [80, 24],
    [120, 36],
    [200, 60],
    [400, 120],
    [3, 2],
    [1, 1],
  ] as const) {
    for (const key of ['f', 'escape', ':', 'escape', '?', 'escape', 'r', 'escape', 'tab', 'e', 'escape']) {
      toys.press(key);
      for (const [index, row] of toys.screen(width, height).entries())
        expect(row.length, `${width}x${height} ${key} row ${index}`).toBeLessThanOrEqual(width);
    }
  }
});

describe('the header', () => {
  test('counts what runs, and drops names before it drops that', async () => {
    await launched();
    expect(toys.screen(80)[0]).toMatch(/^┌─ wirebook ─ \[3 TCP\] · 5 Data ─+ 1 running ─┐$/);
    expect(toys.screen(40)[0]).toMatch(/^┌─ \[3 TCP\] · 5 Data ─+ 1 running ─┐$/);
    expect(toys.screen(30)[0]).toMatch(/^┌─ \[3 TCP\] · 5 ─* 1 running ─┐$/);
  });

  test('what answers while one types is not running: it holds nothing open', async () => {
    openExperiment(toys.store, mirror);
    await turn();
    expect(toys.screen()[0]).not.toContain('running');
  });

  test('a frozen view counts what is new', async () => {
    await launched();
    toys.press('space');
    expect(toys.screen()[0]).toContain('⏸ +0 new');
    toys.press('s', 's');
    await turn();
    expect(toys.screen()[0]).toContain('⏸ +2 new');
    expect(toys.screen().join('\n')).toContain('Rows 2');
    toys.press('space');
    expect(toys.screen().join('\n')).toContain('Rows 4');
  });

  test('listening on more than loopback is said, for as long as it lasts', () => {
    for (const [address, said] of [
      ['127.0.0.1', false],
      ['::1', false],
      ['', false],
      ['0.0.0.0', true],
      ['127.evil.example', true],
      ['192.0.2.1', true],
    ] as const) {
      const open = {...bell, listensOn: () => address};
      const run = toys.store.bench.start(open, {tone: 'c', times: 0, mood: 'calm'});
      expect(toys.screen()[0]?.includes('open on'), address).toBe(said);
      void run.stop();
      run.status = 'stopped';
    }
  });
});

describe('the filter', () => {
  test('its reading under it while it is typed, beside it later', async () => {
    await launched();
    toys.press('/');
    expect(toys.screen(100).join('\n')).toContain('Enter keeps it, Esc clears it');
    toys.type('tone:c');
    const rows = toys.screen(100);
    const at = rows.findIndex(row => row.includes('/ tone:c'));
    expect(rows[at + 1]).toContain('Rows where tone has “c”.');
    expect(toys.caret()).toEqual({x: rows[at]!.indexOf('/') + 2 + 6, y: at});
    toys.press('enter');
    expect(toys.screen(100).join('\n')).toContain('/ tone:c  Rows where tone has “c”.');
  });

  test('a caret stands under what is wrong', async () => {
    await launched();
    toys.press('/');
    toys.type('tone:c (x');
    const rows = toys.screen(100);
    const at = rows.findIndex(row => row.includes('/ tone'));
    const caret = rows[at + 1]!.indexOf('^');
    expect(rows[at]![caret]).toBe('(');
    expect(rows[at + 1]!.slice(caret + 2)).toMatch(/^\S/);
  });

  test('= filters by what is selected', async () => {
    await launched();
    toys.screen();
    toys.press('=');
    expect(toys.screen(100).join('\n')).toContain('/ tone:c  Rows where');
  });
});

describe('messages', () => {
  test('good and bad differ by a sign, take three rows at most, and are gone with the next key', () => {
    toys.store.say({code: 'a', says: 'It went well'}, 'good');
    expect(toys.screen()[22]).toMatch(/^ {2}\+ It went well/);
    toys.store.say({code: 'b', says: 'word '.repeat(200)}, 'bad');
    const rows = toys.screen();
    expect(rows[20]).toMatch(/^ {2}! word/);
    expect(rows[22]).toMatch(/…$/);
    expect(rows[19]).not.toContain('word');
    toys.press('down');
    expect(toys.screen().join('\n')).not.toContain('word');
    expect(toys.store.messages).toHaveLength(2);
  });
});

test('hostile text typed into a field and shown in a row reaches no cell as it is', async () => {
  openExperiment(toys.store, bell);
  toys.press('ctrl+u');
  toys.type('\u202e\u200bx\u009b');
  expect(toys.screen().join('')).not.toMatch(/[\u202a-\u202e\u200b\x80-\x9f\x00-\x1f]/);
  toys.press('enter');
  await turn();
  const text = toys.screen().join('\n');
  expect(text).not.toMatch(/[\u202a-\u202e\u200b\x80-\x9f]/);
  expect(text).toContain('\\u{202e}');
});
