import {expect, test} from 'vitest';
import {openWirebook} from '../support/wirebook.ts';

test('the first screen: chapters, experiments with what they teach, where to begin, the keys', async () => {
  await using terminal = await openWirebook();
  await terminal.waitFor('? keys');
  const lines = terminal.lines();
  expect(lines[0]).toMatch(/^┌─ wirebook ─ \[3 TCP\] · .*5 Data.*┐$/);
  expect(lines[1]).toMatch(/^│▸ \S/);
  expect(lines.at(-1)).toMatch(/^└─ Enter open .*: palette .*\? keys .*┘$/);
  expect(terminal.modes()).toMatchObject({alternateScreen: true, cursorVisible: false, mouse: 'drag'});
  for (const line of lines.slice(1, -1)) expect(line).toMatch(/^│.*│$/);
});
