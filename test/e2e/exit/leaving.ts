import {mkdtempSync, readdirSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {expect} from 'vitest';
import type {VirtualTerminal} from '../../support/terminal.ts';
import {descendants, isAlive, listeners} from '../../support/traces.ts';
import {openWirebook} from '../../support/wirebook.ts';

export interface Leaving {
  readonly code: number;
  readonly env?: Readonly<Record<string, string>>;
  leave(terminal: VirtualTerminal): void | Promise<void>;
  /** False when the terminal is gone, and nothing can be put back. */
  readonly restored?: boolean;
}

let address = 0;

/** Starts two actors and a listener, leaves, and looks for everything that could have been left behind. */
export async function leavesNothing({code, env = {}, leave, restored = true}: Leaving): Promise<string> {
  // A folder of its own: other tests use the common one at the same time.
  const folder = mkdtempSync(join(tmpdir(), 'leaving-'));
  const last = ((process.pid + address++) % 200) + 20;
  const server = `127.0.12.${last}`;
  const options = {env: {...env, TMPDIR: folder}, columns: 110, rows: 30};
  await using terminal = await openWirebook(['tcp', 'half-close', '--server', server, '--port', '7070'], options);
  await terminal.waitFor('accept()');
  await terminal.waitFor('1 running');
  const children = descendants(terminal.pid);
  const open = `${last.toString(16).padStart(2, '0').toUpperCase()}0C007F:1B9E`;
  if (process.platform === 'linux') {
    expect(children.length).toBeGreaterThan(0);
    expect(listeners()).toContain(open);
  }
  await leave(terminal);
  const ended = await terminal.exited;
  expect(ended.code).toBe(code);
  if (restored) {
    expect(terminal.modes().changed).toEqual([]);
    expect(terminal.modes().alternateScreen).toBe(false);
    expect(terminal.cursor().visible).toBe(true);
  }
  await expect.poll(() => children.filter(isAlive), {timeout: 5000}).toEqual([]);
  expect(listeners()).not.toContain(open);
  expect(readdirSync(folder).filter(name => name !== 'node-compile-cache')).toEqual([]);
  rmSync(folder, {recursive: true});
  return terminal.text();
}
