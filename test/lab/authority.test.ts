import {X509Certificate} from 'node:crypto';
import {mkdtempSync, rmSync, statSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {connect, createServer} from 'node:tls';
import {afterAll, describe, expect, test} from 'vitest';
import {openAuthority} from '../../src/lab/authority.ts';
import {has} from '../world/support/tools.ts';
import {ran} from './dns/tools.ts';

const folder = mkdtempSync(join(tmpdir(), 'wirebook-authority-'));
afterAll(() => rmSync(folder, {recursive: true}));

const authority = openAuthority();
const names = ['mail.example.test.', '127.4.3.25', '2001:db8::25', '::1'];
const issued = authority.issue(names);
const [leaf] = issued.cert.split(/(?<=END CERTIFICATE-----\n)/);

describe('a certificate of the lab', () => {
  test('is for its names and addresses, and signed by the authority', () => {
    const [own, above] = [new X509Certificate(leaf!), new X509Certificate(authority.certificate)];
    expect(own.subject).toBe('O=Wirebook lab\nCN=mail.example.test');
    expect(own.subjectAltName).toBe(
      'DNS:mail.example.test, IP Address:127.4.3.25, IP Address:2001:DB8:0:0:0:0:0:25, IP Address:0:0:0:0:0:0:0:1',
    );
    expect([own.ca, above.ca]).toEqual([false, true]);
    expect([own.checkIssued(above), own.verify(above.publicKey), above.verify(above.publicKey)]).toEqual([
      true,
      true,
      true,
    ]);
    expect(own.checkHost('mail.example.test')).toBe('mail.example.test');
    expect(own.checkHost('www.example.test')).toBeUndefined();
  });

  test.each([
    ['mail.example.test', undefined],
    ['elsewhere.test', 'ERR_TLS_CERT_ALTNAME_INVALID'],
  ])('is what Node makes of it: a client that wants %s', async (servername, code) => {
    const server = createServer(issued).listen(0, '127.0.0.1');
    await new Promise(done => server.once('listening', done));
    const {port} = server.address() as {port: number};
    const outcome = await new Promise(done => {
      const socket = connect({port, host: '127.0.0.1', servername, ca: authority.certificate});
      socket.once('secureConnect', () => done(socket.destroy() && undefined));
      socket.once('error', (error: NodeJS.ErrnoException) => done(error.code));
    });
    server.close();
    expect(outcome === undefined || typeof outcome === 'object' ? undefined : outcome).toBe(code);
  });

  test.each(['2049-12-31', '2050-01-01', '2026-02-28'])('made on %s says when it is valid', date => {
    const now = new Date(`${date}T12:00:00Z`);
    const read = new X509Certificate(openAuthority(undefined, now).certificate);
    expect(read.validFromDate.getTime()).toBe(now.getTime() - 86_400_000);
    expect(read.validToDate.getTime()).toBe(now.getTime() + 3649 * 86_400_000);
  });
});

describe.skipIf(!has('openssl', 'version'))('openssl', () => {
  test('verifies it strictly', async () => {
    const [ca, own] = [join(folder, 'ca.pem'), join(folder, 'own.pem')];
    writeFileSync(ca, authority.certificate);
    writeFileSync(own, leaf!);
    const verify = (...words: readonly string[]) =>
      ran('openssl', ['verify', '-x509_strict', '-purpose', 'sslserver', '-CAfile', ca, ...words, own]);
    expect(await verify('-verify_hostname', 'mail.example.test')).toBe(`${own}: OK\n`);
    expect(await verify('-verify_ip', '2001:db8::25')).toBe(`${own}: OK\n`);
    expect(await verify('-verify_hostname', 'elsewhere.test')).toContain('hostname mismatch');
  });
});

describe('a folder', () => {
  const kept = join(folder, 'kept');

  test('keeps the authority, and its key for nobody else', () => {
    const first = openAuthority(kept);
    expect(openAuthority(kept).certificate).toBe(first.certificate);
    expect(statSync(join(kept, 'authority.key.pem')).mode & 0o777).toBe(0o600);
  });

  test('gets a new one when the files do not belong together, or the old one is about to expire', () => {
    const first = openAuthority(kept);
    writeFileSync(join(kept, 'authority.pem'), authority.certificate);
    expect(openAuthority(kept).certificate).not.toBe(authority.certificate);
    const later = new Date(Date.now() + 3640 * 86_400_000);
    expect(openAuthority(kept, later).certificate).not.toBe(first.certificate);
    writeFileSync(join(kept, 'authority.key.pem'), 'nonsense');
    expect(openAuthority(kept).certificate).toContain('BEGIN CERTIFICATE');
  });
});
