import {readdirSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {openWirebook} from '../support/wirebook.ts';

test('S saves the journal; wirebook open shows the same rows, read-only', async () => {
  await using terminal = await openWirebook(['tcp', 'half-close', '--port', '0', '--server', '127.0.11.3']);
  await terminal.waitFor('accept()');
  await terminal.settle(300);
  terminal.press('S');
  await terminal.waitFor('Saved to');
  const [file] = readdirSync(terminal.cwd).filter(name => name.endsWith('.wirebook'));
  expect(file).toMatch(/^tcp\.half-close-\d+\.wirebook$/);
  await using again = await openWirebook(['open', join(terminal.cwd, file!)]);
  await again.waitFor('accept()');
  await again.waitFor('saved journal');
  again.press('w');
  await again.waitFor('! This is a saved journal: nothing can be done in it');
  again.press('q');
  expect(await again.exited).toEqual({code: 0, signal: undefined});
});
