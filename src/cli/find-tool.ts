import {execFile} from 'node:child_process';
import {accessSync, constants, statSync} from 'node:fs';
import {delimiter, join} from 'node:path';

/** Where a program lies in PATH, or `undefined`. */
export function findTool(name: string, env: Readonly<Record<string, string | undefined>>): string | undefined {
  return (env.PATH ?? '')
    .split(delimiter)
    .filter(folder => folder !== '')
    .map(folder => join(folder, name))
    .find(runs);
}

/** The first line of what a program says of its version; `''` when it says nothing within two seconds. */
export function versionOf(path: string, flag: string): Promise<string> {
  return new Promise(done => {
    execFile(path, [flag], {timeout: 2000, encoding: 'utf8'}, (_error, out, complaint) => {
      done((out || complaint).split('\n')[0]!.trim().slice(0, 60));
    });
  });
}

function runs(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
