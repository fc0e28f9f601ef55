import {once} from 'node:events';
import type {AddressInfo, Server, Socket} from 'node:net';
import type {Endpoint} from './types.ts';

/** A socket that is open at an address, and how to close it with every connection that came in through it. */
export interface Open extends Endpoint {
  close(): Promise<void>;
}

/** How many connections one server keeps. */
const mostConnections = 512;

/** Makes any kind of stream server listen, and able to be closed for certain. Rejects with the error of listen(). */
export async function listening(server: Server, {address, port}: Endpoint): Promise<Open> {
  const connections = new Set<Socket>();
  server.on('connection', (connection: Socket) => {
    if (connections.size >= mostConnections) return connection.destroy();
    connections.add(connection);
    connection.unref();
    return connection.once('close', () => connections.delete(connection));
  });
  const bound = once(server, 'listening');
  server.listen({host: address, port});
  await bound;
  server.on('error', () => undefined);
  // The lab alone keeps no process alive.
  server.unref();
  return {
    address,
    port: (server.address() as AddressInfo).port,
    async close() {
      const closed = once(server, 'close');
      server.close();
      for (const connection of connections) connection.destroy();
      await closed;
    },
  };
}

/** At the port that people know, and when somebody has it, at a free one. */
export async function orFree<T>(port: number, open: (port: number) => Promise<T>): Promise<T> {
  try {
    return await open(port);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    return open(0);
  }
}
