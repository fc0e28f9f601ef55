import {createHash} from 'node:crypto';
import net from 'node:net';
import tls from 'node:tls';
import type {Problem} from '../../journal/problem.ts';
import {endpointText, serverText, withoutScope} from './endpoint.ts';
import {connectTimedOut, networkProblem, stopped} from './problems.ts';
import type {DnsServer, ExchangeOptions} from './types.ts';

export type Dialled =
  | {
      readonly ok: true;
      readonly socket: net.Socket;
      readonly local: string;
      readonly session?: string;
      readonly alpn?: string;
    }
  | {readonly ok: false; readonly problem: Problem};

/** ALPN (RFC 7858 has none; `dot` is what IANA lists for it; RFC 8484 §5.2 wants HTTP/2 and takes less). */
const protocols = {tls: ['dot'], https: ['h2', 'http/1.1']} as const;

/** Opens a TCP connection, and TLS on it where the transport has TLS, to exactly this address. */
export function dial(server: DnsServer, options: ExchangeOptions): Promise<Dialled> {
  const {signal, timeout} = options;
  if (signal?.aborted === true) return Promise.resolve({ok: false, problem: stopped});
  const {promise, resolve} = Promise.withResolvers<Dialled>();
  const isSecure = server.transport === 'tls' || server.transport === 'https';
  const socket = isSecure ? connectTls(server, options) : net.connect(target(server, options));
  const settle = (dialled: Dialled) => {
    clearTimeout(timer);
    signal?.removeEventListener('abort', abort);
    socket.off('error', fail);
    // A socket that fails between now and its next owner must not end the program.
    socket.on('error', () => undefined);
    if (!dialled.ok) socket.destroy();
    resolve(dialled);
  };
  const abort = () => settle({ok: false, problem: stopped});
  const fail = (error: unknown) => settle({ok: false, problem: networkProblem(server, error)});
  const late = () => settle({ok: false, problem: connectTimedOut(server, timeout, isSecure && !socket.connecting)});
  const timer = setTimeout(late, timeout * 1000);
  signal?.addEventListener('abort', abort, {once: true});
  socket.on('error', fail);
  socket.once('close', () => fail(Object.assign(new Error('closed'), {code: 'ECONNRESET'})));
  socket.once(isSecure ? 'secureConnect' : 'connect', () => {
    const local = endpointText(socket.localAddress ?? '', socket.localPort ?? 0);
    if (!(socket instanceof tls.TLSSocket)) return settle({ok: true, socket, local});
    const problem = wrongKey(server, socket);
    if (problem !== undefined) return settle({ok: false, problem});
    settle({ok: true, socket, local, session: sessionText(socket), alpn: socket.alpnProtocol || 'none'});
  });
  return promise;
}

function target(server: DnsServer, options: ExchangeOptions): net.TcpNetConnectOpts {
  const local = options.local === undefined ? {} : {localAddress: options.local};
  return {host: server.address, port: server.port, noDelay: true, ...local};
}

function connectTls(server: DnsServer, options: ExchangeOptions): tls.TLSSocket {
  const address = withoutScope(server.address);
  const name = server.tlsName ?? address;
  return tls.connect({
    ...target(server, options),
    minVersion: 'TLSv1.2',
    ALPNProtocols: [...protocols[server.transport === 'https' ? 'https' : 'tls']],
    rejectUnauthorized: server.insecure !== true && server.pin === undefined,
    checkServerIdentity: (_host, certificate) => tls.checkServerIdentity(name, certificate),
    ...(net.isIP(name) === 0 && {servername: name}),
    ...(server.authority !== undefined && {ca: server.authority}),
  });
}

function wrongKey(server: DnsServer, socket: tls.TLSSocket): Problem | undefined {
  if (server.pin === undefined) return undefined;
  const key = socket.getPeerX509Certificate()?.publicKey.export({type: 'spki', format: 'der'});
  const pin = key === undefined ? 'none' : createHash('sha256').update(key).digest('base64');
  if (pin === server.pin) return undefined;
  return {
    code: 'dns.tls.pin',
    says: `The key of ${serverText(server)} is another one: its pin is ${pin}`,
    next: 'Give that pin if you know that the key was changed; otherwise somebody stands between.',
  };
}

function sessionText(socket: tls.TLSSocket): string {
  const proved = socket.authorized ? '' : ', certificate not verified';
  return `${socket.getProtocol() ?? 'TLS'} ${socket.getCipher().standardName}${proved}`;
}
