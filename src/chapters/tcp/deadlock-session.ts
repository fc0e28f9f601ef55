import {ProblemError} from '../../journal/problem.ts';
import type {Actor, Running} from '../../world/actors/actor.ts';
import type {ActorEvent} from '../../world/actors/events.ts';
import type {StreamEvent, StreamResult} from '../../world/actors/programs/stream/events.ts';
import {addressText, literalAddress, type SocketAddress} from '../../world/libc/address.ts';
import {errnoEntry} from '../../world/libc/errno.ts';
import type {Kit} from '../contract.ts';
import {must} from './call-problems.ts';
import {type CallTeller, tellCalls} from './calls.ts';
import type {deadlockEvents} from './deadlock-events.ts';
import {capitals, type DeadlockAsk, pattern, whyFrozen} from './deadlock-terms.ts';
import {type QueueWatch, watchQueues} from './deadlock-watch.ts';
import {type Ends, type Side, sides} from './ends.ts';
import {type Listener, openListener} from './pair.ts';

type DeadlockKit = Pick<Kit<typeof deadlockEvents>, 'world' | 'now' | 'emit'>;

/** The client, the server, or both, and what watches them. */
export class DeadlockSession {
  readonly #kit: DeadlockKit;
  readonly #ask: DeadlockAsk;
  readonly #teller: CallTeller;
  readonly #watch: QueueWatch;
  readonly #actors: Partial<Record<Side, Actor>> = {};
  readonly #fds: Partial<Record<Side, number>> = {};
  readonly #settled = Promise.withResolvers<'frozen' | 'over'>();
  readonly #broken = Promise.withResolvers<never>();
  #reader: Running<'receiver'> | undefined;
  #froze = 0;
  #connectedAt = 0;
  /** The client has sent everything, and reads by itself. */
  #sentAll = false;

