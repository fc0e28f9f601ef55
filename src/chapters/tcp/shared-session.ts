import type {Kit} from '../contract.ts';
import {must} from './call-problems.ts';
import {connectTo, type Listener, openListener, type PairAsk} from './pair.ts';
import {newParty, Session} from './session.ts';
import type {sharedEvents} from './shared-events.ts';

export const members = ['parent', 'child', 'peer'] as const;

export type Member = (typeof members)[number];

export interface SharedAsk extends PairAsk {
  readonly size: number;
}

type SharedKit = Pick<Kit<typeof sharedEvents>, 'world' | 'emit' | 'now' | 'signal'>;

/** A parent and a child with a descriptor each of one connected socket, and a peer with the other end. */
export class SharedSession extends Session<Member> {
  readonly #kit: SharedKit;
  readonly #ask: SharedAsk;
  #listener: Listener | undefined;
  #connections = 0;
  /** Kept when nobody lists the connection any more: processes can hold a socket that is over. */
  #inode = 0;
  #told = '';

  constructor(kit: SharedKit, ask: SharedAsk) {
    // Only the peer reads by itself: what the two holders are told, each has to ask for.
    const parties = {
      parent: newParty('client', false),
      child: newParty('client', false),
      peer: newParty('server', true),
    };
    super(kit, parties, ask.size);
    this.#kit = kit;
    this.#ask = ask;
    this.afterStep = () => this.#tellHolders();
    this.onDeath = name => {
      if (name === 'peer') this.#listener = undefined;
    };
  }

  /** A new connection, and a child that inherits it. What is left of the last one is closed; its child ends. */
  connect(): Promise<void> {
    return this.inTurn(async () => {
      await this.#endChild();
      for (const name of members) if (this.parties[name].fd !== undefined) await this.callOf(name, 'close', []);
      const [parent, peer] = await Promise.all([this.start('parent'), this.start('peer')]);
      const notice = (says: string) => this.#kit.emit('notice', {says});
      this.#listener ??= await openListener(this.#kit.world, peer, this.#ask, notice);
      const made = await connectTo(this.#listener, parent, this.#ask.client, notice);
      Object.assign(this.parties.parent, {fd: made.fd, ended: false});
      this.#kit.emit('connected', {number: ++this.#connections, ...this.watch.begin(made.addresses)});
      await this.watch.look('connect');
      const accepted = await must(peer.call('accept4', [this.#listener.fd]));
      Object.assign(this.parties.peer, {fd: accepted.result, ended: false});
      await this.watch.look('accept');
      await this.#fork();
    });
  }

  /** Another child that inherits the parent’s descriptor; the last one ends. */
  fork(): Promise<void> {
    return this.inTurn(async () => {
      await this.#endChild();
      await this.#fork();
    });
  }

  /** Ends the child's process without close(): the kernel then closes what it held. */
  endChild(): Promise<void> {
    return this.inTurn(async () => {
      await this.#endChild();
      await this.watch.look('child exit', {side: 'client', name: 'exit'});
      await this.#tellHolders();
    });
  }

  async #fork(): Promise<void> {
    const {actor, fd} = this.parties.parent;
    if (actor === undefined || fd === undefined) return;
    const child = await actor.spawnChild({name: 'child', inherit: [fd], onEvent: this.teller.onEvent});
    Object.assign(this.parties.child, {fd: child.inherited[0], ended: false});
    this.adopt('child', child);
    this.#kit.emit('forked', {by: 'child', pid: child.pid, fd: child.inherited[0] ?? -1});
    await this.#tellHolders();
  }

  async #endChild(): Promise<void> {
    const {actor} = this.parties.child;
    if (actor === undefined) return;
    Object.assign(this.parties.child, {actor: undefined, fd: undefined});
    await actor.stop();
  }

  async #tellHolders(): Promise<void> {
    if (this.#kit.signal.aborted) return;
    this.#inode = this.watch.ends?.client.inode || this.#inode;
    const found = await this.#kit.world.kernel.holders(this.#inode);
    const nameOf = (pid: number, command: string) =>
      members.find(name => this.parties[name].actor?.pid === pid) ?? command.slice(0, 60);
    const holders = found.map(({pid, fd, command}) => ({by: nameOf(pid, command), pid, fd}));
    const told = JSON.stringify([this.#inode, holders]);
    if (told === this.#told) return;
    this.#told = told;
    this.#kit.emit('holders', {inode: this.#inode, holders});
  }
}
