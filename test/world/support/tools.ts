import {spawnSync} from 'node:child_process';
import {openNative} from '../../../src/world/libc/ffi.ts';

/** Whether a tool is there; says so aloud when it is not, because a check is then left out. */
export function has(tool: string, ...probe: string[]): boolean {
  const found = spawnSync(tool, probe.length === 0 ? ['--version'] : probe).error === undefined;
  if (!found) console.warn(`${tool} is not installed: the checks against it are left out`);
  return found;
}

export function run(tool: string, args: string[], input?: string): string {
  const done = spawnSync(tool, args, {encoding: 'utf8', ...(input !== undefined && {input})});
  if (done.status !== 0) throw new Error(`${tool} ${args.join(' ')}: ${done.stderr}`);
  return done.stdout;
}

const opened = openNative();
if (!opened.available) console.warn(`no libc, so the tests of real sockets are left out: ${opened.why}`);

/** For `test.skipIf`: there is no libc to call. */
export const noLibc = !opened.available;

/** Asks again until it is so: for what the kernel or another process does in its own time. */
export async function eventually<T>(ask: () => T | Promise<T>, good: (value: T) => boolean, within = 5000): Promise<T> {
  const until = performance.now() + within;
  for (;;) {
    const value = await ask();
    if (good(value) || performance.now() > until) return value;
    await new Promise(done => setTimeout(done, 10));
  }
}
