import type {AddressInfo, Server, Socket} from 'node:net';
import type {Endpoint} from './types.ts';

export interface Listener {
  readonly at: Endpoint;
  /** Closes the server and every connection it has. */
  close(): Promise<void>;
}

/** Makes a server listen, and able to be closed for certain. Rejects with the error of listen(). */
export async function listening(server: Server, {address, port}: Endpoint): Promise<Listener> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((done, fail) => {
    server.once('error', fail);
    server.listen({host: address, port}, () => {
      server.off('error', fail);
      done();
    });
  });
  // The lab alone keeps no process alive.
  server.unref();
  return {
    at: {address, port: (server.address() as AddressInfo).port},
    close: () =>
      new Promise(done => {
        server.close(() => done());
        for (const socket of sockets) socket.destroy();
      }),
  };
}
