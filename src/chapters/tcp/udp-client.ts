import {ProblemError} from '../../journal/problem.ts';
import type {Actor} from '../../world/actors/actor.ts';
import {addressText, type SocketAddress} from '../../world/libc/address.ts';
import type {CallRecord} from '../../world/libc/record.ts';
import {callProblem, must} from './call-problems.ts';
import type {UdpFact} from './udp-events.ts';
import type {UdpAsk} from './udp-fields.ts';
import type {UdpKit} from './udp-session.ts';

/** The largest datagram there can be fits. */
export const wholeRoom = 65_535;

/** What came of a question. */
export type Answer =
  | {readonly kind: 'reply'; readonly record: CallRecord; readonly errno?: undefined}
  | {readonly kind: 'nothing' | 'failed'; readonly errno?: string};

/** Our client: it asks, waits, asks again, waits twice as long, and gives up, in one thread as the book's does. */
export class UdpClient {
  readonly #kit: UdpKit;
  readonly #ask: UdpAsk;
  readonly #actor: Actor;
  readonly #server: SocketAddress;
  #fd = -1;
  #local: SocketAddress | undefined;
  #connected = false;
  #broadcast = false;

  constructor(kit: UdpKit, ask: UdpAsk, actor: Actor, server: SocketAddress) {
    this.#kit = kit;
    this.#ask = ask;
    this.#actor = actor;
    this.#server = server;
  }

  get connected(): boolean {
    return this.#connected;
  }

  get fd(): number {
    return this.#fd;
  }

  /** Where datagrams for the client can be sent: its port at an address of this machine. */
  get local(): SocketAddress | undefined {
    const local = this.#local;
    if (local === undefined || local.family === 'AF_UNIX' || local.port === 0) return undefined;
    const anywhere = local.host === '0.0.0.0' ? '127.0.0.1' : local.host === '::' ? '::1' : undefined;
    return anywhere === undefined ? local : {...local, host: anywhere};
  }

  /** A new socket, as the form asks for it. */
  async open({connected}: {connected: boolean}): Promise<void> {
    if (this.#fd >= 0) await must(this.#actor.call('close', [this.#fd]));
    const {result: fd} = await must(this.#actor.call('socket', [this.#server.family, 'SOCK_DGRAM']));
    this.#fd = fd;
    this.#connected = false;
    this.#local = undefined;
    if (this.#broadcast || this.#ask.broadcast) await this.permit(true);
    await this.#lookAtName('before');
    if (connected) await this.connect();
    else this.#mode();
  }

  async connect(): Promise<void> {
    const record = await this.#actor.call('connect', [this.#fd, this.#server]);
    if (record.errno !== undefined)
      throw new ProblemError(callProblem(record, {says: `${addressText(this.#server)} cannot be reached`}));
    this.#connected = true;
    await this.#lookAtName('after');
    this.#mode();
  }

  async permit(on: boolean): Promise<void> {
    await must(this.#actor.call('setsockopt', [this.#fd, 'SO_BROADCAST', on]));
    this.#broadcast = on;
    this.#mode();
  }

  get permitted(): boolean {
    return this.#broadcast;
  }

  fact(name: UdpFact, says: string): void {
    this.#kit.emit('fact', {name, says});
  }

  /** Sends, once. A failed call is a record with an errno. */
  async send(bytes: Uint8Array, to: SocketAddress = this.#server): Promise<CallRecord> {
    const isFirst = this.#local === undefined || ('port' in this.#local && this.#local.port === 0);
    const record = await (this.#connected && to === this.#server
      ? this.#actor.call('send', [this.#fd, bytes])
      : this.#actor.call('sendto', [this.#fd, bytes, to]));
    if (isFirst && record.errno === undefined) {
      await this.#lookAtName('after');
      const port = this.#local !== undefined && 'port' in this.#local ? this.#local.port : 0;
      this.fact(
        'ephemeral-port',
        `Before the first datagram the socket had no port; the kernel chose ${port} for it now.`,
      );
    }
    return record;
  }

  /** Asks until an answer comes: each attempt waits twice as long as the one before. */
  async ask(bytes: Uint8Array): Promise<Answer> {
    await this.drain();
    const began = this.#kit.now();
    let timeout = this.#ask.first;
    for (let number = 1; ; number++, timeout *= 2) {
      const sent = await this.send(bytes);
      if (sent.errno !== undefined) return {kind: 'failed', errno: sent.errno};
      this.#kit.emit('attempt', {number, timeout});
      const answer = await this.receive(timeout);
      if (answer.kind !== 'nothing') return answer;
      // Rounded as the sum of doublings is not exact, and 1.6 must not become the last that is too long.
      const isLast = timeout * 2 > this.#ask.giveUp + 1e-9;
      this.#kit.emit('timeout', {number, timeout, ...(!isLast && {next: timeout * 2})});
      if (!isLast) continue;
      this.#kit.emit('gaveUp', {attempts: number, seconds: this.#kit.now() - began});
      return {kind: 'nothing'};
    }
  }

  /** Waits for one datagram. With less room than it has bytes, MSG_TRUNC makes the kernel tell how many there were. */
  async receive(timeout: number, room = wholeRoom): Promise<Answer> {
    await must(this.#actor.call('setsockopt', [this.#fd, 'SO_RCVTIMEO', timeout]));
    const record = await this.#actor.call('recvfrom', [this.#fd, room, room < wholeRoom ? ['MSG_TRUNC'] : []]);
    if (record.errno === 'EAGAIN') return {kind: 'nothing'};
    if (record.errno !== undefined) return {kind: 'failed', errno: record.errno};
    this.#reply(record, false);
    return {kind: 'reply', record};
  }

  /** Takes what lies in the queue from before: an answer that came after its question was given up. */
  async drain(): Promise<void> {
    for (;;) {
      const waiting = await this.#actor.call('poll', [[{fd: this.#fd, events: ['POLLIN']}], 0]);
      const events = waiting.ready?.[0]?.events ?? [];
      if (!events.includes('POLLIN') || events.includes('POLLERR')) return;
      const record = await this.#actor.call('recvfrom', [this.#fd, wholeRoom, ['MSG_DONTWAIT']]);
      if (record.errno !== undefined || record.address === undefined) return;
      this.#reply(record, true);
    }
  }

  #reply(record: CallRecord, late: boolean): void {
    const {address, received = new Uint8Array(0), result} = record;
    if (address === undefined) return;
    const expected = addressText(address) === addressText(this.#server);
    const fields = {from: addressText(address), size: result, kept: received.length, expected, late};
    this.#kit.emit('reply', fields, received);
  }

  #mode(): void {
    this.#kit.emit('mode', {connected: this.#connected, broadcast: this.#broadcast});
  }

  async #lookAtName(when: 'before' | 'after'): Promise<void> {
    const {address} = await must(this.#actor.call('getsockname', [this.#fd]));
    if (address === undefined) return;
    this.#local = address;
    this.#kit.emit('local', {address: addressText(address), when});
  }
}
