import {createReadStream} from 'node:fs';
import {setImmediate as nextTurn} from 'node:timers/promises';
import {ProblemError} from '../../journal/problem.ts';
import type {Direction} from '../../world/libc/constants.ts';
import type {ActionReply} from '../contract.ts';
import {OwnEcho} from './connect-echo.ts';
import type {ConnectAsk} from './connect-fields.ts';
import {ConnectSession, readAhead, throwProblem} from './connect-session.ts';
import {type ConnectKit, dial} from './dial.ts';
import {type Driver, openDriver} from './driver.ts';
import {readOptions} from './option-list.ts';
import {hexBytes, type TextArguments, textBytes} from './typed-bytes.ts';

/** Connects, and then either joins standard input and output to the connection, or does what it is told by hand. */
export async function runConnect(ask: ConnectAsk, kit: ConnectKit): Promise<void> {
  const session = new ConnectSession(kit, ask);
  const echo = new OwnEcho(kit, ask);
  const driver = await openDriver({
    kit,
    name: 'client',
    // A command passes every byte on, however many; a screen shows what it can and counts the rest.
    // Whatever waits to be sent, it reads on: a client that writes before it reads can block both ends for ever.
    options: {
      behaviour: {kind: 'console'},
      outputLimit: Number.POSITIVE_INFINITY,
      ...(kit.headless && {whole: true, allowance: readAhead}),
    },
    onEvent: (event, by) => session.take(event, by),
  });
  try {
    if (driver.without !== undefined) kit.emit('notice', {says: withoutLibc(driver.without)});
    await Promise.race([kit.stopped(), conduct(ask, kit, driver, session, echo), dead(driver)]);
  } finally {
    session.close();
    await driver.stop();
    await echo.close();
  }
}

async function conduct(
  ask: ConnectAsk,
  kit: ConnectKit,
  driver: Driver,
  session: ConnectSession,
  echo: OwnEcho,
): Promise<void> {
  session.begin(driver, await dial(kit, driver, session, ask, echo));
  const idle = session.idle(kit.signal).then(problem => throwProblem(problem));
  let byHand = !kit.headless;
  handle(kit, session, () => {
    byHand = true;
  });
  // Steps of a script begin as soon as there is somebody to do them: then standard input is nobody's.
  await nextTurn();
  const end = byHand ? session.until(() => session.closed !== undefined) : join(ask, kit, session);
  await Promise.race([end, idle]);
}

/** What nc does: input to the peer, what the peer sends to the output, until both are done. */
async function join(ask: ConnectAsk, kit: ConnectKit, session: ConnectSession): Promise<void> {
  const ended = session.until(
    () => session.over || (session.peerEnded && (ask.exitWithPeer || kit.input === undefined)),
  );
  await Promise.race([ended, pump(ask, kit, session)]);
  if (!session.over) await Promise.race([session.until(() => session.waiting === 0 || session.over), kit.stopped()]);
  throwProblem(session.failure());
  if (ask.info) await session.tellInfo();
  await session.command({do: 'close'});
}

/** All of the input, never more than there is room for; then the end, as it was asked for; then what the peer still says. */
async function pump(ask: ConnectAsk, kit: ConnectKit, session: ConnectSession): Promise<void> {
  let problem: ActionReply;
  for await (const chunk of kit.input ?? []) {
    await session.room();
    if (session.over) return;
    throwProblem(problem);
    // Nobody waits for the answer to each piece: they are taken in order, and the room says how far behind it is.
    void session.command({do: 'send', bytes: new Uint8Array(chunk)}).then(reply => {
      problem ??= reply;
    });
  }
  if (kit.input !== undefined && ask.halfClose) {
    // A shutdown() now would leave behind what the kernel has not taken yet.
    await session.until(() => session.waiting === 0 || session.over);
    if (!session.over) await session.command({do: 'shutdown', how: 'SHUT_WR'});
  }
  await session.until(() => session.over || session.peerEnded);
}

function handle(kit: ConnectKit, session: ConnectSession, acted: () => void): void {
  const shut = (how: Direction) => () => {
    acted();
    return how === 'SHUT_RD' ? session.command({do: 'shutdown', how}) : finish(session, {do: 'shutdown', how});
  };
  const send = (bytes: Uint8Array): Promise<ActionReply> => {
    acted();
    return session.command({do: 'send', bytes});
  };
  kit.handle({
    send: (typed: TextArguments) => send(textBytes(typed)),
    'send-hex': (typed: {hex: string}) => send(hexBytes(typed)),
    'send-file': ({path}: {path: string}) => {
      acted();
      return sendFile(session, path);
    },
    'shut-wr': shut('SHUT_WR'),
    'shut-rd': shut('SHUT_RD'),
    'shut-rdwr': shut('SHUT_RDWR'),
    close: () => {
      acted();
      return finish(session, {do: 'close'});
    },
    reset: () => {
      acted();
      return session.command({do: 'reset'});
    },
    reading: () => {
      acted();
      session.reading = !session.reading;
      kit.emit('reading', {on: session.reading});
      return session.command({do: 'read', on: session.reading});
    },
    set: ({option}: {option: string}) => {
      acted();
      return setOptions(session, option);
    },
    wait: async ({bytes}: {bytes: number}) => {
      acted();
      await session.until(() => session.over || session.peerEnded || (bytes > 0 && session.received >= bytes));
    },
  });
}

/** Ends a direction, unless that would silently lose what was typed. */
async function finish(
  session: ConnectSession,
  command: {do: 'close'} | {do: 'shutdown'; how: Direction},
): Promise<ActionReply> {
  if (session.waiting === 0 || session.over) return session.command(command);
  return {
    code: 'tcp.unsent',
    says: `${session.waiting} bytes still wait in this program, because the peer does not read: they would be lost`,
    next: 'Let the peer read first, or throw them away with t (reset).',
  };
}

async function sendFile(session: ConnectSession, path: string): Promise<ActionReply> {
  try {
    for await (const chunk of createReadStream(path, {highWaterMark: 256 * 1024})) {
      await session.room();
      const problem = await session.command({do: 'send', bytes: new Uint8Array(chunk as Buffer)});
      if (problem !== undefined) return problem;
    }
    return undefined;
  } catch (cause) {
    const {code = 'EIO'} = cause as NodeJS.ErrnoException;
    return {code: 'tcp.file', says: `${path} cannot be read`, errno: code, next: 'Name another file.'};
  }
}

async function setOptions(session: ConnectSession, typed: string): Promise<ActionReply> {
  const read = readOptions(typed);
  if (!read.ok) return {code: 'tcp.option', says: read.says, ...(read.next !== undefined && {next: read.next})};
  for (const {option, value} of read.value) {
    const problem = await session.command({do: 'option', option, value});
    if (problem !== undefined) return problem;
  }
  return undefined;
}

async function dead(driver: Driver): Promise<never> {
  const {code, signal} = await driver.died;
  throw new ProblemError({
    code: 'tcp.process',
    says: `The process that held the connection has ended (${signal ?? `exit code ${code}`}), and its sockets with it`,
    next: 'Connect again.',
  });
}

function withoutLibc(why: string): string {
  return `Node’s own sockets are used instead of the C library’s: no calls with errno, no kernel state, queues or TCP_INFO, no SHUT_RD, few options. ${why}`;
}
