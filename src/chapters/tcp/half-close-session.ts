import {must} from './call-problems.ts';
import {sides} from './ends.ts';
import {connectTo, type Listener, openListener, type PairAsk} from './pair.ts';
import {newParty, Session, type SessionKit} from './session.ts';

export interface HalfCloseAsk extends PairAsk {
  readonly size: number;
  readonly reading: boolean;
}

/** A client and a server, each a process of its own with one end of the connection. */
export class HalfCloseSession extends Session<'client' | 'server'> {
  readonly #ask: HalfCloseAsk;
  #listener: Listener | undefined;
  #connections = 0;

  constructor(kit: SessionKit, ask: HalfCloseAsk) {
    super(kit, {client: newParty('client', ask.reading), server: newParty('server', ask.reading)}, ask.size);
    this.#ask = ask;
    this.onDeath = name => {
      if (name === 'server') this.#listener = undefined;
    };
  }

  /** Starts what is not running, lets the server listen, and connects. What is left of the last connection is closed. */
  connect(): Promise<void> {
    return this.inTurn(async () => {
      for (const side of sides) if (this.parties[side].fd !== undefined) await this.callOf(side, 'close', []);
      const [client, server] = await Promise.all(sides.map(side => this.start(side)));
      const notice = (says: string) => this.kit.emit('notice', {says});
      const listener = this.#listener ?? (await openListener(this.kit.world, server!, this.#ask, notice));
      this.#listener = listener;
      const made = await connectTo(listener, client!, this.#ask.client, notice);
      Object.assign(this.parties.client, {fd: made.fd, ended: false});
      this.kit.emit('connected', {number: ++this.#connections, ...this.watch.begin(made.addresses)});
      await this.watch.look('connect');
      const accepted = await must(server!.call('accept4', [listener.fd]));
      Object.assign(this.parties.server, {fd: accepted.result, ended: false});
      await this.watch.look('accept');
    });
  }
}
