import {spawn} from 'node:child_process';
import {accessSync, constants} from 'node:fs';
import {writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {delimiter, join, resolve} from 'node:path';
import {type CopyTool, copy} from '../terminal/clipboard.ts';

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
    has: isInPath,
    run: runTool,
    folder: tmpdir(),
  });
  return result.ok ? {how: result.say} : {how: result.say, failed: true};
}

/** Writes a file that did not exist before, into the folder the program was started in. Gives its path. */
export async function saveNew(name: string, text: string): Promise<string> {
  for (let count = 0; ; count++) {
    const path = resolve(count === 0 ? name : name.replace(/(\.\w+)$/, `-${count}$1`));
    try {
      await writeFile(path, text, {flag: 'wx', mode: 0o600});
      return path;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST' || count > 999) throw error;
    }
  }
}

function isInPath(program: string): boolean {
  return (process.env['PATH'] ?? '').split(delimiter).some(folder => {
    try {
      accessSync(join(folder, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/** A clipboard program that does not end in two seconds is left to itself: some stay to serve what they hold. */
function runTool(tool: CopyTool, text: string): Promise<boolean> {
  return new Promise(done => {
    const child = spawn(tool.program, tool.args, {stdio: ['pipe', 'ignore', 'ignore'], detached: true});
    const late = setTimeout(() => done(true), 2000);
    child.on('error', () => done(false));
    child.on('exit', code => {
      clearTimeout(late);
      done(code === 0);
    });
    child.stdin.on('error', () => undefined);
    child.stdin.end(text);
    child.unref();
  });
}
