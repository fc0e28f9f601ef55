import {test} from 'vitest';
import {leavesNothing} from './leaving.ts';

test('q leaves at once with 0, also while something runs', async () => {
  await leavesNothing({code: 0, leave: terminal => terminal.press('q')});
});

test('Ctrl-C leaves at once with 0', async () => {
  await leavesNothing({code: 0, leave: terminal => terminal.press('ctrl+c')});
});
