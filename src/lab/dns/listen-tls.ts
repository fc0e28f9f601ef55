import tls from 'node:tls';
import type {Credentials} from '../authority.ts';
import {listening, type Open} from '../listening.ts';
import {type Handler, type Listener, serveStream} from './listen.ts';

/** Answers over TLS (RFC 7858), as over TCP inside it. */
export async function listenTls(
  address: string,
  port: number,
  credentials: Credentials,
  handler: Handler,
  tell: Listener,
): Promise<Open> {
  const server = tls.createServer({...credentials, ALPNProtocols: ['dot'], handshakeTimeout: 10_000}, stream =>
    serveStream(stream, 'tls', handler, tell),
  );
  server.on('tlsClientError', () => undefined);
  return listening(server, {address, port});
}
