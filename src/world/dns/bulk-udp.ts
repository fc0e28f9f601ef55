import {randomFillSync} from 'node:crypto';
import {createSocket, type Socket} from 'node:dgram';
import {once} from 'node:events';
import type {Slot} from './bulk-slots.ts';

/** Questions that share a socket. Each socket has its own buffer in the kernel, and a burst of answers must fit. */
const perSocket = 128;
const mostSockets = 32;
const bufferSize = 4 * 1024 * 1024;

export interface UdpOptions {
  readonly address: string;
  readonly port: number;
  /** An answer, or what looks like one; `slot` is undefined when no question in flight has its id. */
  onMessage(bytes: Uint8Array, slot: Slot | undefined): void;
  onError(error: NodeJS.ErrnoException): void;
}

interface Lane {
  readonly socket: Socket;
  /** The question in flight that has an id. */
  readonly byId: (Slot | undefined)[];
}

/**
 * The sockets questions are sent from. They are connected, so the kernel takes datagrams from the server's address and port
 * and from nobody else, and tells when nobody listens there.
 */
export class BulkUdp {
  readonly #options: UdpOptions;
  readonly #lanes: Lane[] = [];
  /** A refusal of the datagram before comes with the next one: without a callback Node keeps it to itself. */
  readonly #sent: (error: Error | null) => void;
  #turn = 0;
  #opening = 0;
  #closed = false;

  constructor(options: UdpOptions) {
    this.#options = options;
    this.#sent = error => {
      if (error !== null) options.onError(error);
    };
  }

  get sockets(): number {
    return this.#lanes.length;
  }

  /** As many sockets as so many questions in flight need. Resolves when there is one at least. */
  async open(concurrency: number): Promise<void> {
    const wanted = Math.min(mostSockets, Math.ceil(concurrency / perSocket));
    const opening: Promise<void>[] = [];
    while (this.#opening < wanted) {
      this.#opening++;
      opening.push(this.#openOne());
    }
    await Promise.all(opening);
  }

  /** Sends the message of a slot with an id that no other question of its socket has. A later try keeps both. */
  send(slot: Slot): void {
    if (slot.socket === -1) {
      slot.socket = this.#turn = (this.#turn + 1) % this.#lanes.length;
      const {byId} = this.#lanes[slot.socket]!;
      do slot.id = randomId();
      while (byId[slot.id] !== undefined);
      byId[slot.id] = slot;
      slot.message.writeUInt16BE(slot.id, 0);
    }
    this.#lanes[slot.socket]!.socket.send(slot.message, 0, slot.length, this.#sent);
  }

  forget(slot: Slot): void {
    if (slot.socket === -1) return;
    this.#lanes[slot.socket]!.byId[slot.id] = undefined;
    slot.socket = -1;
  }

  close(): void {
    this.#closed = true;
    for (const {socket} of this.#lanes) socket.close();
    this.#lanes.length = 0;
  }

  async #openOne(): Promise<void> {
    const {address, port, onMessage, onError} = this.#options;
    const socket = createSocket(address.includes(':') ? 'udp6' : 'udp4');
    socket.connect(port, address);
    await once(socket, 'connect');
    if (this.#closed) return void socket.close();
    enlarge(socket);
    const byId: (Slot | undefined)[] = new Array(65_536).fill(undefined);
    socket.on('error', onError);
    socket.on('message', bytes => onMessage(bytes, bytes.length < 12 ? undefined : byId[bytes.readUInt16BE(0)]));
    this.#lanes.push({socket, byId});
  }
}

/** The kernel gives as much as its own limit allows, and never complains. */
function enlarge(socket: Socket): void {
  for (const set of ['setRecvBufferSize', 'setSendBufferSize'] as const)
    try {
      socket[set](bufferSize);
    } catch {
      // Some systems refuse what is more than their limit: the default has to do.
    }
}

const pool = new Uint16Array(4096);
let used = pool.length;

/** Unpredictable, so that an answer cannot be forged by somebody who does not see the question (RFC 5452 §4.3). */
export function randomId(): number {
  if (used === pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  return pool[used++]!;
}
