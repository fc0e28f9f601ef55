import {existsSync, readFileSync} from 'node:fs';

/** `wirebook 1.2.3`. */
export function versionLine(): string {
  return `wirebook ${version()}\n`;
}

/** Read from package.json, which lies one folder up when built and two when not. */
export function version(): string {
  for (const up of ['../package.json', '../../package.json']) {
    const file = new URL(up, import.meta.url);
    if (!existsSync(file)) continue;
    const {name, version: found} = JSON.parse(readFileSync(file, 'utf8')) as {name?: string; version?: string};
    if (name === 'wirebook' && found !== undefined) return found;
  }
  throw new Error('package.json of wirebook is not where it was built: reinstall wirebook');
}
