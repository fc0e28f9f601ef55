import {expect, test} from 'vitest';
import {openWirebook} from '../support/wirebook.ts';

test('z shows one part alone, and z or Esc all of them again', async () => {
  await using terminal = await openWirebook(['data', 'struct'], {columns: 110, rows: 40});
  await terminal.waitFor('[Python]');
  const parts = () => terminal.lines().filter(line => /│─ (▸ )?[A-Z]/.test(line)).length;
  await terminal.waitFor(() => parts() > 1);
  const all = parts();
  for (const end of ['z', 'esc']) {
    terminal.press('z');
    await terminal.waitFor(() => parts() === 1);
    await terminal.waitFor('show all parts');
    terminal.press(end);
    await terminal.waitFor(() => parts() === all);
  }
  expect(terminal.text()).toContain('z');
});
