import {existsSync, mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join, resolve} from 'node:path';
import {openTerminal, type TerminalOptions, type VirtualTerminal} from './terminal.ts';

const root = resolve(import.meta.dirname, '../..');
const pinned = join(root, 'node_modules/.bin/node');

/** The Node that the project pins, or the one that runs this. */
export const nodeProgram = existsSync(pinned) ? pinned : process.execPath;

export const wirebookScript = join(root, 'bin/wirebook.js');

/**
 * Starts the built Wirebook in a terminal, in an empty folder of its own with a configuration of its own, which are gone
 * when the terminal is closed.
 */
export async function openWirebook(
  args: readonly string[] = [],
  options: Partial<Omit<TerminalOptions, 'command' | 'args' | 'cleanUp'>> = {},
): Promise<VirtualTerminal> {
  const home = mkdtempSync(join(tmpdir(), 'wirebook-'));
  const env = {
    HOME: home,
    XDG_CONFIG_HOME: join(home, 'config'),
    XDG_STATE_HOME: join(home, 'state'),
    XDG_DATA_HOME: join(home, 'data'),
    XDG_CACHE_HOME: join(home, 'cache'),
    ...options.env,
  };
  return openTerminal({
    columns: 120,
    rows: 40,
    cwd: home,
    ...options,
    env,
    command: nodeProgram,
    args: [wirebookScript, ...args],
    cleanUp: () => rmSync(home, {recursive: true, force: true}),
  });
}
