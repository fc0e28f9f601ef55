import {createServer as createHttp, type IncomingMessage, type ServerResponse} from 'node:http';
import {createServer as createHttps} from 'node:https';
import {visible} from '../../wire/text/visible.ts';
import {listening} from '../listening.ts';
import type {Endpoint} from '../types.ts';

export interface WebOptions extends Endpoint {
  /** PEM of a key and a certificate: then it speaks HTTPS. */
  readonly certificate?: {readonly key: string; readonly cert: string};
}

export interface WebServer extends Endpoint {
  counts(): {readonly requests: number};
  close(): Promise<void>;
}

/** A web server on loopback (RFC 9112) whose page says what the request was. */
export async function startWeb(options: WebOptions): Promise<WebServer> {
  const counts = {requests: 0};
  const answer = (request: IncomingMessage, response: ServerResponse) => {
    counts.requests++;
    respond(request, response);
  };
  const server = options.certificate === undefined ? createHttp(answer) : createHttps(options.certificate, answer);
  const open = await listening(server, options);
  return {...open, counts: () => ({...counts})};
}

function respond(request: IncomingMessage, response: ServerResponse): void {
  const {method = 'GET', url = '/', headers} = request;
  request.resume();
  const isHead = method === 'HEAD';
  if (!['GET', 'HEAD', 'POST'].includes(method)) {
    response.writeHead(405, {allow: 'GET, HEAD, POST', 'content-length': 0}).end();
    return;
  }
  const form = formOf(headers.accept ?? '');
  const body = Buffer.from(forms[form](factsOf(request)));
  response.writeHead(url === '/missing' ? 404 : 200, {
    'content-type': `${form}; charset=utf-8`,
    'content-length': body.length,
    'cache-control': 'no-store',
  });
  response.end(isHead ? undefined : body);
}

type Facts = readonly (readonly [string, string])[];

function factsOf({method, url, httpVersion, socket, rawHeaders}: IncomingMessage): Facts {
  const secure = 'getProtocol' in socket ? ` over ${String((socket as {getProtocol(): unknown}).getProtocol())}` : '';
  const header = Array.from({length: Math.floor(rawHeaders.length / 2)}, (_, index): [string, string] => [
    rawHeaders[2 * index]!,
    rawHeaders[2 * index + 1]!,
  ]);
  const facts: [string, string][] = [
    ['request', `${method} ${url} HTTP/${httpVersion}${secure}`],
    ['from', `${socket.remoteAddress} port ${socket.remotePort}`],
    ['to', `${socket.localAddress} port ${socket.localPort}`],
    ...header,
  ];
  return facts.map(([name, value]) => [visible(name), visible(value)]);
}

const escapes: Readonly<Record<string, string>> = {'&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;'};
const escaped = (text: string) => text.replace(/[&<>"]/g, character => escapes[character]!);

const forms = {
  'text/html': (facts: Facts) =>
    `<!doctype html>\n<title>The lab’s web server</title>\n<h1>The lab’s web server</h1>\n<table>\n${facts
      .map(([name, value]) => `<tr><th>${escaped(name)}<td>${escaped(value)}\n`)
      .join('')}</table>\n`,
  'application/json': (facts: Facts) => `${JSON.stringify(Object.fromEntries(facts), undefined, 2)}\n`,
  'text/plain': (facts: Facts) =>
    `The lab’s web server\n\n${facts.map(([name, value]) => `${name}: ${value}\n`).join('')}`,
};

function formOf(accept: string): keyof typeof forms {
  if (/application\/json/i.test(accept)) return 'application/json';
  return /text\/html/i.test(accept) ? 'text/html' : 'text/plain';
}
