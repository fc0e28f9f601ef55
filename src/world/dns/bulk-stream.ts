import {connect as connectTcp, type Socket} from 'node:net';
import {connect as connectTls} from 'node:tls';
import {createSplitter, type MessageSplitter, withLength} from '../../wire/dns/framing.ts';
import type {Slot} from './bulk-slots.ts';
import {randomId} from './bulk-udp.ts';
import type {DnsServer} from './types.ts';

/** Connections at most, and questions on one before another is opened. */
const mostConnections = 8;
const perConnection = 64;

export interface StreamOptions {
  readonly server: DnsServer;
  readonly encrypted: boolean;
  onMessage(bytes: Uint8Array, slot: Slot | undefined): void;
  /** The connection ended before the answer came. */
  onLost(slot: Slot, error: NodeJS.ErrnoException): void;
}

interface Connection {
  readonly socket: Socket;
  readonly pending: Map<number, Slot>;
  readonly splitter: MessageSplitter;
}

/**
 * Questions over TCP or TLS: a few connections, many questions on each, answers in whichever order (RFC 7766 §6.2.1). A
 * server that ends an idle connection is in its right (§6.2.3): the next question opens another.
 */
export class BulkStreams {
  readonly #options: StreamOptions;
  readonly #connections = new Set<Connection>();
  readonly #of = new Map<Slot, Connection>();

  constructor(options: StreamOptions) {
    this.#options = options;
  }

  get connections(): number {
    return this.#connections.size;
  }

  send(slot: Slot): void {
    this.forget(slot);
    const connection = this.#choose();
    do slot.id = randomId();
    while (connection.pending.has(slot.id));
    slot.message.writeUInt16BE(slot.id, 0);
    connection.pending.set(slot.id, slot);
    this.#of.set(slot, connection);
    connection.socket.write(withLength(slot.message.subarray(0, slot.length)));
  }

  forget(slot: Slot): void {
    const connection = this.#of.get(slot);
    if (connection?.pending.get(slot.id) === slot) connection.pending.delete(slot.id);
    this.#of.delete(slot);
  }

  close(): void {
    for (const {socket, pending} of this.#connections) {
      pending.clear();
      socket.destroy();
    }
    this.#connections.clear();
    this.#of.clear();
  }

  #choose(): Connection {
    let best: Connection | undefined;
    for (const connection of this.#connections)
      if (best === undefined || connection.pending.size < best.pending.size) best = connection;
    const room = this.#connections.size < mostConnections;
    return best === undefined || (room && best.pending.size >= perConnection) ? this.#open() : best;
  }

  #open(): Connection {
    const connection: Connection = {socket: this.#dial(), pending: new Map(), splitter: createSplitter()};
    const {socket} = connection;
    let failure: NodeJS.ErrnoException = Object.assign(new Error('The server ended the connection'), {code: 'EOF'});
    socket.setNoDelay(true);
    socket.on('error', error => {
      failure = error;
    });
    socket.on('data', (bytes: Buffer) => this.#receive(connection, bytes));
    socket.on('end', () => socket.destroy());
    socket.on('close', () => this.#lost(connection, failure));
    this.#connections.add(connection);
    return connection;
  }

  #dial(): Socket {
    const {server, encrypted} = this.#options;
    const {address: host, port, tlsName, authority, insecure} = server;
    if (!encrypted) return connectTcp({host, port});
    return connectTls({
      host,
      port,
      ALPNProtocols: ['dot'],
      ...(tlsName !== undefined && {servername: tlsName}),
      ...(authority !== undefined && {ca: authority}),
      rejectUnauthorized: insecure !== true,
    });
  }

  #receive({pending, splitter}: Connection, bytes: Uint8Array): void {
    for (const message of splitter.push(bytes))
      this.#options.onMessage(message, pending.get(((message[0] ?? 0) << 8) | (message[1] ?? 0)));
  }

  #lost(connection: Connection, error: NodeJS.ErrnoException): void {
    this.#connections.delete(connection);
    const pending = [...connection.pending.values()];
    connection.pending.clear();
    for (const slot of pending) {
      this.#of.delete(slot);
      this.#options.onLost(slot, error);
    }
  }
}
