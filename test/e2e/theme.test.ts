import {expect, test} from 'vitest';
import {openWirebook} from '../support/wirebook.ts';

test('T goes through the themes, and the selected chapter changes its colour with them', async () => {
  await using terminal = await openWirebook();
  await terminal.waitFor('Everything here is real');
  const colours: unknown[] = [];
  for (const name of ['light', 'dark', 'contrast', 'terminal']) {
    terminal.press('T');
    await terminal.waitFor(`+ Theme: ${name}`);
    const {x, y} = terminal.find('[3 TCP]')!;
    colours.push(terminal.cell(x, y).fg);
  }
  expect(colours).toEqual(['#0550ae', '#56d4dd', 'default', 6]);
});
