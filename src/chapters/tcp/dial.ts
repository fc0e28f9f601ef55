import {setTimeout as sleep} from 'node:timers/promises';
import {type Problem, ProblemError} from '../../journal/problem.ts';
import type {PollerEvent} from '../../world/actors/programs/poller/events.ts';
import {addressText, literalAddress, type SocketAddress} from '../../world/libc/address.ts';
import {errnoEntry} from '../../world/libc/errno.ts';
import {lookupErrors} from '../../world/libc/lookup-errors.ts';
import type {Kit} from '../contract.ts';
import type {OwnEcho} from './connect-echo.ts';
import type {connectEvents} from './connect-events.ts';
import {type ConnectAsk, readLocal} from './connect-fields.ts';
import type {Driver} from './driver.ts';
import {readOptions} from './option-list.ts';
import {unreachable} from './unreachable.ts';

export type ConnectKit = Kit<typeof connectEvents>;

export interface Dialled {
  readonly connection: number;
  readonly fd: number;
  readonly local: SocketAddress;
  readonly remote: SocketAddress;
}

type Outcome = Extract<PollerEvent, {kind: 'opened' | 'closed'}>;

/** How each connect() ended. An outcome may come before the answer to the command that began it. */
export interface Outcomes {
  of(connection: number): Promise<Outcome>;
}

/**
 * Looks the host up and tries its addresses in order until one connects; one at which an echo server was started because
 * nobody listened is tried again. Throws a ProblemError when none does.
 */
export async function dial(
  kit: ConnectKit,
  driver: Driver,
  session: Outcomes,
  ask: ConnectAsk,
  echo: OwnEcho,
): Promise<Dialled> {
  const addresses = await lookUp(kit, driver, ask);
  const from = ask.local.trim() === '' ? undefined : readLocal(ask.local);
  const fitting = from === undefined ? addresses : addresses.filter(({family}) => family === from.family);
  if (fitting.length === 0) throw new ProblemError(otherFamily(ask));
  await echo.first(fitting);
  let problem: Problem | undefined;
  const refused: SocketAddress[] = [];
  const attempt = async (address: SocketAddress): Promise<Dialled | undefined> => {
    const started = kit.now();
    const tried = await connect(driver, session, ask, address, from);
    const entry = 'errno' in tried && tried.errno !== undefined ? errnoEntry(tried.errno) : undefined;
    kit.emit('attempt', {
      number: fitting.indexOf(address) + 1,
      of: fitting.length,
      address: addressText(address),
      ...(entry !== undefined && {errno: entry.name, means: `${entry.sentence} ${entry.next}`}),
      seconds: kit.now() - started,
    });
    if ('connection' in tried) return tried;
    if (tried.errno === 'ECONNREFUSED') refused.push(address);
    problem ??= await unreachable(kit.world, ask, address, tried);
    return undefined;
  };
  for (const address of fitting) {
    const dialled = await attempt(address);
    if (dialled !== undefined) return dialled;
  }
  const again = await echo.instead(refused);
  const dialled = again === undefined ? undefined : await attempt(again);
  if (dialled !== undefined) return dialled;
  throw new ProblemError(
    fitting.length > 1 && problem !== undefined
      ? {
          ...problem,
          says: `None of the ${fitting.length} addresses of ${ask.host} took the connection. ${problem.says}`,
        }
      : problem!,
  );
}

async function lookUp(kit: ConnectKit, driver: Driver, ask: ConnectAsk): Promise<readonly SocketAddress[]> {
  const host = ask.host.trim().replace(/^\[(.*)\]$/, '$1');
  const literal = literalAddress(host, ask.port);
  const fits =
    literal !== undefined && (ask.family === 'auto' || (literal.family === 'AF_INET') === (ask.family === '4'));
  if (literal !== undefined && fits) return [literal];
  const record = await driver.lookUp(host, ask.port, ask.family);
  const addresses = (record.rows ?? []).map(row => row.address);
  const error = record.errno === undefined ? undefined : lookupErrors.find(({name}) => name === record.errno);
  kit.emit('looked', {
    host,
    addresses: addresses.map(addressText),
    ...(record.errno !== undefined && {errno: record.errno}),
    ...(error !== undefined && {means: `${error.sentence} ${error.next}`}),
    seconds: record.seconds,
  });
  if (addresses.length > 0) return addresses;
  throw new ProblemError({
    code: 'tcp.unknown-host',
    says: `The host ${host} has no address here: ${(error?.sentence ?? 'the look-up failed').replace(/\.$/, '').toLowerCase()}`,
    errno: record.errno ?? 'EAI_FAIL',
    next: error?.next ?? 'Check the name.',
  });
}

/** `timeout`: we gave up, not the kernel. */
export interface Failed {
  readonly errno: string | undefined;
  readonly why: string;
  readonly timeout?: number;
}

async function connect(
  driver: Driver,
  outcomes: Outcomes,
  ask: ConnectAsk,
  address: SocketAddress,
  from: SocketAddress | undefined,
): Promise<Dialled | Failed> {
  const read = readOptions(ask.options);
  const options = read.ok ? read.value : [];
  const answer = await driver.command({do: 'connect', address, options, ...(from !== undefined && {from})});
  if (!answer.ok) return {errno: answer.errno, why: answer.why};
  const connection = answer.connection ?? 0;
  const enough = new AbortController();
  const outcome = await Promise.race([
    outcomes.of(connection),
    ...(ask.connectTimeout > 0
      ? [sleep(ask.connectTimeout * 1000, undefined, {signal: enough.signal}).catch(() => undefined)]
      : []),
  ]);
  enough.abort();
  if (outcome === undefined) {
    await driver.command({do: 'close', connection});
    return {errno: 'ETIMEDOUT', why: 'no answer', timeout: ask.connectTimeout};
  }
  if (outcome.kind === 'closed') return {errno: outcome.errno, why: outcome.why};
  return {connection, fd: outcome.fd, local: outcome.local, remote: outcome.remote};
}

function otherFamily(ask: ConnectAsk): Problem {
  return {
    code: 'tcp.family',
    says: `${ask.local} and ${ask.host} are of two families, and a connection has one`,
    errno: 'EAFNOSUPPORT',
    next: 'Connect from an address of the same family, or leave “from” empty.',
  };
}
