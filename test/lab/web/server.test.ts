import {get} from 'node:https';
import {afterEach, expect, test} from 'vitest';
import {authority, good, key} from '../../../src/lab/test-certificates.ts';
import {startWeb, type WebServer} from '../../../src/lab/web/server.ts';

const open: WebServer[] = [];
afterEach(() => Promise.all(open.splice(0).map(server => server.close())));

async function server(secure = false): Promise<WebServer> {
  const certificate = secure ? {certificate: {key, cert: good}} : {};
  const started = await startWeb({address: '127.0.0.1', port: 0, ...certificate});
  open.push(started);
  return started;
}

test('the page says what the request was, in the form that was asked for', async () => {
  const {port, counts} = await server();
  const url = `http://127.0.0.1:${port}/a?b=<i>`;
  const plain = await fetch(url, {headers: {'x-mine': 'yes'}});
  expect(plain.headers.get('content-type')).toBe('text/plain; charset=utf-8');
  expect(await plain.text()).toMatch(/^request: GET \/a\?b=%3Ci%3E HTTP\/1\.1\n.*^x-mine: yes\n/ms);
  const page = await (await fetch(url, {headers: {accept: 'text/html', 'x-mine': '<b>'}})).text();
  expect(page).toContain('<th>x-mine<td>&lt;b&gt;');
  const json = (await (await fetch(url, {headers: {accept: 'application/json'}})).json()) as Record<string, string>;
  expect(json['to']).toBe(`127.0.0.1 port ${port}`);
  expect(counts()).toEqual({requests: 3});
});

test('other methods are refused, and HEAD has no body', async () => {
  const {port} = await server();
  const url = `http://127.0.0.1:${port}/`;
  expect((await fetch(url, {method: 'DELETE'})).status).toBe(405);
  const head = await fetch(url, {method: 'HEAD'});
  expect([head.status, await head.text()]).toEqual([200, '']);
  expect((await fetch(`${url}missing`)).status).toBe(404);
});

test('over TLS it says so', async () => {
  const {port} = await server(true);
  const body = await new Promise<string>((done, fail) => {
    get({host: '127.0.0.1', port, ca: authority, servername: 'localhost'}, response => {
      let text = '';
      response.setEncoding('utf8').on('data', piece => {
        text += piece;
      });
      response.on('end', () => done(text));
    }).on('error', fail);
  });
  expect(body).toContain('HTTP/1.1 over TLSv1.3');
});
