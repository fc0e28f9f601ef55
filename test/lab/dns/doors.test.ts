import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {labTsigKey} from '../../../src/lab/dns/respond-signed.ts';
import {has} from '../../world/support/tools.ts';
import {openedLab} from './opened.ts';
import {ran} from './tools.ts';

const lab = openedLab();
const folder = mkdtempSync(join(tmpdir(), 'wirebook-lab-'));
const authority = join(folder, 'authority.pem');
const hints = join(folder, 'root.hints');
beforeAll(() => {
  writeFileSync(authority, lab().dns.authority);
  const lines = lab().dns.roots.map(({name, address}) => `. 86400 IN NS ${name}\n${name} 86400 IN A ${address}\n`);
  writeFileSync(hints, lines.join(''));
});
afterAll(() => rmSync(folder, {recursive: true}));

async function dig(server: string, ...words: readonly string[]): Promise<string> {
  const {address, port} = lab().reach(server, 53);
  return ran('dig', [`@${address}`, '-p', String(port), ...words]);
}

describe.skipIf(!has('dig', '-v'))('dig', () => {
  test.each([
    ['127.4.3.1', ['+tcp', '+short', 'www.example.test', 'A'], '127.4.3.80\n'],
    ['127.4.3.1', ['+nsid', 'example.test', 'SOA'], '("ns1.example.test.")'],
    ['127.4.3.1', ['+subnet=192.0.2.0/24', 'example.test', 'SOA'], '; CLIENT-SUBNET: 192.0.2.0/24/0'],
    ['127.4.3.1', ['+cookie', 'example.test', 'SOA'], '(good)'],
    ['127.4.3.1', ['+edns=7', '+noednsneg', 'example.test', 'SOA'], 'status: BADVERS'],
    ['127.4.3.1', ['+tcp', '+keepalive', 'example.test', 'SOA'], '; TCP KEEPALIVE: 30.0 secs'],
    ['127.4.3.1', ['+opcode=status', 'example.test'], 'status: NOTIMP'],
    ['127.4.3.1', ['www.example', 'A'], '; EDE: 20 (Not Authoritative): (That name is in no zone of this server)'],
    ['127.4.3.1', ['+short', 'id.server', 'CH', 'TXT'], '"ns1.example.test."'],
    ['127.4.3.1', ['+short', 'version.bind', 'CH', 'TXT'], '"Wirebook lab"'],
    ['127.4.3.1', ['+ignore', 'big.example.test', 'TXT'], ';; flags: qr aa tc rd;'],
    ['127.4.3.1', ['big.example.test', 'TXT'], ';; Truncated, retrying in TCP mode.'],
    ['127.4.3.1', ['example.test', 'ANY', '+tcp'], 'CSYNC'],
    ['127.4.3.1', ['loop.example.test'], 'round.example.test.\t3600\tIN\tCNAME\tloop.example.test.'],
    ['127.4.3.1', ['a.b.old.example.test'], 'a.b.old.example.test.\t3600\tIN\tCNAME\ta.b.new.example.test.'],
    ['127.4.3.1', [`${'a.'.repeat(100)}${'b'.repeat(26)}.old.example.test`], 'status: NXDOMAIN'],
    ['127.4.4.6', ['+nobadcookie', 'strict.test'], 'status: BADCOOKIE'],
    ['127.4.4.6', ['strict.test'], ';; BADCOOKIE, retrying.'],
    ['127.4.4.6', ['+nocookie', 'strict.test'], ';; Truncated, retrying in TCP mode.'],
    ['127.4.0.53', ['+short', '_dns.resolver.arpa', 'SVCB'], '1 resolver.nic.test. alpn="dot" ipv4hint=127.4.0.53'],
    ['127.4.4.8', ['lame.test'], 'status: REFUSED'],
    ['127.4.4.9', ['+tries=1', 'lame.test'], 'connection refused'],
    ['127.4.4.7', ['+tries=1', '+timeout=1', 'silent.test'], 'timed out'],
    ['127.4.0.53', ['lame.test'], '; EDE: 23 (Network Error): (127.4.4.8, named as a server of lame.test., refuses)'],
    ['127.4.0.53', ['silent.test'], '; EDE: 22 (No Reachable Authority): (No server of silent.test. is of use)'],
    ['127.4.0.53', ['loop.example.test'], 'status: SERVFAIL'],
    ['127.4.0.53', ['www.python.org'], 'The lab is no Internet'],
    ['127.4.0.53', ['+short', 'away.example.test', '+cd'], 'www.bogus.test.\n127.4.3.80\n'],
    ['127.4.0.53', ['+short', '-x', '127.4.3.80'], 'www.example.test.\nexample.test.\n'],
    ['127.4.0.53', ['+short', '-x', '2001:db8:4:3::80'], 'dual.example.test.\n'],
    ['127.4.0.53', ['example.test', 'AXFR'], 'Transfer failed.'],
  ])('@%s %j', async (server, words, said) => {
    expect(await dig(server, ...words)).toContain(said);
  });

  test('transfers the change since the last serial, or says that there is none', async () => {
    const change = await dig('127.4.3.1', 'example.test', 'IXFR=2026120111', '+noall', '+answer', '+nocrypto');
    const types = change.split('\n').flatMap(line => line.split(/\s+/)[3] ?? []);
    expect(types).toEqual(['SOA', 'SOA', 'RRSIG', 'TXT', 'RRSIG', 'SOA', 'RRSIG', 'TXT', 'RRSIG', 'SOA']);
    const none = await dig('127.4.3.1', '+tcp', 'example.test', 'IXFR=2026120112', '+noall', '+answer');
    expect(none.trim().split('\n')).toHaveLength(1);
    const all = await dig('127.4.3.1', 'example.test', 'IXFR=5', '+noall', '+answer');
    expect(all.split('\n').length).toBeGreaterThan(400);
  });

  test('signs and checks with the key of the lab', async () => {
    const good = await dig('127.4.3.1', '-y', labTsigKey, 'example.test', 'AXFR');
    expect(good).toMatch(/XFR size: \d+ records/);
    expect(good).not.toMatch(/could not be validated|verify/);
    const bad = await dig('127.4.3.1', '-y', `${labTsigKey.slice(0, -2)}AA`, 'example.test', 'SOA');
    expect(bad).toMatch(/BADSIG/);
    const other = await dig('127.4.3.1', '-y', labTsigKey.replace('lab.', 'no.'), 'example.test', 'SOA');
    expect(other).toMatch(/BADKEY/);
  });

  test('asks over TLS and HTTPS', async () => {
    const {resolverTls, resolverHttps} = lab().dns;
    const ask = (port: number, ...words: readonly string[]) =>
      ran('dig', ['@127.4.0.53', '-p', String(port), `+tls-ca=${authority}`, ...words, '+short', 'example.test', 'MX']);
    const answer = '10 busy.example.test.\n20 mail.example.test.\n';
    expect(await ask(resolverTls.port, '+tls', '+tls-hostname=resolver.nic.test')).toBe(answer);
    expect(await ask(resolverHttps.port, '+https', '+tls-hostname=resolver.nic.test')).toBe(answer);
    expect(await ask(resolverHttps.port, '+https-get', '+tls-hostname=resolver.nic.test')).toBe(answer);
    expect(await ask(resolverTls.port, '+tls', '+tls-hostname=elsewhere.test')).not.toContain('busy');
  });
});

