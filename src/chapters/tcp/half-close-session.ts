import {ProblemError} from '../../journal/problem.ts';
import type {Actor} from '../../world/actors/actor.ts';
import type {CallName} from '../../world/libc/berkeley.ts';
import type {CallRecord} from '../../world/libc/record.ts';
import type {Kit} from '../contract.ts';
import {must} from './call-problems.ts';
import {tellCalls} from './calls.ts';
import {type Side, sides} from './ends.ts';
import type {halfCloseEvents} from './half-close-events.ts';
import {connectTo, type Listener, openListener, type PairAsk} from './pair.ts';
import {createWatch, type Watch} from './watch.ts';

export interface HalfCloseAsk extends PairAsk {
  readonly size: number;
  readonly reading: boolean;
}

type HalfCloseKit = Pick<Kit<typeof halfCloseEvents>, 'world' | 'emit' | 'now' | 'signal'>;

interface Party {
  actor: Actor | undefined;
  /** Its end of the connection, until it is closed. */
  fd: number | undefined;
  reading: boolean;
  /** recv() has said that nothing more will come: with 0, or with an error. */
  ended: boolean;
}

/** Two processes, one connection, and the kernel watched between any two steps. Steps are done one after the other. */
export class HalfCloseSession {
  turn: Side = 'client';
  readonly #kit: HalfCloseKit;
  readonly #ask: HalfCloseAsk;
  readonly #parties: Record<Side, Party>;
  readonly #teller: ReturnType<typeof tellCalls>;
  readonly #watch: Watch;
  #listener: Listener | undefined;
  #connections = 0;
  #last: Promise<unknown> = Promise.resolve();

  constructor(kit: HalfCloseKit, ask: HalfCloseAsk) {
    this.#kit = kit;
    this.#ask = ask;
    const party = () => ({actor: undefined, fd: undefined, reading: ask.reading, ended: false});
    this.#parties = {client: party(), server: party()};
    // getsockname only serves to show the addresses.
    this.#teller = tellCalls(kit, name => name !== 'getsockname');
    this.#watch = createWatch(kit, {changed: () => this.#read(), idle: work => this.#inTurn(work)});
  }

  /** Starts what is not running, lets the server listen, and connects. What is left of the last connection is closed. */
  connect(): Promise<void> {
    return this.#inTurn(async () => {
      for (const side of sides) if (this.#parties[side].fd !== undefined) await this.#callOn(side, 'close', []);
      await Promise.all(sides.map(side => this.#start(side)));
      const notice = (says: string) => this.#kit.emit('notice', {says});
      this.#listener ??= await openListener(this.#kit.world, this.#parties.server.actor!, this.#ask, notice);
      const {client, server} = this.#parties;
      const made = await connectTo(this.#listener, client.actor!, this.#ask.client, notice);
      Object.assign(client, {fd: made.fd, ended: false});
      this.#kit.emit('connected', {number: ++this.#connections, ...this.#watch.begin(made.addresses)});
      await this.#watch.look('connect');
      const accepted = await must(server.actor!.call('accept4', [this.#listener.fd]));
      Object.assign(server, {fd: accepted.result, ended: false});
      await this.#watch.look('accept');
    });
  }

  /** One call on the side whose turn it is, and then whatever follows from it. */
  perform(step: string, name: 'send' | 'recv' | 'shutdown' | 'close', list: unknown[] = []): Promise<void> {
    const side = this.turn;
    return this.#inTurn(async () => {
      const record = await this.#callOn(side, name, list);
      const sent = record.name === 'send' && record.result > 0 ? {sent: record.result} : {};
      await this.#watch.look(`${side} ${step}`, record.errno === undefined ? {side, name, ...sent} : undefined);
    });
  }

  /** SO_LINGER with 0 seconds, then close(): a RST instead of a FIN. */
  reset(): Promise<void> {
    const side = this.turn;
    return this.#inTurn(async () => {
      await this.#callOn(side, 'setsockopt', ['SO_LINGER', {on: true, seconds: 0}]);
      await this.#callOn(side, 'close', []);
      await this.#watch.look(`${side} reset`, {side, name: 'reset'});
    });
  }

  setTurn(side: Side): void {
    this.turn = side;
    this.#kit.emit('turn', {side});
  }

  toggleReading(): Promise<void> {
    const side = this.turn;
    return this.#inTurn(async () => {
      const party = this.#parties[side];
      party.reading = !party.reading;
      this.#kit.emit('reading', {side, on: party.reading});
      await this.#watch.look(`${side} reading`);
    });
  }

  /** Ends both processes and with them the connection. */
  async close(): Promise<void> {
    this.#teller.close();
    this.#watch.close();
    await Promise.all(sides.map(side => this.#parties[side].actor?.stop()));
  }

  async #start(side: Side): Promise<void> {
    const party = this.#parties[side];
    if (party.actor !== undefined) return;
    const actor = await this.#kit.world.actors.start({name: side, onEvent: this.#teller.onEvent});
    party.actor = actor;
    void actor.exited.then(() => this.#died(side));
  }

  /** A process that ended by itself, or was killed: the kernel closes its sockets. */
  #died(side: Side): void {
    if (this.#kit.signal.aborted) return;
    Object.assign(this.#parties[side], {actor: undefined, fd: undefined});
    if (side === 'server') this.#listener = undefined;
    void this.#inTurn(() => this.#watch.look(`${side} exit`, {side, name: 'exit'}));
  }

  async #callOn(side: Side, name: CallName, list: readonly unknown[]): Promise<CallRecord> {
    const party = this.#parties[side];
    const {actor, fd} = party;
    const lost = (cause?: unknown) =>
      new ProblemError(
        {code: 'tcp.no-socket', says: `The ${side} has no socket any more`, next: 'Connect again.'},
        {cause},
      );
    if (actor === undefined || fd === undefined) throw lost();
    if (name === 'close') party.fd = undefined;
    // The arguments fit the call by construction, so it can only be refused because the process has ended.
    return actor.call(name, [fd, ...list] as never).catch((cause: unknown) => Promise.reject(lost(cause)));
  }

  /** Lets each side that reads by itself take what has come. True when one did, so that there is more to look at. */
  async #read(): Promise<boolean> {
    for (const side of sides) {
      const party = this.#parties[side];
      const end = this.#watch.ends?.[side];
      if (!party.reading || party.fd === undefined || end === undefined) continue;
      const over = end.noReading === true || !['ESTABLISHED', 'FIN_WAIT1', 'FIN_WAIT2'].includes(end.state);
      if (end.receiveQueue === 0 && (party.ended || !over)) continue;
      const {result, errno} = await this.#callOn(side, 'recv', [this.#ask.size, ['MSG_DONTWAIT']]);
      if (errno === 'EAGAIN') continue;
      party.ended = result <= 0;
      return true;
    }
    return false;
  }

  /** Steps and looks wait for each other; the order of keys is the order of calls. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const next = this.#last.then(work);
    this.#last = next.catch(() => undefined);
    return next;
  }
}
