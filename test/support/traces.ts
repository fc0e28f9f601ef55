import {readdirSync, readFileSync} from 'node:fs';

/** Every process below one, by pid, from /proc; empty where there is none. */
export function descendants(pid: number): number[] {
  const parents = new Map<number, number>();
  for (const name of list('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const parent = /^\d+ \(.*\) \S (\d+)/s.exec(read(`/proc/${name}/stat`))?.[1];
    if (parent !== undefined) parents.set(Number(name), Number(parent));
  }
  const found: number[] = [];
  for (let added = [pid]; added.length > 0; ) {
    added = [...parents].filter(([, parent]) => added.includes(parent)).map(([child]) => child);
    found.push(...added);
  }
  return found;
}

/** Whether a process is there and is not a zombie that waits to be noticed. */
export function isAlive(pid: number): boolean {
  const state = /^\d+ \(.*\) (\S)/s.exec(read(`/proc/${pid}/stat`))?.[1];
  return state !== undefined && state !== 'Z';
}

/** Addresses on which somebody listens by TCP, as /proc/net/tcp writes them: `0B00007F:0424`. */
export function listeners(): string[] {
  return read('/proc/net/tcp')
    .split('\n')
    .map(line => line.trim().split(/\s+/))
    .filter(fields => fields[3] === '0A')
    .map(fields => fields[1]!);
}

function read(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return '';
  }
}

function list(path: string): string[] {
  try {
    return readdirSync(path);
  } catch {
    return [];
  }
}