describe.skipIf(!has('kdig', '--version'))('kdig', () => {
  test.each([
    [['+tls-hostname=resolver.nic.test'], 'resolverTls'],
    [['+https', '+tls-hostname=resolver.nic.test'], 'resolverHttps'],
    [['+https-get', '+tls-hostname=resolver.nic.test'], 'resolverHttps'],
    [['+tls-hostname=127.4.0.53'], 'resolverTls'],
  ] as const)('%j', async (words, which) => {
    const {address, port} = lab().dns[which];
    const said = await ran('kdig', [
      `@${address}`,
      '-p',
      String(port),
      `+tls-ca=${authority}`,
      ...words,
      'www.example.test',
    ]);
    expect(said).toMatch(/www\.example\.test\.\s+3600\s+IN\s+A\s+127\.4\.3\.80/);
  });
});

describe.skipIf(!has('drill', '-v'))('drill', () => {
  test('goes from the root down by the glue', async () => {
    const said = await ran('drill', ['-T', '-p', String(lab().dns.port), '-r', hints, 'www.example.test']);
    expect(said).toMatch(
      /test\.\s+86400.*\n[\s\S]*example\.test\.\s+3600.*\n[\s\S]*www\.example\.test\.\s+3600\s+IN\s+A\s+127/,
    );
  });
});

describe.skipIf(!has('openssl', 'version'))('openssl', () => {
  test('takes the certificates of the lab, strictly', async () => {
    const {address, port} = lab().dns.resolverTls;
    const words = ['-connect', `${address}:${port}`, '-CAfile', authority, '-x509_strict', '-verify_return_error'];
    const named = await ran('openssl', ['s_client', ...words, '-verify_hostname', 'resolver.nic.test'], '');
    expect(named).toContain('Verify return code: 0 (ok)');
    expect(await ran('openssl', ['s_client', ...words, '-verify_ip', '127.4.0.53'], '')).toContain('code: 0 (ok)');
  });
});
