import {execFile} from 'node:child_process';
import {existsSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import type {Actor, ActorOptions} from '../world/actors/actor.ts';
import type {World} from '../world/world.ts';

/** An actor that was started where it was to be, or the sentence that says why this machine does not allow it. */
export type Apart = {readonly ok: true; readonly actor: Actor} | {readonly ok: false; readonly why: string};

export interface ApartOptions {
  /** What /etc/nsswitch.conf says of hosts in there: `dns`, or a module that does not exist. Default: as outside. */
  readonly hosts?: string;
}

/** Addresses kept for documentation (RFC 5737 §3). In here a route says that nobody can be reached there. */
export const unreachableNetwork = '203.0.113.0/24';

/**
 * Starts an actor in a network of its own, which has a loopback interface and nothing else: not one packet can leave
 * it. Its name server is 127.0.0.1, where nobody listens until somebody does. Linux namespaces, by unshare(1).
 */
export async function startApart(world: World, options: ActorOptions, apart: ApartOptions = {}): Promise<Apart> {
  const missing = ['unshare', 'ip', 'mount'].filter(tool => !onPath(tool));
  if (missing.length > 0)
    return {ok: false, why: `a network of its own needs ${missing.join(' and ')}, not installed here`};
  const folder = mkdtempSync(join(tmpdir(), 'wirebook-apart-'));
  try {
    writeFileSync(join(folder, 'resolv.conf'), 'nameserver 127.0.0.1\noptions timeout:1 attempts:1\n');
    writeFileSync(join(folder, 'nsswitch.conf'), `hosts: ${apart.hosts ?? 'dns'}\n`);
    const words = ['unshare', '--user', '--map-root-user', '--net', '--mount', 'sh', '-c', prepare, 'wirebook', folder];
    const refusal = await tryOut([...words, 'true']);
    if (refusal !== undefined) return {ok: false, why: `a network of its own is not allowed here: ${refusal}`};
    return {ok: true, actor: await world.actors.start({...options, within: words})};
  } finally {
    // What is mounted stays as long as the actor lives, whatever becomes of the names.
    rmSync(folder, {recursive: true, force: true});
  }
}

/** Starts an actor that has no privilege over this machine, whoever started Wirebook: a user namespace takes it away. */
export async function startUnprivileged(world: World, options: ActorOptions): Promise<Apart> {
  if (process.getuid?.() !== 0) return {ok: true, actor: await world.actors.start(options)};
  if (!onPath('unshare'))
    return {ok: false, why: 'root may do it, and unshare, which would take the privilege away, is not installed'};
  const refusal = await tryOut(['unshare', '--user', '--', 'true']);
  if (refusal !== undefined)
    return {ok: false, why: `root may do it, and the privilege cannot be put down: ${refusal}`};
  return {ok: true, actor: await world.actors.start({...options, within: ['unshare', '--user', '--']})};
}

/** Run by `sh -c` inside. The name service cache is a process outside, which would ask the real name servers. */
const prepare = `
set -e
ip link set lo up
ip route add unreachable ${unreachableNetwork}
mount --bind "$1/resolv.conf" /etc/resolv.conf
mount --bind "$1/nsswitch.conf" /etc/nsswitch.conf
if [ -d /var/run/nscd ]; then mount -t tmpfs none /var/run/nscd; fi
shift
exec "$@"
`;

function onPath(tool: string): boolean {
  const folders = `${process.env['PATH'] ?? ''}:/usr/sbin:/sbin`.split(':');
  return folders.some(folder => folder !== '' && existsSync(join(folder, tool)));
}

/** Resolves with the first line of complaint, or nothing when the command went well. */
function tryOut(words: readonly string[]): Promise<string | undefined> {
  return new Promise(done => {
    execFile(words[0]!, words.slice(1), {timeout: 3000, encoding: 'utf8'}, (error, _out, complaint) => {
      done(error === null ? undefined : complaint.trim().split('\n')[0] || error.message.split('\n')[0]);
    });
  });
}
