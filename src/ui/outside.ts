import {writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join, resolve} from 'node:path';
import {copy} from '../terminal/clipboard.ts';
import {isInPath, runTool} from '../terminal/clipboard-tools.ts';

/** How a copy went: by which way, or why by none. */
export interface CopyOutcome {
  readonly how: string;
  readonly failed?: boolean;
}

/** Copies through the terminal, a clipboard program, or into a file, and says which. */
export async function copyOut(text: string, send: (sequence: string) => void): Promise<CopyOutcome> {
  const result = await copy(text, {
    env: process.env,
    platform: process.platform,
    send,
    has: program => isInPath(program, process.env),
    run: runTool,
    folder: tmpdir(),
  });
  return result.ok ? {how: result.say} : {how: result.say, failed: true};
}

/**
 * Writes a file that did not exist before, into the journals of the active workspace, or the folder the program was started in.
 * Gives its path.
 */
export async function saveNew(
  name: string,
  text: string,
  workspace = process.env['WIREBOOK_WORKSPACE'],
): Promise<string> {
  const folder = workspace === undefined || workspace === '' ? '.' : join(workspace, 'journals');
  for (let count = 0; ; count++) {
    const path = resolve(folder, count === 0 ? name : name.replace(/(\.\w+)$/, `-${count}$1`));
    try {
      await writeFile(path, text, {flag: 'wx', mode: 0o600});
      return path;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST' || count > 999) throw error;
    }
  }
}
