import {expect, test} from 'vitest';
import {openWirebook} from '../support/wirebook.ts';

test('the help is found by name and by key, and does what it lists', async () => {
  await using terminal = await openWirebook(['data', 'struct']);
  await terminal.waitFor('Format');
  terminal.press('?');
  await terminal.waitFor('Keys: type a name');
  terminal.type('theme');
  await terminal.waitFor(/▸ T +Next theme/);
  terminal.press('ctrl+u');
  terminal.type('T');
  await terminal.waitFor(/▸ T +Next theme/);
  terminal.press('ctrl+u', 'f6');
  await terminal.waitFor(/▸ z F6 +Zoom/);
  terminal.press('ctrl+u');
  terminal.type('theme');
  await terminal.waitFor(/▸ T +Next theme/);
  terminal.press('enter');
  await expect(terminal.waitFor('+ Theme: light')).resolves.toBeUndefined();
});
