import {expect, test} from 'vitest';
import {leavesNothing} from './leaving.ts';

test('q asks while something runs, and leaves with 0', async () => {
  await leavesNothing({
    code: 0,
    async leave(terminal) {
      terminal.press('q');
      await terminal.waitFor('Leave Wirebook');
      terminal.press('enter');
      await terminal.waitFor(screen => !screen.text().includes('Leave Wirebook'));
      expect(terminal.text()).toContain('1 running');
      terminal.press('q');
      await terminal.waitFor('Leave Wirebook');
      terminal.press('y');
    },
  });
});

test('Ctrl-C leaves at once with 0', async () => {
  await leavesNothing({code: 0, leave: terminal => terminal.press('ctrl+c')});
});
