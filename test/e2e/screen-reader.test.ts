import {expect, test} from 'vitest';
import {openWirebook} from '../support/wirebook.ts';

test('screen reader: numbered menus, questions, lines only ever added', async () => {
  await using terminal = await openWirebook([], {env: {WIREBOOK_SCREEN_READER: '1'}, columns: 100, rows: 60});
  await terminal.waitFor('Which experiment?');
  expect(terminal.text()).toMatch(/\d\. Data, struct\. /);
  const number = /(\d+)\. Data, struct/.exec(terminal.text())![1]!;
  terminal.type('99\r');
  await terminal.waitFor('There is no 99.');
  terminal.type(`${number}\r`);
  await terminal.waitFor(/Enter for/);
  expect(terminal.raw()).not.toContain(0x1b);
  terminal.type('q\r');
  expect((await terminal.exited).code).toBe(0);
});
