import {expect, test} from 'vitest';
import {choose} from '../support/explorer.ts';
import {openWirebook} from '../support/wirebook.ts';

test('a paste is typed where text is typed, on one line, never acts as keys, and is refused elsewhere', async () => {
  await using terminal = await openWirebook([], {columns: 100, rows: 30});
  await terminal.waitFor('Everything here is real');
  terminal.paste('q\x03q');
  await terminal.waitFor('! Nothing takes text here');
  await choose(terminal, 'tcp half-close');
  await terminal.waitFor(/▸ Client/);
  terminal.press('ctrl+u');
  terminal.paste('127.0.3.1\r\n');
  await terminal.waitFor(/▸ Client +127\.0\.3\.1/);
  terminal.paste(' a\nb\x1b[2Jc');
  await terminal.waitFor(/127\.0\.3\.1 a b\[2Jc/);
  await terminal.waitFor('! 1 characters that cannot be typed were left out');
  expect(terminal.cursor().visible).toBe(true);
});
