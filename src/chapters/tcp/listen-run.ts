import {type Problem, ProblemError} from '../../journal/problem.ts';
import type {PollerReady} from '../../world/actors/programs/poller/events.ts';
import {addressText, literalAddress, type SocketAddress} from '../../world/libc/address.ts';
import type {Direction} from '../../world/libc/constants.ts';
import {callProblem, portInUse} from './call-problems.ts';
import {type Driver, openDriver} from './driver.ts';
import {type BehaviourName, behaviourSpec, type ListenAsk} from './listen-fields.ts';
import {type ListenKit, ListenSession} from './listen-session.ts';
import {readOptions} from './option-list.ts';
import {hexBytes, type TextArguments, textBytes} from './typed-bytes.ts';

/** Serves until it is told to end, or, with `--once`, until the first connection has been served. */
export async function runListen(ask: ListenAsk, kit: ListenKit): Promise<void> {
  const session = new ListenSession(kit, ask);
  const wanted = literalAddress(ask.address.trim(), ask.port)!;
  const options = readOptions(ask.options);
  const {backlog, reuseAddress, maxConnections: maximum} = ask;
  const driver = await openDriver({
    kit,
    name: 'server',
    options: {
      listen: {address: wanted, backlog, reuseAddress, ...(options.ok && {options: options.value})},
      behaviour: behaviourSpec(ask.behaviour, ask),
      maximum,
    },
    onEvent: (event, by) => session.take(event, by),
  });
  try {
    const ready = await Promise.race([driver.ready, kit.stopped()]);
    if (ready === undefined) return;
    session.flush();
    if (!ready.ok) throw new ProblemError(await failure(kit, ask, wanted, ready, driver));
    if (driver.without !== undefined) kit.emit('notice', {says: withoutLibc(driver.without)});
    session.begin(driver, ready.address ?? wanted);
    handle(kit, session, ask);
    await Promise.race([kit.stopped(), dead(driver), ...(kit.once ? [session.servedOne] : [])]);
  } finally {
    session.close();
    await driver.stop();
  }
}

function handle(kit: ListenKit, session: ListenSession, ask: ListenAsk): void {
  type Args = Readonly<Record<string, unknown>>;
  const send = async (args: Args, bytes: Uint8Array) =>
    session.command({do: 'send', connection: session.meant(args), bytes});
  const shut = (how: Direction) => (args: Args) =>
    session.command({do: 'shutdown', connection: session.meant(args), how});
  kit.handle({
    open: args => session.choose(session.meant(args)),
    send: (typed: TextArguments) => send({}, textBytes(typed)),
    'send-hex': (typed: {hex: string}) => send({}, hexBytes(typed)),
    'shut-wr': shut('SHUT_WR'),
    'shut-rd': shut('SHUT_RD'),
    'shut-rdwr': shut('SHUT_RDWR'),
    close: args => session.command({do: 'close', connection: session.meant(args)}),
    reset: args => session.command({do: 'reset', connection: session.meant(args)}),
    reading: args => session.toggleReading(session.meant(args)),
    behaviour: ({behaviour}: {behaviour: BehaviourName}) =>
      session.command({do: 'behaviour', behaviour: behaviourSpec(behaviour, ask)}),
    accept: () => session.command({do: 'accept', on: session.paused}),
  });
}

/** Why it cannot listen, who holds the port, and a way out that is one key away. */
async function failure(
  kit: ListenKit,
  ask: ListenAsk,
  wanted: SocketAddress,
  {record}: Extract<PollerReady, {ok: false}>,
  driver: Driver,
): Promise<Problem> {
  if (record.errno === 'ENOSYS')
    return {
      code: 'tcp.no-libc',
      says: `Node accepts whoever connects, so it cannot refuse to accept. ${driver.without ?? ''}`.trim(),
      next: 'Choose another behaviour.',
    };
  if (record.errno === 'EADDRINUSE') {
    const {kernel} = kit.world;
    const [holders, remains] = await Promise.all([
      kernel.whoListens(ask.port),
      kernel.sockets({localPort: ask.port, states: ['TIME_WAIT'], withoutInfo: true}),
    ]);
    if (holders.length > 0 || remains.length === 0 || ask.reuseAddress) return portInUse(kit.world, wanted);
    return timeWait(ask.port, remains.length, addressText(remains[0]!.remote));
  }
  const {says, ...problem} = callProblem(record);
  return {...problem, says: `Nobody can listen on ${addressText(wanted)} so: ${record.name}() failed. ${says}`};
}

/** RFC 9293 §3.6.1: the side that closes first remembers the connection for a while. */
function timeWait(port: number, count: number, peer: string): Problem {
  const many =
    count === 1
      ? `a connection to ${peer} is still in TIME_WAIT and keeps`
      : `${count} connections are still in TIME_WAIT and keep`;
  return {
    code: 'tcp.eaddrinuse',
    errno: 'EADDRINUSE',
    says: `Nobody listens on port ${port}, but ${many} the port, for a minute at most`,
    next: 'Wait, or set SO_REUSEADDR before bind(), as servers do: on Linux it helps when the server before had set it, too.',
    fix: {title: 'Bind with SO_REUSEADDR', ask: {reuseAddress: true}},
  };
}

async function dead(driver: Driver): Promise<never> {
  const {code, signal} = await driver.died;
  throw new ProblemError({
    code: 'tcp.process',
    says: `The server’s process has ended (${signal ?? `exit code ${code}`}), and its sockets with it`,
    next: 'Launch it again.',
  });
}

function withoutLibc(why: string): string {
  return `Node’s own server is used instead of the C library’s calls: no calls with errno, no accept queue, no queues, no SO_REUSEADDR (Node always sets it). ${why}`;
}
