import type {Problem} from '../../journal/problem.ts';
import {addressText, isLoopback, type SocketAddress} from '../../world/libc/address.ts';
import {errnoEntry} from '../../world/libc/errno.ts';
import type {World} from '../../world/world.ts';
import type {Failed} from './dial.ts';

/** Why this address could not be connected to, as far as this machine knows, and what to try. */
export async function unreachable(
  world: World,
  ask: {readonly local: string; readonly port: number; readonly lab: string},
  address: SocketAddress,
  {errno, why, timeout}: Failed,
): Promise<Problem> {
  const there = addressText(address);
  if (errno === undefined) return {code: 'tcp.connect', says: `Connecting to ${there} failed: ${why}`};
  const {name, sentence, next} = errnoEntry(errno);
  const code = `tcp.${name.toLowerCase()}`;
  if (name === 'ECONNREFUSED')
    return {
      code,
      errno: name,
      says: `Nobody listens on ${there}`,
      next: await elsewhere(world, address, ask.port),
      ...(isLoopback(address) && ask.lab !== 'yes' && {fix: {title: 'Start an echo server there', ask: {lab: 'yes'}}}),
    };
  if (timeout !== undefined)
    return {
      code,
      errno: name,
      says: `${there} did not answer within ${timeout} s`,
      next: 'A firewall may drop the SYN, or the accept queue there is full: wirebook tcp listen shows its own. Give it more time with --connect-timeout.',
    };
  if (name === 'EADDRNOTAVAIL' || name === 'EADDRINUSE')
    return {code, errno: name, says: `${ask.local || 'This machine'} cannot connect to ${there}: ${sentence}`, next};
  return {code, errno: name, says: `${there} cannot be connected to: ${sentence.replace(/\.$/, '')}`, next};
}

/** On this machine it can be seen whether somebody listens on the same port at another address. */
async function elsewhere(world: World, address: SocketAddress, port: number): Promise<string> {
  const start = `Start a server there: wirebook tcp listen --port ${port}. Or give --lab yes, for an echo server of its own.`;
  if (!isLoopback(address)) return 'Check the port, or start the server there.';
  const [other] = await world.kernel.whoListens(port).catch(() => []);
  return other === undefined
    ? start
    : `On this machine somebody listens on ${addressText(other.socket.local)} instead. Connect there.`;
}
