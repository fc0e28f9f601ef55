import {setImmediate as nextTurn} from 'node:timers/promises';
import {ProblemError} from '../../journal/problem.ts';
import type {PollerCommand} from '../../world/actors/programs/poller/events.ts';
import {isLoopback, type SocketAddress} from '../../world/libc/address.ts';
import {errnoEntry} from '../../world/libc/errno.ts';
import type {ActionReply} from '../contract.ts';
import {callProblem, portInUse} from './call-problems.ts';
import {type Driver, openDriver} from './driver.ts';
import {otherSide, type Side, sides} from './ends.ts';
import {NodeEnd} from './half-close-node-end.ts';
import type {HalfCloseAsk} from './half-close-session.ts';
import {bindProblem, pairAddresses} from './pair.ts';
import type {Cause} from './segments.ts';
import type {SessionKit} from './session.ts';
import {createWatch, type Watch} from './watch.ts';

type Hand = 'send' | 'recv' | 'shutdown' | 'close';

/** The half-close where libc cannot be called: both ends are sockets of Node's own, in this process. */
export class NodeHalfClose {
  turn: Side = 'client';
  readonly #kit: SessionKit;
  readonly #ask: HalfCloseAsk;
  readonly #ends: Readonly<Record<Side, NodeEnd>>;
  readonly #watch: Watch;
  readonly #kernel: boolean;
  #drivers: Partial<Record<Side, Driver>> = {};
  #listening: SocketAddress | undefined;
  #connections = 0;
  #last: Promise<unknown> = Promise.resolve();

  /** `kernel`: whether the kernel's list of connections can be read here. */
  constructor(kit: SessionKit, ask: HalfCloseAsk, kernel: boolean) {
    this.#kit = kit;
    this.#ask = ask;
    this.#kernel = kernel;
    const later = () => void this.#inTurn(() => this.#lookAgain());
    this.#ends = {client: new NodeEnd('client', kit, later), server: new NodeEnd('server', kit, later)};
    this.#watch = createWatch(kit, {changed: () => this.#tellHeld(), idle: work => this.#inTurn(work)});
  }

  /** A new connection on the same listening socket. What is left of the last one is closed. */
  connect(): Promise<void> {
    return this.#inTurn(async () => {
      for (const side of sides) if (this.#ends[side].alive) await this.#command(side, {do: 'close'});
      const {client, server} = pairAddresses(this.#ask);
      const listening = this.#listening ?? (await this.#listen(server));
      this.#drivers.client ??= await openDriver(this.#parts('client'));
      const own = await this.#dial(listening, client);
      if (this.#kit.signal.aborted) return;
      const addresses = this.#watch.begin({client: own, server: listening});
      this.#kit.emit('connected', {number: ++this.#connections, ...addresses});
      await this.#look('connect');
    });
  }

  /** One function of Node's, of the side whose turn it is, and then whatever follows from it. */
  perform(step: string, name: Hand, list: readonly unknown[] = []): Promise<ActionReply> {
    const side = this.turn;
    const [first] = list;
    if (name === 'send') {
      const bytes = first as Uint8Array;
      return this.#act(step, {do: 'send', bytes}, {side, name, sent: bytes.length});
    }
    // Whatever is only libc's is refused before it comes here: see `possible` of the actions.
    if (name === 'shutdown') return this.#act(step, {do: 'shutdown', how: 'SHUT_WR'}, {side, name});
    return this.#act(step, {do: 'close'}, {side, name: 'close'});
  }

  reset(): Promise<ActionReply> {
    return this.#act('reset', {do: 'reset'}, {side: this.turn, name: 'reset'});
  }

  setTurn(by: Side): void {
    this.turn = by;
    this.#kit.emit('turn', {by});
  }

  passTurn(): void {
    this.setTurn(otherSide(this.turn));
  }

  async close(): Promise<void> {
    this.#watch.close();
    await Promise.all(sides.map(side => this.#drivers[side]?.stop()));
  }

  #act(step: string, command: Unaddressed, cause: Cause): Promise<ActionReply> {
    const {side} = cause;
    return this.#inTurn(async () => {
      const end = this.#ends[side];
      // Node closes a socket when both its directions are over, or when it fails: then there is nothing left to call.
      if (!end.alive && (command.do === 'close' || command.do === 'reset')) return end.tellDestroyed();
      const answer = await this.#command(side, command);
      if (!answer.ok) return refusal(side, answer);
      if (command.do === 'send' || command.do === 'shutdown') await end.until(() => end.waiting === 0 && !end.ending);
      await this.#look(`${side} ${step}`, cause);
      return undefined;
    });
  }

