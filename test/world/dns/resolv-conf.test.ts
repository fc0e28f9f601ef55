import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {candidates, parseResolvConf, readResolvConf} from '../../../src/world/dns/resolv-conf.ts';

test('servers, search list and options are read', () => {
  const text = [
    '# a comment',
    'nameserver 192.0.2.1',
    'nameserver fe80::1%eth0 ; another',
    'search corp.example example',
    'options ndots:2 timeout:3 attempts:4 rotate edns0 trust-ad use-vc',
  ].join('\n');
  expect(parseResolvConf(text)).toMatchObject({
    servers: ['192.0.2.1', 'fe80::1%eth0'],
    search: ['corp.example', 'example'],
    ndots: 2,
    timeout: 3,
    attempts: 4,
    rotate: true,
    edns0: true,
    trustAd: true,
    useTcp: true,
  });
});

test('what libc takes when nothing is said, and its limits', () => {
  expect(parseResolvConf('', 'box.corp.example')).toMatchObject({
    servers: ['127.0.0.1'],
    search: ['corp.example'],
    ndots: 1,
    timeout: 5,
    attempts: 2,
    rotate: false,
    useTcp: false,
  });
  expect(parseResolvConf('options timeout:99 attempts:0')).toMatchObject({timeout: 30, attempts: 1});
  expect(parseResolvConf('options timeout:x')).toMatchObject({timeout: 5});
});

test('the environment has the last word', () => {
  const environment = {LOCALDOMAIN: 'a.test b.test', RES_OPTIONS: 'ndots:3 timeout:1'};
  expect(parseResolvConf('search x.test\noptions ndots:1', '', environment)).toMatchObject({
    search: ['a.test', 'b.test'],
    ndots: 3,
    timeout: 1,
  });
});

test('search list and ndots decide what is tried, in which order', () => {
  const settings = {search: ['corp.example', 'example'], ndots: 1};
  expect(candidates('www', settings)).toEqual(['www.corp.example.', 'www.example.', 'www.']);
  expect(candidates('www.test', settings)).toEqual(['www.test.', 'www.test.corp.example.', 'www.test.example.']);
  expect(candidates('www.test', {...settings, ndots: 2})[0]).toBe('www.test.corp.example.');
  expect(candidates('www.test.', settings)).toEqual(['www.test.']);
});

test('the file is named where there is one', () => {
  const folder = mkdtempSync(join(tmpdir(), 'wirebook-resolv-'));
  const file = join(folder, 'resolv.conf');
  writeFileSync(file, 'nameserver 192.0.2.9\n');
  expect(readResolvConf(file, {})).toMatchObject({file, servers: ['192.0.2.9']});
  rmSync(folder, {recursive: true});
  expect(readResolvConf(file, {}).file).toBeUndefined();
});
