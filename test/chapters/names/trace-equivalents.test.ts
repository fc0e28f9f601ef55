import {execFile, execFileSync, spawnSync} from 'node:child_process';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {promisify} from 'node:util';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {defaultsOf} from '../../../src/chapters/fields.ts';
import {traceEquivalents} from '../../../src/chapters/names/trace-equivalents.ts';
import {traceFields} from '../../../src/chapters/names/trace-fields.ts';
import {missing, type NameServer, startNsd} from '../../support/name-servers.ts';
import {dnssecVectors} from '../../world/dns/signed-zones.ts';
import {has} from '../../world/support/tools.ts';

const run = promisify(execFile);
const folder = mkdtempSync(join(tmpdir(), 'wirebook-trace-'));
const noNsd = missing('nsd');
let server: NameServer;

beforeAll(async () => {
  if (noNsd === undefined) server = await startNsd(dnssecVectors.tree);
}, 20_000);
afterAll(async () => {
  rmSync(folder, {recursive: true});
  await server?.stop();
});

/** Some Python that has dnspython. */
const python = ['python3', '/usr/bin/python3'].find(
  program => spawnSync(program, ['-c', 'import dns.query']).status === 0,
);
if (python === undefined) console.warn('dnspython is not installed: its program is not run');

const codeOf = (language: string, ask: object = {}) =>
  traceEquivalents({...defaultsOf(traceFields), ...ask}).find(one => one.language === language)?.code;

const there = () => ({root: '127.0.0.1', port: server.port, name: 'www.plain.', type: 'aaaa'});

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

describe.skipIf(noNsd !== undefined)('a zone of NSD is found', () => {
  test.skipIf(python === undefined)('by the Python', async () => {
    const {stdout} = await run(python!, [file('trace.py', codeOf('Python', there())!)]);
    expect(stdout).toMatch(/127\.0\.0\.1 NOERROR/);
    expect(stdout).toMatch(/IN AAAA 2001:db8::80/);
  });

  test.skipIf(!has('cc'))('by the C', async () => {
    const source = file('trace.c', codeOf('C', there())!);
    const program = join(folder, 'trace');
    execFileSync('cc', [
      '-Wall',
      '-Wextra',
      '-Werror',
      '-Wno-deprecated-declarations',
      '-o',
      program,
      source,
      '-lresolv',
    ]);
    const {stdout} = await run(program);
    expect(stdout).toMatch(/127\.0\.0\.1: 1 answers/);
    expect(stdout).toMatch(/IN AAAA\s+2001:db8::80/);
  });

  test('by the Node', async () => {
    const {stdout} = await run(process.execPath, [file('trace.mjs', codeOf('Node', there())!)]);
    expect(stdout).toContain('127.0.0.1 1 answers, ');
    expect(stdout).toContain('2001:db8::80');
  });

  test.skipIf(!has('dig', '-v') || !has('delv', '-v'))('by the shell', async () => {
    const [tag, algorithm, kind, ...digest] = dnssecVectors.anchor.trim().split(/\s+/).slice(3);
    file('anchors.conf', `trust-anchors { "." static-ds ${tag} ${algorithm} ${kind} "${digest.join('')}"; };\n`);
    const {stdout} = await run('sh', [file('trace.sh', codeOf('shell', there())!)], {cwd: folder});
    expect(stdout).toMatch(/status: NOERROR[\s\S]*RRSIG/);
    expect(stdout).toContain('fully validated');
  });
});

test('an address is asked for its name', () => {
  const code = codeOf('shell', {name: '127.4.3.80'});
  expect(code).toContain('80.3.4.127.in-addr.arpa. PTR');
  expect(code).toMatch(/^dig @127\.4\.0\.1 -p 5300 \+norecurse/m);
  expect(code).toContain('drill -T -p 5300');
  // Through libc, which does not know the lab.
  expect(code).not.toContain('+trace');
});

test('of the Internet the first root server is asked', () => {
  expect(codeOf('Python', {root: 'iana'})).toContain("server = '198.41.0.4'");
  expect(codeOf('shell', {root: 'iana'})).toContain('delv +vtrace');
});

test('libc is not asked to speak with an IPv6 server', () => {
  expect(codeOf('C', {root: '::1'})).toBeUndefined();
  expect(codeOf('Node', {root: '::1'})).toContain("let server = '::1';");
});
