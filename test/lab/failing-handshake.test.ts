import {X509Certificate} from 'node:crypto';
import {expect, test} from 'vitest';
import {shakeHands} from '../../src/lab/failing-handshake.ts';
import {authority, elsewhere, expired, good, selfSigned} from '../../src/lab/test-certificates.ts';

const never = new AbortController().signal;

test('a server without a flaw is trusted', async () => {
  expect(await shakeHands('nothing', never)).toMatchObject({ok: true, protocol: 'TLSv1.3'});
});

test('it refuses also where the environment says that everything is to be trusted', async () => {
  const before = process.env['NODE_TLS_REJECT_UNAUTHORIZED'];
  process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = '0';
  try {
    expect(await shakeHands('self-signed', never)).toMatchObject({ok: false, code: 'DEPTH_ZERO_SELF_SIGNED_CERT'});
  } finally {
    if (before === undefined) delete process.env['NODE_TLS_REJECT_UNAUTHORIZED'];
    else process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = before;
  }
});

test('it can be given up', async () => {
  const abort = new AbortController();
  const shaking = shakeHands('no-handshake', abort.signal);
  abort.abort();
  expect(await shaking).toMatchObject({ok: false, code: 'ABORTED'});
  expect(await shakeHands('nothing', abort.signal)).toMatchObject({ok: false, code: 'ABORTED'});
});

test('the certificates are good for ninety years, but for the one that is not', () => {
  const root = new X509Certificate(authority);
  for (const pem of [good, elsewhere, expired]) expect(new X509Certificate(pem).verify(root.publicKey)).toBe(true);
  const until = (pem: string) => new Date(new X509Certificate(pem).validTo).getUTCFullYear();
  expect([authority, good, elsewhere, selfSigned, expired].map(until)).toEqual([2120, 2120, 2120, 2120, 2020]);
  expect(new X509Certificate(elsewhere).checkHost('localhost')).toBeUndefined();
  expect(new X509Certificate(good).checkHost('localhost')).toBe('localhost');
});
