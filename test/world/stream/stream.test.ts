import {createServer, type Server, type Socket} from 'node:net';
import {createSecureContext, TLSSocket} from 'node:tls';
import {afterEach, describe, expect, test} from 'vitest';
import {authority, elsewhere, expired, good, key, selfSigned} from '../../../src/lab/test-certificates.ts';
import {openStream, type Stream} from '../../../src/world/stream/stream.ts';

const open: (Server | Socket)[] = [];
afterEach(() => {
  for (const one of open.splice(0)) 'destroy' in one ? one.destroy() : one.close();
});

async function listen(serve: (socket: Socket) => void): Promise<number> {
  const server = createServer(socket => {
    open.push(socket);
    socket.on('error', () => undefined);
    serve(socket);
  });
  open.push(server);
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
  return (server.address() as {port: number}).port;
}

async function opened(serve: (socket: Socket) => void): Promise<Stream> {
  const stream = await openStream({address: '127.0.0.1', port: await listen(serve), timeout: 2});
  if (!stream.ok) throw new Error(stream.problem.says);
  return stream.stream;
}

async function all(stream: Stream): Promise<string> {
  const pieces: Uint8Array[] = [];
  for (;;) {
    const read = await stream.read(2);
    if (read.kind !== 'bytes') return `${Buffer.concat(pieces).toString()}|${read.kind}`;
    pieces.push(read.bytes);
  }
}

describe('a stream', () => {
  test('is read to its end, and half of it can be closed', async () => {
    const stream = await opened(socket => socket.on('data', data => socket.end(`got ${data.toString()}`)));
    expect(await stream.write(Buffer.from('hello'))).toBeUndefined();
    stream.finish();
    expect(await all(stream)).toBe('got hello|end');
    stream.close();
  });

  test('that is silent is waited for as long as was said', async () => {
    const stream = await opened(() => undefined);
    expect(await stream.read(0.05)).toEqual({kind: 'timeout'});
    stream.close();
  });

  test('holds its sender up while nobody reads', async () => {
    let sent = 0;
    const piece = Buffer.alloc(64 * 1024);
    const stream = await opened(socket => {
      const more = () => {
        while (sent < 64 * 1024 * 1024 && socket.write(piece)) sent += piece.length;
      };
      socket.on('drain', more);
      more();
    });
    await new Promise(done => setTimeout(done, 100));
    expect(sent).toBeLessThan(64 * 1024 * 1024);
    stream.close();
  });

  test('that cannot be opened says why', async () => {
    const refused = await openStream({address: '127.0.0.1', port: 9, timeout: 2});
    expect(refused).toMatchObject({ok: false, problem: {code: 'stream.refused', errno: 'ECONNREFUSED'}});
    const stopped = await openStream({address: '127.0.0.1', port: 9, timeout: 2, signal: AbortSignal.abort()});
    expect(stopped).toMatchObject({ok: false, problem: {code: 'stream.stopped'}});
  });

  test('that is reset says so', async () => {
    const stream = await opened(socket => socket.once('data', () => socket.resetAndDestroy()));
    await stream.write(Buffer.from('x'));
    expect(await stream.read(2)).toMatchObject({kind: 'failed', problem: {code: 'stream.reset'}});
    stream.close();
  });
});

describe('TLS begun in the middle', () => {
  const talking = (cert: string) => (socket: Socket) =>
    socket.once('data', () => {
      socket.write('go');
      const secureContext = createSecureContext({key, cert});
      const secure = new TLSSocket(socket, {isServer: true, secureContext});
      secure.on('error', () => undefined);
      secure.on('data', data => secure.end(`secure ${data.toString()}`));
    });

  test.each([
    ['good', good, undefined],
    ['expired', expired, 'CERT_HAS_EXPIRED'],
    ['elsewhere', elsewhere, 'ERR_TLS_CERT_ALTNAME_INVALID'],
    ['signed with its own key', selfSigned, 'DEPTH_ZERO_SELF_SIGNED_CERT'],
  ])('a certificate that is %s', async (_what, cert, distrust) => {
    const stream = await opened(talking(cert));
    await stream.write(Buffer.from('start'));
    expect(await stream.read(2)).toMatchObject({kind: 'bytes'});
    const secured = await stream.startTls({name: 'localhost', authority, timeout: 5});
    expect(secured).toMatchObject({ok: true, tls: {protocol: 'TLSv1.3'}});
    expect(secured.ok && secured.tls.distrust).toBe(distrust);
    await stream.write(Buffer.from('x'));
    expect(await all(stream)).toBe('secure x|end');
    stream.close();
  });

  test('with somebody who speaks no TLS fails', async () => {
    const stream = await opened(socket => socket.on('data', () => socket.write('what?\r\n')));
    const secured = await stream.startTls({name: 'localhost', timeout: 5});
    expect(secured).toMatchObject({ok: false, problem: {code: 'stream.tls'}});
    expect(await stream.read(1)).toMatchObject({kind: 'failed'});
  });

  test('with somebody who says nothing is given up', async () => {
    const stream = await opened(() => undefined);
    expect(await stream.startTls({name: 'localhost', timeout: 0.05})).toMatchObject({
      ok: false,
      problem: {code: 'stream.timeout'},
    });
  });
});
