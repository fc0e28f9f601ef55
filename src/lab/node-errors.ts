import dgram from 'node:dgram';
import {once} from 'node:events';
import fs from 'node:fs';
import net, {type AddressInfo} from 'node:net';

/** What Node gave: no code when it went well. `call` says what was asked of it. */
export interface NodeTold {
  readonly call: string;
  readonly code?: string;
  readonly message?: string;
}

type Way = (signal: AbortSignal) => Promise<NodeTold>;

/** Errors that Node can bring about without libc, for where libc cannot be called. All on loopback. */
export const nodeErrors: Readonly<Record<string, Way>> = {
  ECONNREFUSED: async signal => {
    const port = await withServer(
      signal,
      () => undefined,
      async free => free,
    );
    return connecting(`net.connect(${port}, '127.0.0.1')`, net.connect(port, '127.0.0.1'), signal);
  },
  ENETUNREACH: signal => connecting("net.connect(9, '127.255.255.255')", net.connect(9, '127.255.255.255'), signal),
  EADDRINUSE: signal =>
    withServer(
      signal,
      () => undefined,
      port => listening(port, '127.0.0.1', signal),
    ),
  EADDRNOTAVAIL: signal => listening(0, '203.0.113.1', signal),
  ECONNRESET: signal =>
    withServer(
      signal,
      peer => peer.once('data', () => peer.resetAndDestroy()),
      async port => {
        const socket = net.connect(port, '127.0.0.1');
        socket.write('hello');
        return told("socket.on('data')", socket, () => once(socket, 'data', {signal}));
      },
    ),
  EPIPE: signal =>
    withServer(
      signal,
      peer => void peer.destroy(),
      async port => {
        const socket = net.connect({port, host: '127.0.0.1', allowHalfOpen: true});
        return told("socket.write('hello')", socket, async () => {
          await once(socket.resume(), 'end', {signal});
          // The first write draws a RST, the second fails: the news comes one call late.
          for (let count = 0; count < 3; count++) await new Promise(done => socket.write('hello', done));
          await once(socket, 'close', {signal});
        });
      },
    ),
  EMSGSIZE: () => sending(Buffer.alloc(70_000), '127.0.0.1'),
  EACCES: () => sending(Buffer.from('hello'), '127.255.255.255'),
  EBADF: async () => {
    const fd = fs.openSync(process.execPath, 'r');
    fs.closeSync(fd);
    return attempt(`fs.readSync(${fd})`, async () => fs.readSync(fd, Buffer.alloc(1)));
  },
};

/** Runs `work` with the port of a server that lives as long as it does. */
async function withServer<T>(
  signal: AbortSignal,
  meets: (peer: net.Socket) => unknown,
  work: (port: number) => Promise<T>,
): Promise<T> {
  const server = net.createServer(peer => meets(peer.on('error', () => undefined))).listen(0, '127.0.0.1');
  try {
    await once(server, 'listening', {signal});
    return await work((server.address() as AddressInfo).port);
  } finally {
    server.close();
    if (server.listening) await once(server, 'close');
  }
}

function connecting(call: string, socket: net.Socket, signal: AbortSignal): Promise<NodeTold> {
  return told(call, socket, () => once(socket, 'connect', {signal}));
}

async function told(call: string, socket: net.Socket, work: () => Promise<unknown>): Promise<NodeTold> {
  let failure: unknown;
  socket.on('error', error => {
    failure ??= error;
  });
  try {
    return await attempt(call, async () => {
      await work();
      if (failure !== undefined) throw failure;
    });
  } finally {
    socket.destroy();
  }
}

async function listening(port: number, host: string, signal: AbortSignal): Promise<NodeTold> {
  const server = net.createServer();
  try {
    return await attempt(`server.listen(${port}, '${host}')`, () =>
      once(server.listen(port, host), 'listening', {signal}),
    );
  } finally {
    server.close();
  }
}

async function sending(bytes: Buffer, host: string): Promise<NodeTold> {
  const socket = dgram.createSocket('udp4');
  try {
    return await attempt(`socket.send(${bytes.length} bytes, 9, '${host}')`, async () => {
      const error = await new Promise<Error | null>(done => socket.send(bytes, 9, host, done));
      if (error !== null) throw error;
    });
  } finally {
    socket.close();
  }
}

async function attempt(call: string, work: () => Promise<unknown>): Promise<NodeTold> {
  try {
    await work();
    return {call};
  } catch (error) {
    const {code = 'Error', message} = error as NodeJS.ErrnoException;
    return {call, code, message};
  }
}
