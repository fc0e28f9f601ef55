import {ProblemError} from '../../journal/problem.ts';
import type {Actor} from '../../world/actors/actor.ts';
import {addressText, literalAddress, type SocketAddress} from '../../world/libc/address.ts';
import {callProblem, must, portInUse} from './call-problems.ts';
import {hostOf, isLiteral, type UdpAsk} from './udp-fields.ts';
import type {UdpKit} from './udp-session.ts';

/** The largest datagram there can be fits. */
const room = 65_535;

/** Our server: it says to each datagram how long it was, unless it drops it, is unplugged, or has closed its port. */
export class UdpServer {
  readonly #kit: UdpKit;
  readonly #ask: UdpAsk;
  readonly #actor: Actor;
  readonly #random: () => number;
  #fd = -1;
  #serving: Promise<void> | undefined;
  #silent = false;
  #address: SocketAddress | undefined;
  /** Resolves when the first datagram was answered. */
  readonly answered = Promise.withResolvers<void>();
  /** Rejects when the server can no longer receive. */
  readonly broken = Promise.withResolvers<never>();

  constructor(kit: UdpKit, ask: UdpAsk, actor: Actor) {
    this.#kit = kit;
    this.#ask = ask;
    this.#actor = actor;
    this.#random = randomFrom(ask.seed);
    this.broken.promise.catch(() => undefined);
  }

  get address(): SocketAddress | undefined {
    return this.#address;
  }

  get isOpen(): boolean {
    return this.#fd >= 0;
  }

  /** Binds, to the same port as before if there was one, and begins to answer. */
  async open(): Promise<void> {
    const host = hostOf(this.#ask);
    if (!isLiteral(host))
      throw new ProblemError({
        code: 'udp.host',
        says: `A server binds an address, and “${host}” is a name`,
        next: 'Give 127.0.0.1 or ::1.',
      });
    const wanted = this.#address ?? literalAddress(host, this.#ask.port)!;
    const {result: fd} = await must(this.#actor.call('socket', [wanted.family, 'SOCK_DGRAM']));
    const bound = await this.#actor.call('bind', [fd, wanted]);
    if (bound.errno !== undefined) {
      await this.#actor.call('close', [fd]);
      throw new ProblemError(
        bound.errno === 'EADDRINUSE'
          ? await this.#taken(wanted)
          : callProblem(bound, {says: `${addressText(wanted)} cannot be bound`}),
      );
    }
    const {address = wanted} = await must(this.#actor.call('getsockname', [fd]));
    this.#fd = fd;
    this.#address = address;
    this.#silent = false;
    this.#kit.emit('listening', {address: addressText(address), port: portOf(address)});
    this.#serving = this.#serve(fd).catch(this.broken.reject);
  }

  /** Closes the port: the kernel itself will answer what comes for it, with ICMP. */
  async close(): Promise<void> {
    const fd = this.#fd;
    this.#fd = -1;
    await this.#actor.interrupt(fd);
    await this.#serving;
    await must(this.#actor.call('close', [fd]));
    this.#kit.emit('server', {state: 'closed'});
  }

  unplug(): void {
    this.#silent = !this.#silent;
    this.#kit.emit('server', {state: this.#silent ? 'silent' : 'answering'});
  }

  async #taken(wanted: SocketAddress) {
    const problem = await portInUse(this.#kit.world, wanted);
    const [holder] = await this.#kit.world.kernel.whoListens(portOf(wanted), 'udp');
    if (holder === undefined) return problem;
    const [process] = holder.holders;
    const who =
      process === undefined ? 'somebody else’s process' : `process ${process.pid} (${process.command.slice(0, 60)})`;
    return {...problem, says: `UDP port ${portOf(wanted)} is taken: ${who} has it`};
  }

  async #serve(fd: number): Promise<void> {
    while (this.#fd === fd) {
      const {address, received, errno} = await this.#actor.call('recvfrom', [fd, room]);
      // Interrupted, it gives 0 bytes from nobody; an empty datagram has a sender.
      if (this.#fd !== fd) return;
      if (address === undefined || received === undefined) {
        if (errno === undefined || errno === 'EBADF') return;
        continue;
      }
      await this.#answer(fd, address, received);
    }
  }

  async #answer(fd: number, from: SocketAddress, bytes: Uint8Array): Promise<void> {
    const fate = this.#silent ? 'ignored' : this.#random() * 100 < this.#ask.drop ? 'dropped' : 'answered';
    this.#kit.emit('heard', {from: addressText(from), size: bytes.length, fate}, bytes);
    if (fate !== 'answered') return;
    const reply = new TextEncoder().encode(`Your data was ${bytes.length} bytes long`);
    await this.#actor.call('sendto', [fd, reply, from]);
    this.answered.resolve();
  }
}

export function portOf(address: SocketAddress): number {
  return address.family === 'AF_UNIX' ? 0 : address.port;
}

/** Numbers from 0 up to 1 that depend on the seed alone, so that a demonstration can be repeated (xorshift, 32 bits). */
export function randomFrom(seed: number): () => number {
  let state = (seed ^ 0x9e3779b9) >>> 0 || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}
