import net from 'node:net';
import tls from 'node:tls';
import {authority, elsewhere, expired, good, key, selfSigned} from './test-certificates.ts';

/** What is wrong with the server that the client meets; `nothing` is one that it trusts. */
export type Flaw =
  | 'nothing'
  | 'self-signed'
  | 'expired'
  | 'wrong-host'
  | 'unknown-authority'
  | 'not-tls'
  | 'old-version'
  | 'no-handshake';

export type Handshake =
  | {readonly ok: true; readonly protocol: string; readonly cipher: string; readonly port: number}
  | {readonly ok: false; readonly code: string; readonly message: string; readonly port: number};

/**
 * One handshake over 127.0.0.1, between a client and a server that are both here: Node's TLS, so OpenSSL. The client asks for
 * localhost and trusts the test authority, except where the flaw is that it does not know it.
 */
export async function shakeHands(flaw: Flaw, signal: AbortSignal): Promise<Handshake> {
  const server = serverWith(flaw);
  const sockets = new Set<net.Socket>();
  server.on('connection', socket => {
    sockets.add(socket);
    socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
  });
  const end = (): void => {
    for (const socket of sockets) socket.destroy();
    server.close();
  };
  signal.addEventListener('abort', end, {once: true});
  try {
    const port = signal.aborted ? undefined : await listening(server);
    if (port === undefined || signal.aborted) return {...givenUp, port: port ?? 0};
    return await connect(flaw, port, signal);
  } finally {
    signal.removeEventListener('abort', end);
    end();
  }
}

const certificates: Readonly<Partial<Record<Flaw, string>>> = {
  'self-signed': selfSigned,
  expired,
  'wrong-host': elsewhere,
};

function serverWith(flaw: Flaw): net.Server {
  if (flaw === 'not-tls')
    return net.createServer(socket => socket.once('data', () => socket.end('HTTP/1.0 400 Bad Request\r\n\r\n')));
  if (flaw === 'no-handshake') return net.createServer(socket => socket.once('data', () => socket.end()));
  const oldest = flaw === 'old-version' ? ({minVersion: 'TLSv1.3'} as const) : {};
  const server = tls.createServer({key, cert: certificates[flaw] ?? good, ...oldest});
  return server.on('tlsClientError', () => undefined);
}

const givenUp = {ok: false, code: 'ABORTED', message: 'The handshake was given up'} as const;

/** The port; nothing when the server was closed before it listened. */
function listening(server: net.Server): Promise<number | undefined> {
  return new Promise((done, fail) => {
    server.once('error', fail).once('close', () => done(undefined));
    server.listen(0, '127.0.0.1', () => done((server.address() as net.AddressInfo).port));
  });
}

/** A server on this machine answers in milliseconds; longer than this is a defect. */
const patienceMilliseconds = 3000;

function connect(flaw: Flaw, port: number, signal: AbortSignal): Promise<Handshake> {
  return new Promise(done => {
    const socket = tls.connect({
      host: '127.0.0.1',
      port,
      servername: 'localhost',
      // Whatever the environment says: the point is that it refuses.
      rejectUnauthorized: true,
      ...(flaw !== 'unknown-authority' && {ca: authority}),
      ...(flaw === 'old-version' && {maxVersion: 'TLSv1.2'}),
    });
    const end = (handshake: Handshake): void => {
      socket.setTimeout(0);
      socket.destroy();
      done(handshake);
    };
    const failed = (code: string, message: string): void => end({ok: false, code, message, port});
    socket.on('error', (error: NodeJS.ErrnoException) => failed(error.code ?? error.name, error.message));
    socket.setTimeout(patienceMilliseconds, () => failed('TIMEOUT', 'The handshake did not end in time'));
    signal.addEventListener('abort', () => end({...givenUp, port}), {once: true});
    socket.on('secureConnect', () => {
      const [protocol, cipher] = [socket.getProtocol() ?? 'TLS', socket.getCipher().name];
      end({ok: true, protocol, cipher, port});
    });
  });
}
