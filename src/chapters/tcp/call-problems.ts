import {type Problem, ProblemError} from '../../journal/problem.ts';
import type {KernelSocket} from '../../world/kernel/socket.ts';
import {addressText, type SocketAddress} from '../../world/libc/address.ts';
import {errnoEntry} from '../../world/libc/errno.ts';
import type {CallRecord} from '../../world/libc/record.ts';
import type {World} from '../../world/world.ts';

/** A failed call as a problem: `says` is the table's sentence unless a better one is given. */
export function callProblem(record: CallRecord, better: Partial<Problem> = {}): Problem {
  const {name, sentence, next} = errnoEntry(record.errno ?? 'EIO');
  return {code: `tcp.${name.toLowerCase()}`, says: sentence, next, errno: name, ...better};
}

/** Waits for a call that has to succeed; throws a ProblemError that says which call failed and why. */
export async function must(call: Promise<CallRecord>): Promise<CallRecord> {
  const record = await call;
  if (record.errno === undefined) return record;
  const {says, ...problem} = callProblem(record);
  throw new ProblemError({...problem, says: `${record.name}() failed: ${says.replace(/\.$/, '')}`});
}

/** Calls libc, or says why nothing here can. */
export async function needLibc(world: World): Promise<void> {
  const {libc} = await world.capabilities();
  if (libc.available) return;
  throw new ProblemError({
    code: 'tcp.no-libc',
    says: `This needs the C library’s own socket calls, which are not to be had here: ${libc.why}`,
    next: 'Run it on Linux, where koffi has a build for the machine. wirebook doctor shows what there is.',
  });
}

/**
 * Why bind() to this address failed with EADDRINUSE: who holds the port, as far as this user may know, and a free one a
 * key away. `field` is the field of the experiment that asks for the port.
 */
export async function portInUse(world: World, address: SocketAddress, field = 'port'): Promise<Problem> {
  const port = address.family === 'AF_UNIX' ? 0 : address.port;
  const listeners = await world.kernel.whoListens(port);
  const others = listeners.length > 0 ? [] : await world.kernel.sockets({localPort: port, withoutInfo: true});
  const [step, why] =
    others.length === 0
      ? ['Stop it', '']
      : others.every(({state}) => state === 'TIME_WAIT')
        ? ['Wait a minute', ', left by a server that had not set SO_REUSEADDR, and on Linux both servers have to']
        : ['Wait until it is over', ''];
  return {
    code: 'tcp.eaddrinuse',
    errno: 'EADDRINUSE',
    says: `Port ${port} is taken: ${[...listeners.map(holderText), ...summary(others)].join('; ') || 'the kernel does not say by whom'}${why}`,
    next: `${step}, choose another port, or let the kernel choose a free one.`,
    fix: {title: 'Let the kernel choose a free port', ask: {[field]: 0}},
  };
}

function holderText({socket, holders}: {socket: KernelSocket; holders: {pid: number; command: string}[]}): string {
  const where = addressText(socket.local);
  const [holder] = holders;
  if (holder === undefined) return `somebody else’s process listens on ${where}`;
  const command = holder.command.length > 60 ? `${holder.command.slice(0, 59)}…` : holder.command;
  return `process ${holder.pid} (${command}) listens on ${where}`;
}

/** Nobody listens, yet connections that have not run out hold the port. */
function summary(sockets: readonly KernelSocket[]): string[] {
  const [first] = sockets;
  if (first === undefined) return [];
  const more = sockets.length === 1 ? '' : ` and ${sockets.length - 1} more`;
  return [`a connection in ${first.state} to ${addressText(first.remote)}${more}`];
}
