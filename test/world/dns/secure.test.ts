import {createHash, X509Certificate} from 'node:crypto';
import http2 from 'node:http2';
import https from 'node:https';
import net from 'node:net';
import tls from 'node:tls';
import {describe, expect, test} from 'vitest';
import {authority, expired, good, key} from '../../../src/lab/test-certificates.ts';
import {createSplitter, withLength} from '../../../src/wire/dns/framing.ts';
import {createClock} from '../../../src/world/clock.ts';
import {createDns} from '../../../src/world/dns/exchange.ts';
import type {DnsServer, ExchangeOptions} from '../../../src/world/dns/types.ts';
import {answerFor, listening, queryFor} from './servers.ts';

const dns = createDns(createClock());
const query = queryFor('www.example.test', {id: 0});
const answer = answerFor(query);
const options: ExchangeOptions = {timeout: 5, retries: 0};
const trusted = {tlsName: 'localhost', authority} as const;
const spki = new X509Certificate(good).publicKey.export({type: 'spki', format: 'der'});
const pin = createHash('sha256').update(spki).digest('base64');

const ask = (port: number, server: Partial<DnsServer>, more: Partial<ExchangeOptions> = {}) =>
  dns.exchange(query, {address: '127.0.0.1', port, transport: 'tls', ...server}, {...options, ...more});

/** Answers over TLS, all questions of one piece in reverse order. */
function overTls(change: tls.TlsOptions = {}): net.Server {
  return tls.createServer({key, cert: good, ALPNProtocols: ['dot'], ...change}, socket => {
    const splitter = createSplitter();
    socket.on('error', () => undefined);
    socket.on('data', piece => {
      for (const one of [...splitter.push(piece as Uint8Array)].reverse()) socket.write(withLength(answerFor(one)));
    });
  });
}

describe('over TLS', () => {
  test('the certificate must be for the name, whatever the address is', async () => {
    await using server = await listening(overTls());
    expect(await ask(server.port, trusted)).toMatchObject({
      ok: true,
      value: {bytes: answer, session: expect.stringMatching(/^TLSv1\.3 TLS_/)},
    });
    const unnamed = await ask(server.port, {authority});
    expect(unnamed).toMatchObject({ok: false, problem: {code: 'dns.tls.name'}});
    const other = await ask(server.port, {authority, tlsName: 'dns.example.test'});
    expect(other).toMatchObject({ok: false, problem: {code: 'dns.tls.name'}});
  });

  test('who signed it must be trusted, unless any certificate will do', async () => {
    await using server = await listening(overTls());
    const untrusted = await ask(server.port, {tlsName: 'localhost'});
    expect(untrusted).toMatchObject({ok: false, problem: {code: 'dns.tls.untrusted'}});
    const insecure = await ask(server.port, {insecure: true});
    expect(insecure).toMatchObject({ok: true, value: {session: expect.stringContaining('certificate not verified')}});
  });

  test('an expired certificate is told as one', async () => {
    await using server = await listening(overTls({cert: expired}));
    expect(await ask(server.port, trusted)).toMatchObject({ok: false, problem: {code: 'dns.tls.expired'}});
  });

  test('the pin of the key takes the place of an authority', async () => {
    await using server = await listening(overTls());
    expect(await ask(server.port, {pin})).toMatchObject({ok: true});
    const wrong = await ask(server.port, {pin: 'AAAA'});
    expect(wrong).toMatchObject({ok: false, problem: {code: 'dns.tls.pin', says: expect.stringContaining(pin)}});
  });

  test('what speaks no TLS, or something else inside it, is told so', async () => {
    await using plain = await listening(net.createServer(socket => socket.end('220 hello\r\n')));
    expect(await ask(plain.port, trusted)).toMatchObject({ok: false, problem: {code: 'dns.tls.none'}});
    await using other = await listening(overTls({ALPNProtocols: ['h2']}));
    expect(await ask(other.port, trusted)).toMatchObject({ok: false, problem: {code: 'dns.tls.protocol'}});
    await using silent = await listening(net.createServer());
    const late = await ask(silent.port, trusted, {timeout: 0.1});
    expect(late).toMatchObject({ok: false, problem: {code: 'dns.tls.silent'}});
  });

  test('answers out of order over one connection find their questions', async () => {
    await using server = await listening(overTls());
    const opened = await dns.open({address: '127.0.0.1', port: server.port, transport: 'tls', ...trusted}, options);
    if (!opened.ok) throw new Error(opened.problem.says);
    const {connection} = opened;
    const queries = Array.from({length: 50}, (_, id) => queryFor(`n${id}.example.test`, {id}));
    const answers = await Promise.all(queries.map(one => connection.ask(one, options)));
    expect(answers.map(one => one.ok && one.value.bytes)).toEqual(queries.map(one => answerFor(one)));
    expect(server.connections).toHaveLength(1);
    connection.close();
    expect(connection.alive).toBe(false);
  });
});

