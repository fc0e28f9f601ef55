import {expect, test} from 'vitest';
import {openWirebook} from '../support/wirebook.ts';

test('a dumb terminal gets lines that are only added, and no escape at all', async () => {
  await using terminal = await openWirebook([], {env: {TERM: 'dumb', COLORTERM: undefined}});
  await terminal.waitFor('Which experiment?');
  expect(terminal.raw()).not.toContain(0x1b);
  terminal.type('q\r');
  expect((await terminal.exited).code).toBe(0);
});
