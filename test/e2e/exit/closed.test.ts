import {expect, test} from 'vitest';
import {descendants, isAlive, listeners} from '../../support/traces.ts';
import {openWirebook} from '../../support/wirebook.ts';

const noProc = process.platform !== 'linux' && 'needs /proc to see who is left';
if (noProc) console.warn(`closed.test.ts: ${noProc}`);

test.skipIf(noProc)('a terminal that is closed ends the program and everything it started', async () => {
  const terminal = await openWirebook(['tcp', 'half-close', '--server', '127.0.13.7', '--port', '7071']);
  await terminal.waitFor('accept()');
  const all = [terminal.pid, ...descendants(terminal.pid)];
  expect(all.length).toBeGreaterThan(1);
  expect(listeners()).toContain('070D007F:1B9F');
  terminal.hangUp();
  await expect.poll(() => all.filter(isAlive), {timeout: 8000}).toEqual([]);
  expect(listeners()).not.toContain('070D007F:1B9F');
  await terminal[Symbol.asyncDispose]();
});
