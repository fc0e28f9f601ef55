import {expect, test} from 'vitest';
import {openWirebook} from '../support/wirebook.ts';

test('a filter is read aloud while it is typed, a caret shows what is wrong, Enter keeps it and Esc clears it', async () => {
  await using terminal = await openWirebook(['tcp', 'half-close', '--port', '0', '--server', '127.0.11.1']);
  await terminal.waitFor('accept()');
  terminal.press('/');
  await terminal.waitFor('Enter keep it');
  terminal.type('call:bind');
  await terminal.waitFor(/Rows where call/);
  terminal.type(' (');
  await terminal.waitFor(/\^ /);
  const lines = terminal.lines();
  const typed = lines.findIndex(line => line.includes('/ call:bind ('));
  expect(typed).toBeGreaterThan(0);
  expect(lines[typed + 1]).toMatch(/\^ \S/);
  const caret = lines[typed + 1]!.indexOf('^');
  const from = lines[typed]!.indexOf('/ ') + 2;
  expect(caret).toBeGreaterThanOrEqual(from);
  expect(caret).toBeLessThanOrEqual(from + 'call:bind ('.length);
  terminal.press('backspace', 'backspace', 'enter');
  await terminal.waitFor(/\/ call:bind {2}Rows where/);
  terminal.press('esc');
  await terminal.waitFor(() => !terminal.text().includes('call:bind'));
});
