import {expect, test} from 'vitest';
import {openWirebook} from '../support/wirebook.ts';

test('e explains what is selected, with the same in four languages; Esc closes it', async () => {
  await using terminal = await openWirebook(['data', 'struct']);
  await terminal.waitFor('Format');
  terminal.press('e');
  await terminal.waitFor('[Python]');
  await terminal.waitFor('struct.pack');
  terminal.press('right', 'right');
  await terminal.waitFor('[Node]');
  terminal.press('left');
  await terminal.waitFor('[C]');
  terminal.press('y');
  await terminal.waitFor('The code: copied');
  terminal.press('esc');
  await expect(terminal.waitFor(() => !terminal.text().includes('[C]'))).resolves.toBeUndefined();
});
