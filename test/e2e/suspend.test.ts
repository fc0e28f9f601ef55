import {readFileSync} from 'node:fs';
import {expect, test} from 'vitest';
import {openWirebook} from '../support/wirebook.ts';

const noProc = process.platform !== 'linux' && 'needs /proc to see that the process has stopped';
if (noProc) console.warn(`suspend.test.ts: ${noProc}`);

test.skipIf(noProc)('Ctrl-Z gives the terminal back and stops; SIGCONT takes it again and repaints', async () => {
  await using terminal = await openWirebook(['data', 'struct'], {columns: 100, rows: 30});
  await terminal.waitFor('[Python]');
  await terminal.waitFor('? keys');
  const before = terminal.text();
  const state = () => /^\d+ \(.*\) (\S)/.exec(readFileSync(`/proc/${terminal.pid}/stat`, 'latin1'))![1];
  terminal.press('ctrl+z');
  await terminal.waitFor(() => terminal.modes().changed.length === 0);
  await expect.poll(state, {timeout: 5000}).toBe('T');
  terminal.resize(90, 28);
  terminal.resize(100, 30);
  terminal.signal('SIGCONT');
  await terminal.waitFor(() => terminal.modes().alternateScreen);
  await terminal.waitFor(() => terminal.text() === before);
  terminal.press('q');
  expect((await terminal.exited).code).toBe(0);
  expect(terminal.modes().changed).toEqual([]);
});
