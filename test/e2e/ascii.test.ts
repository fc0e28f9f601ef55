import {expect, test} from 'vitest';
import {choose} from '../support/explorer.ts';
import {openWirebook} from '../support/wirebook.ts';

test('ASCII only: no other character on any screen', async () => {
  await using terminal = await openWirebook([], {env: {WIREBOOK_ASCII: '1'}, columns: 100, rows: 30});
  const plain = () => expect(terminal.text()).toMatch(/^[\x20-\x7e\n]*$/);
  await terminal.waitFor('Everything here is real');
  plain();
  await choose(terminal, 'tcp half-close');
  await terminal.waitFor('> Client');
  plain();
  terminal.press('f1');
  await terminal.waitFor('Keys: type');
  plain();
  terminal.press('esc', 'esc');
  await choose(terminal, 'data struct');
  await terminal.waitFor('Format');
  plain();
  terminal.press('e');
  await terminal.waitFor('[Python]');
  plain();
});
