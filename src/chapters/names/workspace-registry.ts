import {mkdir, readFile, rename, writeFile} from 'node:fs/promises';
import {homedir} from 'node:os';
import {dirname, join} from 'node:path';

export interface Registered {
  readonly path: string;
  readonly created: string;
}

/** `$XDG_STATE_HOME/wirebook/workspaces.json`, by the XDG rules: a relative path there counts as unset. */
export function registryFile(environment: Readonly<Record<string, string | undefined>> = process.env): string {
  const base = environment['XDG_STATE_HOME'];
  const state = base?.startsWith('/') === true ? base : join(homedir(), '.local', 'state');
  return join(state, 'wirebook', 'workspaces.json');
}

/** The workspaces that were made on this machine, in the order in which they were; nothing of a file that makes no sense. */
export async function readRegistry(file = registryFile()): Promise<readonly Registered[]> {
  try {
    const value: unknown = JSON.parse(await readFile(file, 'utf8'));
    if (!Array.isArray(value)) return [];
    return value.flatMap((one: unknown) => {
      const {path, created} = (one ?? {}) as Partial<Registered>;
      return typeof path === 'string' ? [{path, created: typeof created === 'string' ? created : ''}] : [];
    });
  } catch {
    return [];
  }
}

/** Notes a workspace; one that is noted already keeps its place. */
export async function register(path: string, file = registryFile()): Promise<void> {
  const known = await readRegistry(file);
  if (known.some(one => one.path === path)) return;
  await mkdir(dirname(file), {recursive: true});
  // Replaced in one step: whoever reads it meanwhile sees the old or the new.
  const draft = `${file}.${process.pid}`;
  await writeFile(draft, `${JSON.stringify([...known, {path, created: new Date().toISOString()}], undefined, 2)}\n`);
  await rename(draft, file);
}
