import type {AddressInfo, Socket} from 'node:net';
import type {Behaviour, BehaviourSpec, Step} from '../actors/programs/behaviours/behaviour.ts';
import {createBehaviour} from '../actors/programs/behaviours/registry.ts';
import type {CloseReason, PollerAnswer, PollerCommand, PollerOptions} from '../actors/programs/poller/events.ts';
import {literalAddress, type SocketAddress} from '../libc/address.ts';
import {errnoEntry} from '../libc/errno.ts';
import {bytesText, type CallRecord} from '../libc/record.ts';
import type {Told} from './net-poller.ts';

type Command = Extract<PollerCommand, {connection: unknown}>;

export interface NetParts {
  readonly id: number;
  readonly socket: Socket;
  readonly behaviour: BehaviourSpec;
  readonly options: PollerOptions;
  tell(event: Told): void;
  forget(): void;
}

/** One connection of Node's with a behaviour. Reading is by `read()`, so that no more is taken than is wanted. */
export class NetConnection {
  readonly #parts: NetParts;
  #behaviour: Behaviour;
  #sent = 0;
  #received = 0;
  #offered = 0;
  #allowance: number;
  #reading = true;
  #closing = false;
  #gone = false;

  constructor(parts: NetParts) {
    const {socket} = parts;
    this.#parts = parts;
    this.#behaviour = createBehaviour(parts.behaviour);
    this.#allowance = parts.options.allowance ?? Number.POSITIVE_INFINITY;
    socket.on('readable', () => this.#pump());
    socket.on('end', () => this.#ended());
    socket.on('error', cause => this.close('failed', errnoOf(cause)));
    socket.on('close', () => this.close('finished'));
  }

  opened(by: 'accept' | 'connect'): void {
    const {socket, tell, id} = this.#parts;
    const [local, remote] = [addressOf(socket.address()), remoteOf(socket)];
    if (local !== undefined && remote !== undefined) tell({kind: 'opened', connection: id, fd: -1, by, local, remote});
    this.#apply(this.#behaviour.open());
    this.#pump();
  }

  obey(command: Command): PollerAnswer {
    const {socket, id} = this.#parts;
    switch (command.do) {
      case 'send':
        if (!socket.writable) return {ok: false, why: 'The sending direction is finished.', errno: 'EPIPE'};
        this.#write(command.bytes);
        return {ok: true, connection: id};
      case 'shutdown':
        return this.#shutdown(command.how);
      case 'option':
        if (command.option !== 'TCP_NODELAY') return {ok: false, why: `Node cannot set ${command.option}.`};
        socket.setNoDelay(Boolean(command.value));
        return {ok: true};
      case 'close':
      case 'reset':
        this.close(command.do === 'close' ? 'command' : 'reset');
        return {ok: true};
      case 'read':
        this.#reading = command.on;
        break;
      case 'grant':
        this.#allowance += command.bytes;
        break;
      case 'take':
        this.#behaviour = createBehaviour({kind: 'console'});
        break;
    }
    this.#pump();
    return {ok: true};
  }

  close(why: CloseReason, errno?: string): void {
    if (this.#gone) return;
    this.#gone = true;
    const {socket, id, tell, forget} = this.#parts;
    if (why === 'reset') socket.resetAndDestroy();
    else socket.destroy();
    forget();
    const counts = {sent: this.#sent, received: this.#received, unsent: this.#offered - this.#sent};
    tell({kind: 'closed', connection: id, why, ...counts, ...(errno !== undefined && {errno})});
  }

  get #waiting(): number {
    return this.#offered - this.#sent;
  }

  #shutdown(how: string): PollerAnswer {
    const {socket, id, tell} = this.#parts;
    if (how !== 'SHUT_WR')
      return {ok: false, why: `Node has no call for ${how}: only the sending direction can be ended.`};
    // Told when the kernel has the FIN, behind all bytes: as a call is told when it has returned.
    const told = () => tell({kind: 'call', connection: id, record: nodeCall('end', 'socket.end()', 0)});
    if (socket.writableFinished) told();
    else socket.once('finish', told).end();
    return {ok: true};
  }

  #write(bytes: Uint8Array): void {
    if (bytes.length === 0 || this.#gone) return;
    const {socket, id, tell} = this.#parts;
    this.#offered += bytes.length;
    socket.write(bytes, cause => {
      if (cause != null || this.#gone) return;
      this.#sent += bytes.length;
      const text = `socket.write(${bytesText(bytes)})`;
      tell({kind: 'call', connection: id, record: {...nodeCall('write', text, bytes.length), sent: bytes}});
      this.#tellWaiting();
      if (this.#waiting > 0 || this.#closing) return;
      for (const more of this.#behaviour.room()) this.#write(more);
      this.#pump();
    });
    this.#tellWaiting();
  }

  #tellWaiting(): void {
    this.#parts.tell({kind: 'waiting', connection: this.#parts.id, bytes: this.#waiting});
  }

  #apply({out = [], finish}: Step): void {
    for (const bytes of out) this.#write(bytes);
    if (finish === 'reset') this.close('reset');
    if (finish !== 'close') return;
    this.#closing = true;
    this.#parts.socket.end(() => this.close('finished'));
  }

  #wants(): number {
    if (!this.#reading || this.#closing || this.#gone) return 0;
    if (this.#waiting >= (this.#parts.options.outputLimit ?? 1024 * 1024)) return 0;
    return Math.min(this.#behaviour.wants(), this.#allowance, 64 * 1024);
  }

  #pump(): void {
    const {socket, id, tell} = this.#parts;
    while (this.#wants() > 0 && socket.readableLength > 0) {
      const bytes = socket.read(Math.min(this.#wants(), socket.readableLength)) as Uint8Array | null;
      if (bytes === null) break;
      this.#received += bytes.length;
      this.#allowance -= bytes.length;
      const record = nodeCall('read', `socket.read() gave ${bytesText(bytes)}`, bytes.length);
      tell({kind: 'call', connection: id, record: {...record, received: Uint8Array.from(bytes)}});
      this.#apply(this.#behaviour.feed(bytes));
    }
    // Node reads on, and finds the end of the file, only when it is asked for more than it holds.
    if (this.#wants() > 0 && socket.readableLength === 0) socket.read(0);
  }

  #ended(): void {
    if (this.#gone || this.#closing) return;
    this.#parts.tell({kind: 'ended', connection: this.#parts.id});
    this.#apply(this.#behaviour.end());
  }
}

/** A function of Node's told like a call: it is not one of the C library's, and says so by its name. */
export function nodeCall(name: string, text: string, result: number): CallRecord {
  return {name: `node:${name}`, text, arguments: [], result, seconds: 0};
}

/** Node calls its own failures by names of its own; the kernel's are the errno names. */
export function errnoOf(cause: unknown): string {
  const code = (cause as NodeJS.ErrnoException).code ?? 'EIO';
  return errnoEntry(code).name;
}

export function addressOf(info: AddressInfo | string | null | object): SocketAddress | undefined {
  if (typeof info !== 'object' || info === null || !('address' in info)) return undefined;
  const {address, port} = info as AddressInfo;
  return literalAddress(address, port);
}

function remoteOf(socket: Socket): SocketAddress | undefined {
  return literalAddress(socket.remoteAddress ?? '', socket.remotePort ?? 0);
}
