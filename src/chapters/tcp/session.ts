import {ProblemError} from '../../journal/problem.ts';
import type {Actor} from '../../world/actors/actor.ts';
import type {CallName} from '../../world/libc/berkeley.ts';
import type {CallRecord} from '../../world/libc/record.ts';
import type {Kit} from '../contract.ts';
import {type CallTeller, tellCalls} from './calls.ts';
import type {Side} from './ends.ts';
import type {sessionEvents} from './session-events.ts';
import {createWatch, type Watch} from './watch.ts';

export type SessionKit = Pick<Kit<typeof sessionEvents>, 'world' | 'emit' | 'now' | 'signal'>;

/** One process of a session. */
export interface Party {
  /** The end of the connection that it holds. */
  readonly side: Side;
  actor: Actor | undefined;
  /** Its descriptor, until it closes it. */
  fd: number | undefined;
  reading: boolean;
  /** recv() has said that nothing more will come: with 0, or with an error. */
  ended: boolean;
}

export function newParty(side: Side, reading: boolean): Party {
  return {side, actor: undefined, fd: undefined, reading, ended: false};
}

/**
 * Processes around one connection, and the kernel watched between any two steps. Steps are done one after the other, in the
 * order in which they were asked for; one party has the turn, and does them.
 */
export class Session<Name extends string> {
  turn: Name;
  readonly kit: SessionKit;
  readonly parties: Readonly<Record<Name, Party>>;
  readonly teller: CallTeller;
  readonly watch: Watch;
  /** Called when a process has ended by itself or was killed. */
  onDeath: (name: Name) => void = () => undefined;
  /** Called after every step, when all is quiet. */
  afterStep: () => Promise<void> = () => Promise.resolve();
  readonly #size: number;
  readonly #names: readonly Name[];
  #last: Promise<unknown> = Promise.resolve();

  /** `size` is what recv() asks for. The first party has the turn first. */
  constructor(kit: SessionKit, parties: Readonly<Record<Name, Party>>, size: number) {
    this.kit = kit;
    this.parties = parties;
    this.#size = size;
    this.#names = Object.keys(parties) as Name[];
    this.turn = this.#names[0]!;
    // getsockname only serves to show the addresses.
    this.teller = tellCalls(kit, name => name !== 'getsockname');
    this.watch = createWatch(kit, {changed: () => this.#read(), idle: work => this.inTurn(work)});
  }

  /** One call of the party whose turn it is, and then whatever follows from it. */
  perform(step: string, name: 'send' | 'recv' | 'shutdown' | 'close', list: unknown[] = []): Promise<void> {
    const by = this.turn;
    return this.inTurn(async () => {
      const record = await this.callOf(by, name, list);
      const sent = record.name === 'send' && record.result > 0 ? {sent: record.result} : {};
      const {side} = this.parties[by];
      await this.watch.look(`${by} ${step}`, record.errno === undefined ? {side, name, ...sent} : undefined);
      await this.afterStep();
    });
  }

  /** SO_LINGER with 0 seconds, then close(): a RST instead of a FIN. */
  reset(): Promise<void> {
    const by = this.turn;
    return this.inTurn(async () => {
      await this.callOf(by, 'setsockopt', ['SO_LINGER', {on: true, seconds: 0}]);
      await this.callOf(by, 'close', []);
      await this.watch.look(`${by} reset`, {side: this.parties[by].side, name: 'reset'});
      await this.afterStep();
    });
  }

  setTurn(by: Name): void {
    this.turn = by;
    this.kit.emit('turn', {by});
  }

  /** Gives the turn to the next party. */
  passTurn(): void {
    const next = this.#names[(this.#names.indexOf(this.turn) + 1) % this.#names.length]!;
    this.setTurn(next);
  }

  toggleReading(): Promise<void> {
    const by = this.turn;
    return this.inTurn(async () => {
      const party = this.parties[by];
      party.reading = !party.reading;
      this.kit.emit('reading', {by, on: party.reading});
      await this.watch.look(`${by} reading`);
    });
  }

  /** Takes a process in: from now on it acts as this party. */
  adopt(name: Name, actor: Actor): void {
    const party = this.parties[name];
    party.actor = actor;
    void actor.exited.then(() => this.#died(name, actor));
  }

  async start(name: Name): Promise<Actor> {
    const known = this.parties[name].actor;
    if (known !== undefined) return known;
    const actor = await this.kit.world.actors.start({name, onEvent: this.teller.onEvent});
    this.adopt(name, actor);
    return actor;
  }

  async callOf(name: Name, call: CallName, list: readonly unknown[]): Promise<CallRecord> {
    const party = this.parties[name];
    const {actor, fd} = party;
    const lost = (cause?: unknown) =>
      new ProblemError(
        {code: 'tcp.no-socket', says: `The ${name} has no socket any more`, next: 'Connect again.'},
        {cause},
      );
    if (actor === undefined || fd === undefined) throw lost();
    if (call === 'close') party.fd = undefined;
    // The arguments fit the call by construction, so it can only be refused because the process has ended.
    return actor.call(call, [fd, ...list] as never).catch((cause: unknown) => Promise.reject(lost(cause)));
  }

  /** Steps and looks wait for each other; the order of keys is the order of calls. */
  inTurn<T>(work: () => Promise<T>): Promise<T> {
    const next = this.#last.then(work);
    this.#last = next.catch(() => undefined);
    return next;
  }

  /** Ends all processes and with them the connection. */
  async close(): Promise<void> {
    this.teller.close();
    this.watch.close();
    await Promise.all(this.#names.map(name => this.parties[name].actor?.stop()));
  }

  /** The kernel closes the sockets of a process that has ended. */
  #died(name: Name, actor: Actor): void {
    const party = this.parties[name];
    if (this.kit.signal.aborted || party.actor !== actor) return;
    Object.assign(party, {actor: undefined, fd: undefined});
    this.onDeath(name);
    void this.inTurn(async () => {
      await this.watch.look(`${name} exit`, {side: party.side, name: 'exit'});
      await this.afterStep();
    });
  }

  /** Lets one party that reads by itself take what has come. True when one did, so that there is more to look at. */
  async #read(): Promise<boolean> {
    for (const name of this.#names) {
      const party = this.parties[name];
      const end = this.watch.ends?.[party.side];
      if (!party.reading || party.fd === undefined || end === undefined) continue;
      const over = end.noReading === true || !['ESTABLISHED', 'FIN_WAIT1', 'FIN_WAIT2'].includes(end.state);
      if (end.receiveQueue === 0 && (party.ended || !over)) continue;
      const {result, errno} = await this.callOf(name, 'recv', [this.#size, ['MSG_DONTWAIT']]);
      if (errno === 'EAGAIN') continue;
      party.ended = result <= 0;
      return true;
    }
    return false;
  }
}
