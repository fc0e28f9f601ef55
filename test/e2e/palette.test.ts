import {expect, test} from 'vitest';
import {openWirebook} from '../support/wirebook.ts';

test('the palette finds and does things, says what is not possible now, and shows the last choices first', async () => {
  await using terminal = await openWirebook();
  await terminal.waitFor('Everything here is real');
  terminal.press(':');
  await terminal.waitFor('Palette');
  terminal.type('journal');
  await terminal.waitFor('(not now: Open an experiment first)');
  terminal.press('enter');
  await terminal.waitFor('! Open an experiment first');
  terminal.press('esc');
  await terminal.waitFor(() => !terminal.text().includes('Palette'));
  terminal.press(':');
  terminal.type('theme: dark');
  await terminal.waitFor(/Palette: type.*\n.*\n.*▸ theme/);
  terminal.press('enter');
  await terminal.waitFor(() => !terminal.text().includes('Palette'));
  terminal.press(':');
  await expect(terminal.waitFor(/Palette: type.*\n.*\n.*▸ theme/)).resolves.toBeUndefined();
});
