import {expect, test} from 'vitest';
import {choose} from '../support/explorer.ts';
import {openWirebook} from '../support/wirebook.ts';

test('a wrong value is answered by a sentence, the caret stays, and the mended form launches', async () => {
  await using terminal = await openWirebook([], {columns: 100, rows: 30});
  await terminal.waitFor('Everything here is real');
  await choose(terminal, 'tcp half-close');
  await terminal.waitFor(/▸ Client/);
  terminal.press('tab', 'tab', 'ctrl+u');
  terminal.type('65536x');
  await terminal.waitFor('65536x');
  const caret = () => terminal.cursor();
  const before = caret();
  expect(before.visible).toBe(true);
  expect(terminal.lines()[before.y]).toContain('65536x');
  terminal.press('enter');
  await terminal.waitFor(/! .*not a whole number/);
  await terminal.waitFor('from 0 to 65535');
  expect(caret()).toEqual(before);
  terminal.press('left', 'left');
  await terminal.waitFor(() => caret().x === before.x - 2);
  terminal.press('end', 'ctrl+u');
  terminal.type('0');
  await terminal.waitFor(() => !terminal.text().includes('not a whole number'));
  terminal.press('enter');
  await terminal.waitFor('1 running');
});
