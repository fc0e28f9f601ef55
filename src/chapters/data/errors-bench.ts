import {ProblemError} from '../../journal/problem.ts';
import type {Actor} from '../../world/actors/actor.ts';
import type {SocketAddress} from '../../world/libc/address.ts';
import type {Berkeley, CallName} from '../../world/libc/berkeley.ts';
import type {CallRecord} from '../../world/libc/record.ts';
import type {CallFields} from './errors-shape.ts';

type Arguments<Name extends CallName> = Parameters<Berkeley[Name]>;

/** Tells the journal of a call. */
export type Tell = (call: Omit<CallFields, 'error'>) => void;

/** Where one provocation is carried out: calls of one process, each told, and its sockets closed at the end. */
export class Bench {
  readonly actor: Actor;
  readonly #tell: Tell;
  readonly #open: number[] = [];

  constructor(actor: Actor, tell: Tell) {
    this.actor = actor;
    this.#tell = tell;
  }

  /** A call on the way, which has to go well. */
  async must<Name extends CallName>(name: Name, list: Arguments<Name>): Promise<CallRecord> {
    const record = await this.#call(name, list, false);
    if (record.errno === undefined) return record;
    throw new ProblemError({
      code: 'errors.preparation',
      says: `The preparation failed: ${record.text} gave ${record.errno}`,
      next: 'Try again; if it stays, look at wirebook doctor.',
    });
  }

  /** A call on the way, however it goes. */
  try<Name extends CallName>(name: Name, list: Arguments<Name>): Promise<CallRecord> {
    return this.#call(name, list, false);
  }

  /** The call that the provocation is about. */
  decide<Name extends CallName>(name: Name, list: Arguments<Name>): Promise<CallRecord> {
    return this.#call(name, list, true);
  }

  async socket(type: 'SOCK_STREAM' | 'SOCK_DGRAM' = 'SOCK_STREAM', waits = true): Promise<number> {
    const flags = waits ? [] : (['SOCK_NONBLOCK'] as const);
    return this.#keep(await this.must('socket', ['AF_INET', type, 0, [...flags]]));
  }

  /** A socket bound to a free port of loopback; it listens when a backlog is given. */
  async bound(backlog?: number): Promise<{fd: number; address: SocketAddress}> {
    const fd = await this.socket();
    await this.must('bind', [fd, loopback(0)]);
    if (backlog !== undefined) await this.must('listen', [fd, backlog]);
    const {address = loopback(0)} = await this.must('getsockname', [fd]);
    return {fd, address};
  }

  /** Both ends of a connection. */
  async pair(): Promise<{client: number; server: number; address: SocketAddress}> {
    const {fd, address} = await this.bound(1);
    const client = await this.socket();
    await this.must('connect', [client, address]);
    return {client, server: this.#keep(await this.must('accept4', [fd])), address};
  }

  /** A listener whose queue has no room left: the kernel does not answer whoever comes now. */
  async full(): Promise<SocketAddress> {
    const {address} = await this.bound(0);
    // With a backlog of 0 Linux keeps one. The second already waits for an answer.
    for (let count = 0; count < 2; count++)
      await this.try('connect', [await this.socket('SOCK_STREAM', false), address]);
    return address;
  }

  /** A descriptor that was a socket a moment ago. */
  async closed(): Promise<number> {
    const fd = await this.socket();
    await this.close(fd);
    return fd;
  }

  /** A descriptor that is none of a socket. */
  async eventfd(): Promise<number> {
    return this.#keep(await this.must('eventfd', [0]));
  }

  async close(fd: number): Promise<void> {
    this.#open.splice(this.#open.indexOf(fd), 1);
    await this.try('close', [fd]);
  }

  /** Closes what is still open. */
  async finish(): Promise<void> {
    for (const fd of this.#open.splice(0)) await this.actor.call('close', [fd]);
  }

  #keep({result}: CallRecord): number {
    this.#open.push(result);
    return result;
  }

  async #call<Name extends CallName>(name: Name, list: Arguments<Name>, decisive: boolean): Promise<CallRecord> {
    const record = await this.actor.call(name, list);
    const {text, result, errno, seconds} = record;
    this.#tell({text, result, ...(errno !== undefined && {errno}), seconds, decisive});
    return record;
  }
}

export function loopback(port: number): SocketAddress {
  return {family: 'AF_INET', host: '127.0.0.1', port};
}
