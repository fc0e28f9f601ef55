import type {PollerCommand, PollerEvent} from '../../world/actors/programs/poller/events.ts';
import {addressText, type SocketAddress} from '../../world/libc/address.ts';
import {errnoEntry} from '../../world/libc/errno.ts';
import type {ActionReply, Kit} from '../contract.ts';
import type {Driver} from './driver.ts';
import type {listenEvents} from './listen-events.ts';
import type {ListenAsk} from './listen-fields.ts';
import {listenSampler} from './listen-sampler.ts';
import type {Sampler} from './sampler.ts';
import {tellTransfers} from './transfers.ts';

export type ListenKit = Kit<typeof listenEvents>;

type By = {readonly name: string; readonly pid: number};

/** One server under way: tells what it does, and does what one wants done to a connection by hand. */
export class ListenSession {
  readonly #kit: ListenKit;
  readonly #ask: ListenAsk;
  /** The peers of connections that are in the table, by number: also those that are closed and may be in TIME_WAIT. */
  readonly peers = new Map<number, string>();
  readonly #open = new Set<number>();
  readonly #served = Promise.withResolvers<void>();
  /** Events from before it listens: `listening` is told first. */
  #early: [PollerEvent, By][] | undefined = [];
  #tell: ((event: PollerEvent) => void) | undefined;
  #driver: Driver | undefined;
  #sampler: Sampler | undefined;
  #chosen = 0;
  #taken = new Set<number>();
  #unread = new Set<number>();
  #paused = false;

  constructor(kit: ListenKit, ask: ListenAsk) {
    this.#kit = kit;
    this.#ask = ask;
  }

  /** Resolves when the first connection has been served to its end. */
  get servedOne(): Promise<void> {
    return this.#served.promise;
  }

  get paused(): boolean {
    return this.#paused;
  }

  take(event: PollerEvent, by: By): void {
    if (event.kind === 'listening') {
      const address = event.address.family === 'AF_UNIX' ? {host: event.address.path, port: 0} : event.address;
      const {backlog, fd} = event;
      this.#kit.emit('listening', {
        address: address.host,
        port: address.port,
        backlog,
        behaviour: this.#ask.behaviour,
        fd,
      });
      this.flush();
    } else if (this.#early !== undefined) this.#early.push([event, by]);
    else this.#take(event, by);
  }

  /** Tells what was held back, also when it will never listen. */
  flush(): void {
    const early = this.#early ?? [];
    this.#early = undefined;
    for (const [event, by] of early) this.#take(event, by);
  }

  begin(driver: Driver, address: SocketAddress): void {
    this.#driver = driver;
    if (this.#kit.headless || driver.without !== undefined) return;
    this.#sampler = listenSampler(this.#kit, address, this.peers, () => this.#paused);
    this.#sampler.poke();
  }

  close(): void {
    this.#sampler?.close();
  }

  /** The connection that is meant: by its number, else the one that was taken over, else the newest that is open. */
  meant(args: Readonly<Record<string, unknown>>): number {
    const given = Number(args['connection'] ?? 0);
    return given || this.#chosen || [...this.#open].at(-1) || 0;
  }

  /** Takes a connection over: its behaviour stops, and keys act on it. */
  async choose(connection: number): Promise<ActionReply> {
    if (!this.#open.has(connection)) return closedAlready(connection);
    const problem = this.#taken.has(connection) ? undefined : await this.command({do: 'take', connection});
    if (problem !== undefined) return problem;
    this.#taken.add(connection);
    this.#chosen = connection;
    this.#kit.emit('chosen', {connection});
    return undefined;
  }

  async toggleReading(connection: number): Promise<ActionReply> {
    const on = this.#unread.has(connection);
    const problem = await this.command({do: 'read', connection, on});
    if (problem !== undefined) return problem;
    if (on) this.#unread.delete(connection);
    else this.#unread.add(connection);
    this.#kit.emit('reading', {connection, on});
    return undefined;
  }

  async command(command: PollerCommand): Promise<ActionReply> {
    if ('connection' in command && command.connection !== 'listener' && !this.#open.has(command.connection))
      return closedAlready(command.connection);
    const answer = await this.#driver!.command(command);
    this.#sampler?.poke();
    if (answer.ok) return undefined;
    const entry = answer.errno === undefined ? undefined : errnoEntry(answer.errno);
    return {
      code: 'tcp.action',
      says: entry === undefined ? answer.why : `${answer.why.replace(/\.$/, '')}. ${entry.sentence}`,
      ...(entry !== undefined && {errno: entry.name, next: entry.next}),
    };
  }

  #take(event: PollerEvent, by: By): void {
    this.#tell ??= tellTransfers(this.#kit, by);
    if (event.kind === 'opened') this.#accepted(event);
    else if (event.kind === 'paused') {
      this.#paused = true;
      this.#kit.emit('paused', {why: event.why});
    } else if (event.kind === 'resumed') {
      this.#paused = false;
      this.#kit.emit('resumed', {});
    } else if (event.kind === 'deaf') this.#kit.emit('deaf', event.errno === undefined ? {} : {errno: event.errno});
    else this.#tell(event);
    if (event.kind === 'closed') this.#closed(event.connection);
    this.#sampler?.poke();
  }

  #accepted({connection, fd, local, remote}: Extract<PollerEvent, {kind: 'opened'}>): void {
    this.#open.add(connection);
    this.peers.set(connection, addressText(remote));
    this.#kit.emit('accepted', {connection, fd, local: addressText(local), peer: addressText(remote)});
  }

  #closed(connection: number): void {
    this.#open.delete(connection);
    this.#taken.delete(connection);
    this.#unread.delete(connection);
    if (this.#chosen === connection) this.#chosen = 0;
    // The kernel remembers a closed connection for a minute, and the table shows some hundreds.
    if (this.peers.size > 2048) this.peers.delete(this.peers.keys().next().value!);
    this.#served.resolve();
  }
}

function closedAlready(connection: number): ActionReply {
  return connection === 0
    ? {code: 'tcp.nobody', says: 'Nobody is connected', next: 'Connect first: wirebook tcp connect.'}
    : {code: 'tcp.closed', says: `The connection ${connection} is closed`, next: 'Choose one that is open.'};
}
