import http2, {type Http2ServerRequest, type Http2ServerResponse} from 'node:http2';
import type {Credentials} from '../authority.ts';
import {listening, type Open} from '../listening.ts';
import type {Handler, Listener} from './listen.ts';

/** Where questions are taken (RFC 8484 §4.1). */
export const dohPath = '/dns-query';

const mediaType = 'application/dns-message';
const mostBytes = 65_535;

/** Answers over HTTPS, with HTTP/2 or HTTP/1.1, GET or POST (RFC 8484). */
export async function listenHttps(
  address: string,
  port: number,
  credentials: Credentials,
  handler: Handler,
  tell: Listener,
): Promise<Open> {
  const server = http2.createSecureServer({...credentials, allowHTTP1: true});
  server.on('request', (request, response) => {
    void serve(request, response, handler, tell).catch(() => response.destroy());
  });
  server.on('tlsClientError', () => undefined).on('sessionError', () => undefined);
  return listening(server, {address, port});
}

async function serve(
  request: Http2ServerRequest,
  response: Http2ServerResponse,
  handler: Handler,
  tell: Listener,
): Promise<void> {
  const query = await queryOf(request);
  if (!(query instanceof Uint8Array)) return refuse(response, query);
  const {remoteAddress = '', remotePort = 0} = request.socket;
  const asker = {transport: 'https', address: remoteAddress, port: remotePort} as const;
  const {messages, told} = await handler(query, asker);
  const [message] = [...messages];
  if (message === undefined) return refuse(response, {status: 400, says: 'This is no DNS query'});
  response.writeHead(200, {
    'content-type': mediaType,
    'content-length': message.length,
    // RFC 8484 §5.1: no longer than the records may be kept, and the lab's zones may change at any moment.
    'cache-control': 'max-age=0',
  });
  response.end(message);
  if (told !== undefined) tell(told, asker);
}

interface Refusal {
  readonly status: number;
  readonly says: string;
}

function refuse(response: Http2ServerResponse, {status, says}: Refusal): void {
  response.writeHead(status, {
    'content-type': 'text/plain; charset=utf-8',
    ...(status === 405 && {allow: 'GET, POST'}),
  });
  response.end(`${says}.\n`);
}

async function queryOf(request: Http2ServerRequest): Promise<Uint8Array | Refusal> {
  const {pathname, searchParams} = new URL(request.url, 'https://lab.invalid');
  if (pathname !== dohPath) return {status: 404, says: `Questions are taken at ${dohPath}`};
  if (request.method === 'GET') {
    const typed = searchParams.get('dns');
    if (typed === null) return {status: 400, says: 'GET needs ?dns= with a query in base64url'};
    return /^[\w-]+$/.test(typed)
      ? Buffer.from(typed, 'base64url')
      : {status: 400, says: 'What ?dns= has is no base64url'};
  }
  if (request.method !== 'POST') return {status: 405, says: 'Ask with GET or POST'};
  if (request.headers['content-type'] !== mediaType) return {status: 415, says: `A query has the type ${mediaType}`};
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > mostBytes) return {status: 413, says: `A query has ${mostBytes} bytes at most`};
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
