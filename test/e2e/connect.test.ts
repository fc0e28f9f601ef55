import {expect, test} from 'vitest';
import {openWirebook} from '../support/wirebook.ts';
import {alive} from '../world/support/actors.ts';
import {eventually, noLibc} from '../world/support/tools.ts';

test.skipIf(noLibc)('menu, Connect, Enter: connected with what is in the form; what is sent comes back', async () => {
  await using terminal = await openWirebook([], {columns: 120, rows: 36});
  await terminal.waitFor('Everything here is real');
  terminal.press('3', 'enter');
  await terminal.waitFor(/▸ Host +127\.0\.0\.1/);
  expect(terminal.text()).toMatch(/Echo server +\[auto\] yes +no/);
  terminal.press('enter');
  await terminal.waitFor('ESTABLISHED');
  // Somebody on this machine may listen on that port: then they are connected to.
  const own = /Our echo server \(pid (\d+)\)/.exec(terminal.text());
  if (own === null) {
    console.warn('somebody listens on 127.0.0.1:1060, so no echo server was started');
    return;
  }
  terminal.press('s');
  await terminal.waitFor('Send text');
  terminal.press('ctrl+u');
  terminal.type('over and back');
  terminal.press('enter');
  await terminal.waitFor(/▶ +14 over and back\\n/);
  await terminal.waitFor(/◀ +14 over and back\\n/);
  terminal.press('c');
  await terminal.waitFor('closed');
  const pid = Number(own[1]);
  await eventually(
    () => alive(pid),
    still => !still,
  );
  expect(alive(pid)).toBe(false);
});
