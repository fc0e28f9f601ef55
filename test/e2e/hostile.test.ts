import {expect, test} from 'vitest';
import {openWirebook} from '../support/wirebook.ts';

test('CJK, emoji and hostile bytes: shown in their places, and never sent raw', async () => {
  await using terminal = await openWirebook(['data', 'struct'], {columns: 110, rows: 36});
  await terminal.waitFor('Format');
  terminal.press('f', 'tab', 'tab', 'ctrl+u');
  await terminal.waitFor(/▸ Values/);
  terminal.type("1, 2, '漢字👩‍👩‍👧é'");
  await terminal.waitFor("'漢字");
  const {x, y} = terminal.find('漢')!;
  expect([terminal.cell(x, y).width, terminal.cell(x + 2, y).char]).toEqual([2, '字']);
  terminal.press('backspace', 'backspace', 'backspace');
  await terminal.waitFor(() => terminal.cursor().x === x + 4);
  const mark = terminal.raw().length;
  // A bidirectional override, a title sequence without its escape, C1 controls, a zero-width space.
  terminal.paste("\u202eevil\u202c\x1b]0;owned\x07\x9b31m\u200b', 4)");
  await terminal.waitFor('evil');
  terminal.press('tab');
  await terminal.settle(200);
  const sent = Buffer.from(terminal.raw()).subarray(mark).toString('utf8');
  expect(sent).not.toMatch(/[\u202a-\u202e\u2066-\u2069\u200b\x80-\x9f]|\x1b\]0|\x07/u);
  for (const line of terminal.lines().slice(1, -1)) expect(line.endsWith('│')).toBe(true);
});