/** What a web server is to answer with: status, content type, body. */
type Reply = readonly [status: number, type: string, body: Uint8Array];

interface Heard {
  readonly method: string;
  readonly url: string;
  readonly type: string | undefined;
  readonly body: Uint8Array;
}

/** An HTTPS server with HTTP/2, or only with HTTP/1.1. */
function overHttps(version: 1 | 2, reply: Reply, heard: Heard[] = []): net.Server {
  const handle = (request: https.RequestOptions & AsyncIterable<Buffer>, response: AnyResponse) => {
    const {method, url, headers} = request as unknown as {method: string; url: string; headers: Record<string, string>};
    void (async () => {
      const pieces: Buffer[] = [];
      for await (const piece of request) pieces.push(piece);
      heard.push({method, url, type: headers['content-type'], body: new Uint8Array(Buffer.concat(pieces))});
      const [status, type, body] = reply;
      response.writeHead(status, {'content-type': type, 'cache-control': 'max-age=60', location: '/elsewhere'});
      response.end(Buffer.from(body));
    })();
  };
  return version === 2
    ? (http2.createSecureServer({key, cert: good}, handle as never) as unknown as net.Server)
    : https.createServer({key, cert: good}, handle as never);
}

interface AnyResponse {
  writeHead(status: number, headers: Record<string, string>): void;
  end(body: Buffer): void;
}

const dnsMessage = 'application/dns-message';
const web = {transport: 'https', ...trusted} as const;

describe.each([2, 1] as const)('over HTTP/%i', version => {
  const name = version === 2 ? '2' : '1.1';

  test('POST carries the query as it is, GET as base64url', async () => {
    const heard: Heard[] = [];
    await using server = await listening(overHttps(version, [200, dnsMessage, answer], heard));
    const posted = await ask(server.port, web);
    expect(posted).toMatchObject({
      ok: true,
      value: {bytes: answer, session: expect.stringContaining(`HTTP/${name} 200, max-age 60`)},
    });
    expect(await ask(server.port, {...web, method: 'GET', path: '/other{?dns}'})).toMatchObject({ok: true});
    const encoded = Buffer.from(query).toString('base64url');
    expect(heard).toEqual([
      {method: 'POST', url: '/dns-query', type: dnsMessage, body: query},
      {method: 'GET', url: `/other?dns=${encoded}`, type: undefined, body: new Uint8Array(0)},
    ]);
  });

  test.each([
    ['404', [404, 'text/html', answer], 'dns.http.status', /HTTP status 404 Not Found/],
    ['301', [301, dnsMessage, answer], 'dns.http.status', /301/],
    ['a page', [200, 'text/html', answer], 'dns.http.type', /text\/html/],
    ['another answer', [200, dnsMessage, answerFor(queryFor('other.test', {id: 0}))], 'dns.http.answer', /other\.test/],
    ['nothing', [200, dnsMessage, new Uint8Array(0)], 'dns.http.answer', /0 bytes/],
    ['too much', [200, dnsMessage, new Uint8Array(70_000)], 'dns.network', /larger than 65535/],
  ] satisfies [string, Reply, string, RegExp][])('%s is a problem', async (_what, reply, code, says) => {
    await using server = await listening(overHttps(version, reply));
    const exchange = await ask(server.port, web);
    expect(exchange).toMatchObject({ok: false, problem: {code, says: expect.stringMatching(says)}});
  });

  test('several over one connection, then it is closed', async () => {
    await using server = await listening(overHttps(version, [200, dnsMessage, answer]));
    const opened = await dns.open({address: '127.0.0.1', port: server.port, ...web}, options);
    if (!opened.ok) throw new Error(opened.problem.says);
    const answers = await Promise.all([1, 2, 3].map(() => opened.connection.ask(query, options)));
    expect(answers.map(one => one.ok)).toEqual([true, true, true]);
    expect(server.connections).toHaveLength(1);
    opened.connection.close();
    expect(await opened.connection.ask(query, options)).toMatchObject({problem: {code: 'dns.stopped'}});
  });

  test('a web server that says nothing is timed out, and left when told to', async () => {
    const silent = version === 2 ? http2.createSecureServer({key, cert: good}) : https.createServer({key, cert: good});
    await using server = await listening(silent as unknown as net.Server);
    expect(await ask(server.port, web, {timeout: 0.3})).toMatchObject({ok: false, problem: {code: 'dns.timeout'}});
    const stop = new AbortController();
    const note = ({kind}: {kind: string}) => kind === 'sent' && stop.abort();
    const stopped = await ask(server.port, web, {timeout: 60, signal: stop.signal, note});
    expect(stopped).toMatchObject({ok: false, problem: {code: 'dns.stopped'}});
  });
});
