import http from 'node:http';
import http2 from 'node:http2';
import type net from 'node:net';
import type {Problem} from '../../journal/problem.ts';
import {endpointText, serverText, withoutScope} from './endpoint.ts';
import {networkProblem} from './problems.ts';
import type {DnsServer} from './types.ts';

/** What came back: status, the two fields that matter (RFC 8484 §5.1, §6), and the body. */
export interface HttpReply {
  readonly version: string;
  readonly status: number;
  readonly type: string;
  readonly cache: string;
  readonly body: Uint8Array;
}

/** Sends requests over one connection, and tells when it is over. */
export interface HttpClient {
  request(query: Uint8Array, signal: AbortSignal): Promise<HttpReply>;
  close(): void;
}

const media = 'application/dns-message';
const largest = 65_535;

/** HTTP/2, or HTTP/1.1 where the server chose that (or nothing) in ALPN. */
export function httpOver(
  socket: net.Socket,
  alpn: string | undefined,
  server: DnsServer,
  over: (problem: Problem) => void,
) {
  return alpn === 'h2' ? http2Client(socket, server, over) : http1Client(socket, server, over);
}

/** Why a reply holds no DNS message: RFC 8484 §4.2.1, §6. */
export function notDns(server: DnsServer, reply: HttpReply): Problem | undefined {
  if (reply.status !== 200)
    return {
      code: 'dns.http.status',
      says: `${serverText(server)} answered with HTTP status ${reply.status} ${http.STATUS_CODES[reply.status] ?? ''}`.trim(),
      next: nextOf(reply.status),
    };
  if (reply.type.split(';')[0]!.trim().toLowerCase() === media) return undefined;
  return {
    code: 'dns.http.type',
    says: `${serverText(server)} answered with ${reply.type || 'no content type'} in place of ${media}`,
    next: 'Check the path: often it is /dns-query.',
  };
}

/** `HTTP/2 200, max-age 300`. */
export function replyText(reply: HttpReply): string {
  const age = /max-age=(\d+)/.exec(reply.cache)?.[1];
  return `HTTP/${reply.version} ${reply.status}${age === undefined ? '' : `, max-age ${age}`}`;
}

function nextOf(status: number): string {
  if (status === 404 || (status >= 300 && status < 400)) return 'Check the path: often it is /dns-query.';
  if (status === 405 || status === 415) return 'Ask with the other method, GET or POST.';
  return status >= 500 ? 'Ask later, or another server.' : 'Check the address, the path and the method.';
}

interface Asked {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly host: string;
  readonly headers: Readonly<Record<string, string>>;
}

function asked(server: DnsServer, query: Uint8Array): Asked {
  const path = (server.path ?? '/dns-query').replace(/\{.*\}$/, '');
  const name = server.tlsName ?? withoutScope(server.address);
  const bracketed = name.includes(':') ? `[${name}]` : name;
  const host =
    server.port === 443
      ? bracketed
      : server.tlsName === undefined
        ? endpointText(name, server.port)
        : `${name}:${server.port}`;
  if (server.method === 'GET') {
    const joint = path.includes('?') ? '&' : '?';
    return {
      method: 'GET',
      host,
      path: `${path}${joint}dns=${Buffer.from(query).toString('base64url')}`,
      headers: {accept: media},
    };
  }
  return {
    method: 'POST',
    host,
    path,
    headers: {accept: media, 'content-type': media, 'content-length': String(query.length)},
  };
}

function http2Client(socket: net.Socket, server: DnsServer, over: (problem: Problem) => void): HttpClient {
  const session = http2.connect(`https://${asked(server, new Uint8Array(0)).host}`, {
    createConnection: () => socket as never,
  });
  session.on('error', error => over(networkProblem(server, error)));
  session.on('goaway', () => over(closedProblem(server)));
  session.on('close', () => over(closedProblem(server)));
  return {
    request(query, signal) {
      const {promise, resolve, reject} = Promise.withResolvers<HttpReply>();
      const {method, path, headers} = asked(server, query);
      const stream = session.request(
        {':method': method, ':path': path, ...headers},
        {endStream: method === 'GET', signal},
      );
      let head: http2.IncomingHttpHeaders & http2.IncomingHttpStatusHeader = {};
      stream.on('response', received => {
        head = received;
      });
      const body = collect(stream, reject);
      stream.on('error', reject);
      stream.on('close', () => reject(Object.assign(new Error('closed'), {code: 'ECONNRESET'})));
      stream.on('end', () => {
        const status = head[':status'] ?? 0;
        const type = String(head['content-type'] ?? '');
        resolve({version: '2', status, type, cache: String(head['cache-control'] ?? ''), body: body()});
      });
      if (method === 'POST') stream.end(query);
      return promise;
    },
    close() {
      session.destroy();
      socket.destroy();
    },
  };
}

/** One request after another: HTTP/1.1 answers in order. */
function http1Client(socket: net.Socket, server: DnsServer, over: (problem: Problem) => void): HttpClient {
  const agent = new http.Agent({keepAlive: true, maxSockets: 1});
  agent.createConnection = () => socket;
  socket.on('close', () => over(closedProblem(server)));
  return {
    request(query, signal) {
      const {promise, resolve, reject} = Promise.withResolvers<HttpReply>();
      const {method, path, headers, host} = asked(server, query);
      const request = http.request({agent, method, path, headers: {host, ...headers}, signal}, response => {
        const body = collect(response, reject);
        const {statusCode: status = 0, headers: got, httpVersion: version} = response;
        response.on('end', () => {
          const type = got['content-type'] ?? '';
          resolve({version, status, type, cache: got['cache-control'] ?? '', body: body()});
        });
        response.on('error', reject);
      });
      request.on('error', reject);
      request.end(method === 'POST' ? query : undefined);
      return promise;
    },
    close() {
      agent.destroy();
      socket.destroy();
    },
  };
}

/** The body, never more of it than a DNS message can have. */
function collect(
  stream: NodeJS.ReadableStream & {destroy(error?: Error): unknown},
  reject: (error: Error) => void,
): () => Uint8Array {
  const pieces: Uint8Array[] = [];
  let size = 0;
  stream.on('data', (piece: Uint8Array) => {
    size += piece.length;
    if (size <= largest) return void pieces.push(piece);
    reject(new Error(`the answer is larger than ${largest} bytes`));
    stream.destroy();
  });
  return () => new Uint8Array(Buffer.concat(pieces));
}

function closedProblem(server: DnsServer): Problem {
  return {
    code: 'dns.closed',
    says: `The server closed the connection to ${serverText(server)}`,
    next: 'Ask again, or over another transport.',
  };
}
