import {expect, test} from 'vitest';
import {openWirebook} from '../support/wirebook.ts';

test('freezing stops the view and counts what is new; the capture goes on', async () => {
  await using terminal = await openWirebook(['tcp', 'half-close', '--port', '0', '--server', '127.0.11.2']);
  await terminal.waitFor('accept()');
  await terminal.settle(300);
  terminal.press('space');
  await terminal.waitFor('⏸ +0 new');
  await terminal.waitFor('Space go on');
  terminal.press('w');
  await terminal.waitFor(/⏸ \+[1-9]\d* new/);
  expect(terminal.text()).not.toContain('shutdown(SHUT_WR) = 0');
  terminal.press('space');
  await terminal.waitFor('shutdown(SHUT_WR)');
  expect(terminal.text()).not.toContain('⏸');
});