  constructor(kit: DeadlockKit, ask: DeadlockAsk) {
    this.#kit = kit;
    this.#ask = ask;
    this.#teller = tellCalls(kit, name => name !== 'getsockopt');
    this.#watch = watchQueues({
      world: kit.world,
      patience: ask.patience,
      now: () => kit.now(),
      buffers: side => this.#buffers(side),
      queues: seen => kit.emit('queues', seen),
      frozen: (seconds, ends) => this.#frozen(seconds, ends),
    });
  }

  /** Resolves at the first freeze, or when the conversation is over without one. */
  get settled(): Promise<'frozen' | 'over'> {
    return this.#settled.promise;
  }

  /** The whole conversation, from the first socket to the last close(). Rejects with what went wrong. */
  async converse(): Promise<void> {
    try {
      await Promise.race([this.#converse(), this.#broken.promise]);
    } catch (cause) {
      throw this.#explained(cause);
    } finally {
      this.#watch.close();
      this.#settled.resolve('over');
    }
  }

  /** Lets a second thread of the client read. */
  melt(): void {
    const [client, fd] = [this.#actors.client, this.#fds.client];
    if (this.#reader !== undefined || this.#sentAll || client === undefined || fd === undefined) return;
    const says =
      'A second thread of the client reads now: its Recv-Q empties, the server’s send() returns, and the server reads on.';
    if (this.#froze > 0) this.#kit.emit('melting', {says});
    this.#watch.moved();
    this.#reader = this.#read(client, fd, 'reader');
  }

  async close(): Promise<void> {
    this.#watch.close();
    this.#teller.close();
    await Promise.all(sides.map(side => this.#actors[side]?.stop()));
  }

  async #converse(): Promise<void> {
    const {role} = this.#ask;
    const wanted = sides.filter(side => role === 'both' || role === side);
    await Promise.all(wanted.map(side => this.#start(side)));
    const listener = role === 'client' ? undefined : await this.#listen();
    const serving = listener === undefined ? undefined : this.#serve(listener);
    const asking = role === 'server' ? undefined : this.#talk(listener?.address);
    // Whichever fails first says why; the other then fails because of it.
    const [served, got] = await Promise.all([serving, asking]);
    await this.#watch.look();
    this.#finish(served, got);
  }

  /** A process that was killed from outside is nothing to be surprised at. */
  #explained(cause: unknown): unknown {
    const alive = this.#kit.world.actors.running();
    const gone = sides.find(side => this.#actors[side] !== undefined && !alive.includes(this.#actors[side]));
    if (cause instanceof ProblemError || gone === undefined) return cause;
    const says = `The ${gone}’s process has ended before the conversation was over`;
    return new ProblemError({code: 'tcp.deadlock.ended', says, next: 'Launch it again.'}, {cause});
  }

  async #start(side: Side): Promise<void> {
    const onEvent = (event: ActorEvent): void => {
      this.#teller.onEvent(event);
      if (event.kind === 'program') this.#progress(side, event.thread, event.events as StreamEvent[]);
    };
    this.#actors[side] = await this.#kit.world.actors.start({name: side, onEvent});
  }

  #progress(by: Side, thread: string, events: readonly StreamEvent[]): void {
    const last = events.at(-1);
    if (last === undefined) return;
    const {sent, received, waiting, at} = last;
    const since = this.#kit.now() - (this.#kit.world.clock.now() - at);
    this.#kit.emit('progress', {by, thread, sent, received, ...(waiting !== undefined && {waiting, since})});
  }

  async #listen(): Promise<Listener> {
    const {host, port} = this.#ask;
    const notice = (says: string) => this.#kit.emit('notice', {says});
    const listener = await openListener(
      this.#kit.world,
      this.#actors.server!,
      {client: host, server: host, port},
      notice,
    );
    await this.#setBuffers('server', listener.fd);
    const {address} = listener;
    this.#kit.emit('listening', {address: addressText(address), port: address.family === 'AF_UNIX' ? 0 : address.port});
    return listener;
  }

  async #serve(listener: Listener): Promise<StreamResult> {
    const server = this.#actors.server!;
    const {result: fd, address: peer} = await must(server.call('accept4', [listener.fd]));
    this.#fds.server = fd;
    const {address: local} = await must(server.call('getsockname', [fd]));
    if (peer !== undefined && local !== undefined) this.#begin(peer, local);
    const result = await server.run('capitalizer', {fd, chunk: this.#ask.serverChunk}).finished;
    complain('server', result);
    await must(server.call('close', [fd]));
    return result;
  }

  async #talk(address = literalAddress(this.#ask.host.trim(), this.#ask.port)!): Promise<StreamResult> {
    const client = this.#actors.client!;
    const {bytes: total, chunk, reading, role} = this.#ask;
    const {result: fd} = await must(client.call('socket', [address.family, 'SOCK_STREAM']));
    this.#fds.client = fd;
    await this.#setBuffers('client', fd);
    await must(client.call('connect', [fd, address]));
    const {address: own} = await must(client.call('getsockname', [fd]));
    if (role === 'client' && own !== undefined) this.#begin(own, address);
    if (reading) this.#reader = this.#read(client, fd, 'reader');
    const sent = await client.run('sender', {fd, pattern, total, chunk}).finished;
    complain('client', sent);
    this.#sentAll = true;
    await must(client.call('shutdown', [fd, 'SHUT_WR']));
    const got = await (this.#reader ?? this.#read(client, fd, 'main')).finished;
    complain('client', got);
    await must(client.call('close', [fd]));
    return {...got, sent: sent.sent};
  }

  #read(client: Actor, fd: number, thread: 'reader' | 'main'): Running<'receiver'> {
    const options = {fd, pattern: capitals, chunk: this.#ask.chunk};
    return (thread === 'main' ? client : client.thread(thread)).run('receiver', options);
  }

  async #setBuffers(side: Side, fd: number): Promise<void> {
    const {clientSend, clientReceive, serverSend, serverReceive} = this.#ask;
    const [send, receive] = side === 'client' ? [clientSend, clientReceive] : [serverSend, serverReceive];
    const actor = this.#actors[side]!;
    if (send > 0) await must(actor.call('setsockopt', [fd, 'SO_SNDBUF', send]));
    if (receive > 0) await must(actor.call('setsockopt', [fd, 'SO_RCVBUF', receive]));
  }

  /** Asked from a thread of its own: the others may be blocked. */
  async #buffers(side: Side): Promise<{sendBuffer?: number; receiveBuffer?: number}> {
    const [actor, fd] = [this.#actors[side], this.#fds[side]];
    if (actor === undefined || fd === undefined) return {};
    const probe = actor.thread('probe');
    const asked = (['SO_SNDBUF', 'SO_RCVBUF'] as const).map(name => probe.call('getsockopt', [fd, name]));
    const [send, receive] = await Promise.all(asked).catch(() => []);
    return {
      ...(typeof send?.value === 'number' && {sendBuffer: send.value}),
      ...(typeof receive?.value === 'number' && {receiveBuffer: receive.value}),
    };
  }

  #begin(client: SocketAddress, server: SocketAddress): void {
    this.#connectedAt = this.#kit.now();
    this.#kit.emit('connected', {client: addressText(client), server: addressText(server)});
    this.#watch.begin({client, server}).catch(this.#broken.reject);
  }

  #frozen(seconds: number, ends: Ends): void {
    this.#froze++;
    const stuck = sides.reduce((sum, side) => sum + ends[side].sendQueue + ends[side].receiveQueue, 0);
    this.#kit.emit('frozen', {seconds, stuck, says: whyFrozen(this.#ask.role)});
    this.#settled.resolve('frozen');
  }

  #finish(served: StreamResult | undefined, got: StreamResult | undefined): void {
    const {sent, received} = got ?? served!;
    const verified = got === undefined ? undefined : got.wrongAt === undefined && received === sent;
    const seconds = this.#kit.now() - this.#connectedAt;
    const says = verified === undefined ? `${received} bytes came and were answered.` : verdict(got!, verified);
    const base = {sent, received, froze: this.#froze, seconds, says};
    this.#kit.emit('finished', {...base, ...(verified !== undefined && {verified})});
    if (verified !== false) return;
    throw new ProblemError({
      code: 'tcp.deadlock.wrong',
      says: says.replace(/\.$/, ''),
      next: 'The server must answer each byte with its capital, and with nothing else.',
    });
  }
}

function verdict({sent, received, wrongAt}: StreamResult, verified: boolean): string {
  if (verified) return `All ${received} bytes came back in capitals.`;
  if (wrongAt !== undefined) return `Byte ${wrongAt} of what came back is not the capital of what was sent.`;
  return `${sent} bytes were sent and ${received} came back.`;
}

/** A program whose call failed has lost its peer: that ends the conversation. */
function complain(side: Side, {failed, sent, received}: StreamResult): void {
  if (failed === undefined) return;
  const {name, sentence, next} = errnoEntry(failed.errno);
  throw new ProblemError({
    code: `tcp.${name.toLowerCase()}`,
    errno: name,
    says: `The ${side}’s ${failed.call}() failed after ${sent} bytes sent and ${received} received: ${sentence.replace(/\.$/, '')}`,
    next,
  });
}