  #command(side: Side, command: Unaddressed) {
    const end = this.#ends[side];
    end.ending = command.do === 'shutdown';
    return this.#drivers[side]!.command({...command, connection: end.connection} as PollerCommand);
  }

  #parts(side: Side) {
    const {signal} = this.#kit;
    signal.addEventListener('abort', () => this.#ends[side].wake(), {once: true});
    return {
      kit: this.#kit,
      name: side,
      options: {behaviour: {kind: 'console' as const}},
      onEvent: this.#ends[side].take,
    };
  }

  async #listen(wanted: SocketAddress): Promise<SocketAddress> {
    const parts = this.#parts('server');
    const listen = {address: wanted, backlog: 5, reuseAddress: true};
    const driver = await openDriver({...parts, options: {...parts.options, listen}});
    this.#drivers.server = driver;
    const said = await driver.ready;
    if (said.ok) {
      this.#listening = said.address ?? wanted;
      return this.#listening;
    }
    await driver.stop();
    const {errno} = said.record;
    if (errno === 'EADDRINUSE') throw new ProblemError(await portInUse(this.#kit.world, wanted));
    const near = errno === 'EADDRNOTAVAIL' ? this.#near(wanted, 'server') : undefined;
    if (near === undefined) throw new ProblemError(bindProblem(said.record, wanted));
    return this.#listen(near);
  }

  /** Gives the client's own address, once the server has its end too. */
  async #dial(to: SocketAddress, from: SocketAddress): Promise<SocketAddress> {
    const {client, server} = this.#ends;
    client.renew();
    server.renew();
    const answer = await this.#drivers.client!.command({do: 'connect', address: to, from});
    if (!answer.ok) throw new ProblemError({code: 'tcp.connect', says: answer.why});
    await client.until(() => client.opened !== undefined);
    if (client.opened !== undefined) {
      await server.until(() => server.opened !== undefined);
      return client.opened;
    }
    const near = client.errno === 'EADDRNOTAVAIL' ? this.#near(from, 'client') : undefined;
    if (near !== undefined) return this.#dial(to, near);
    if (this.#kit.signal.aborted) return from;
    const record = {name: 'connect', text: '', arguments: [], result: -1, seconds: 0};
    throw new ProblemError(callProblem({...record, errno: client.errno ?? 'EIO'}));
  }

  /** Every system but Linux has only 127.0.0.1 of the loopback network, unless it is configured. */
  #near(wanted: SocketAddress, who: Side): SocketAddress | undefined {
    if (wanted.family !== 'AF_INET' || !isLoopback(wanted) || wanted.host === '127.0.0.1') return undefined;
    this.#kit.emit('notice', {says: `This machine has no ${wanted.host}, so the ${who} uses 127.0.0.1`});
    return {...wanted, host: '127.0.0.1'};
  }

  /** What Node has read by itself is told after what went over the wire because of the step. */
  async #tellHeld(): Promise<boolean> {
    // Twice, so that one whole look of Node's at its sockets lies between.
    await nextTurn();
    await nextTurn();
    return sides.map(side => this.#ends[side].tellHeld()).includes(true);
  }

  async #lookAgain(): Promise<void> {
    if (sides.some(side => this.#ends[side].holds)) await this.#look('');
  }

  /** An end that cannot be looked at must not be told as one that the kernel does not list. */
  async #look(after: string, cause?: Cause): Promise<void> {
    if (this.#kernel) return this.#watch.look(after, cause);
    while (await this.#tellHeld());
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const next = this.#last.then(work);
    this.#last = next.catch(() => undefined);
    return next;
  }
}

type Unaddressed =
  | {readonly do: 'send'; readonly bytes: Uint8Array}
  | {readonly do: 'shutdown'; readonly how: 'SHUT_WR'}
  | {readonly do: 'close'}
  | {readonly do: 'reset'};

function refusal(side: Side, {why, errno}: {why: string; errno?: string}): ActionReply {
  const entry = errno === undefined ? undefined : errnoEntry(errno);
  return {
    code: 'tcp.action',
    says: entry === undefined ? `The ${side}’s socket: ${why}` : `${why.replace(/\.$/, '')}: ${entry.sentence}`,
    ...(entry !== undefined && {errno: entry.name}),
    next: 'Let the other side act with o, or connect again with n.',
  };
}
