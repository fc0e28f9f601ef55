import {readdir, readFile, readlink} from 'node:fs/promises';

/** A process that has a socket open, and under which number. */
export interface Holder {
  pid: number;
  fd: number;
  /** The command line, its words with spaces between; the name in brackets when there is none. */
  command: string;
}

/**
 * Who holds these sockets, by inode: reads /proc/PID/fd of every process that this user may look into. Processes of other
 * users are left out, because the kernel does not tell; so an empty list does not mean that nobody holds it.
 */
export async function findHolders(inodes: readonly number[], root = '/proc'): Promise<Map<number, Holder[]>> {
  const wanted = new Map(inodes.filter(inode => inode !== 0).map(inode => [`socket:[${inode}]`, inode]));
  const found = new Map<number, Holder[]>();
  if (wanted.size === 0) return found;
  const processes = (await list(root)).filter(name => /^\d+$/.test(name));
  await Promise.all(processes.map(pid => lookInto(root, pid, wanted, found)));
  for (const holders of found.values()) holders.sort((a, b) => a.pid - b.pid || a.fd - b.fd);
  return found;
}

async function lookInto(
  root: string,
  pid: string,
  wanted: ReadonlyMap<string, number>,
  found: Map<number, Holder[]>,
): Promise<void> {
  for (const fd of await list(`${root}/${pid}/fd`)) {
    const inode = wanted.get(await readlink(`${root}/${pid}/fd/${fd}`).catch(() => ''));
    if (inode === undefined) continue;
    const holder = {pid: Number(pid), fd: Number(fd), command: await commandOf(`${root}/${pid}`)};
    found.set(inode, [...(found.get(inode) ?? []), holder]);
  }
}

async function commandOf(folder: string): Promise<string> {
  const words = (await read(`${folder}/cmdline`)).split('\0').filter(word => word !== '');
  return words.length > 0 ? words.join(' ') : `[${(await read(`${folder}/comm`)).trim()}]`;
}

/** A process may end, or belong to somebody else, at any moment: then there is nothing to tell. */
function list(folder: string): Promise<string[]> {
  return readdir(folder).catch(() => []);
}

function read(path: string): Promise<string> {
  return readFile(path, 'utf8').catch(() => '');
}
