import {expect, test} from 'vitest';
import {openWirebook} from '../support/wirebook.ts';

test('menu, Query, Enter: the lab comes up and answers; another type is one key away', async () => {
  await using terminal = await openWirebook([], {columns: 120, rows: 36});
  await terminal.waitFor('Everything here is real');
  expect(terminal.text()).not.toContain('lab on');
  terminal.press('4');
  await terminal.waitFor('Workspace');
  terminal.press('down', 'down', 'enter');
  await terminal.waitFor(/▸ Name +www\.example\.test/);
  terminal.press('enter');
  await terminal.waitFor(/www\.example\.test\. +3600 IN A +127\.4\.3\.80/);
  expect(terminal.text()).toContain('status: NOERROR');
  expect(terminal.text()).toContain('lab on');
  terminal.press('t');
  await terminal.waitFor('Enter do it');
  terminal.press('ctrl+u');
  terminal.type('AAAA');
  terminal.press('enter');
  // It is there, and has no such record.
  await terminal.waitFor(/www\.example\.test\. AAAA .* NOERROR +0 answers/);
  expect(terminal.text()).toMatch(/IN SOA +ns1\.example\.test\./);
  terminal.press('ctrl+c');
  expect((await terminal.exited).code).toBe(0);
  expect(terminal.modes().alternateScreen).toBe(false);
});
