import {spawnSync} from 'node:child_process';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {createServer} from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import type {Equivalent} from '../../../src/chapters/contract.ts';
import {halfCloseEquivalents} from '../../../src/chapters/tcp/half-close-equivalents.ts';
import {sharedEquivalents} from '../../../src/chapters/tcp/shared-equivalents.ts';
import {nodeProgram} from '../../support/wirebook.ts';
import {has, run} from '../../world/support/tools.ts';

let folder = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'wirebook-equivalents-'));
});

afterAll(() => rmSync(folder, {recursive: true, force: true}));

const noPython = !has('python3');
const noCompiler = !has('cc');
const noSocat = !has('socat', '-V');
const noNcat = !has('ncat') || !has('bash');
const ask = {client: '127.0.2.1', server: '127.0.1.80', port: 0, size: 4096, reading: true};
const codeIn = (all: readonly Equivalent[], language: string) => all.find(one => one.language === language)!.code;

/** Writes a program to a file, runs it and gives the lines it printed, sorted: two processes may print in any order. */
function lines(name: string, code: string, command: (file: string) => [string, string[]]): string[] {
  const file = join(folder, name);
  writeFileSync(file, code);
  const [tool, args] = command(file);
  const done = spawnSync(tool, args, {encoding: 'utf8', timeout: 10_000});
  expect(done.status, done.stderr).toBe(0);
  return `${done.stdout}${done.stderr}`.trim().split('\n').filter(Boolean).sort();
}

/** A port that nobody has at this moment; below those the kernel gives out, so that nobody gets it soon. */
async function freePort(): Promise<number> {
  for (let port = 20_000 + (process.pid % 5000); ; port++) {
    const server = createServer();
    const free = await new Promise<boolean>(done => {
      server.once('error', () => done(false)).listen(port, '127.0.1.80', () => done(true));
    });
    await new Promise(done => server.close(done));
    if (free) return port;
  }
}

const compiled = (file: string): [string, string[]] => {
  run('cc', ['-Wall', '-Werror', '-o', `${file}.out`, file]);
  return [`${file}.out`, []];
};

describe('the same elsewhere runs and says the same', () => {
  test.skipIf(noPython)('half-close in Python', () => {
    const code = codeIn(halfCloseEquivalents(ask), 'Python');
    expect(lines('half.py', code, file => ['python3', [file]])).toEqual([
      "client got b'bye\\n'",
      "server got b'hello\\n'",
    ]);
  });

  test('half-close in Node', () => {
    const code = codeIn(halfCloseEquivalents(ask), 'Node');
    expect(lines('half.mjs', code, file => [nodeProgram, [file]])).toEqual(['client got bye', 'server got hello']);
  });

  test.skipIf(noCompiler)('half-close in C', () => {
    const code = codeIn(halfCloseEquivalents(ask), 'C');
    expect(lines('half.c', code, compiled)).toEqual(['client got bye', 'server got hello']);
  });

  test.skipIf(noPython)('the shared socket in Python', () => {
    const code = codeIn(sharedEquivalents(ask), 'Python');
    expect(lines('shared.py', code, file => ['python3', [file]])).toEqual([
      'EPIPE in the parent too',
      "after close: b'still here'",
      "after shutdown: b''",
    ]);
  });

  test('the shared socket in Node', () => {
    const code = codeIn(sharedEquivalents(ask), 'Node');
    expect(lines('shared.mjs', code, file => [nodeProgram, [file]])).toEqual([
      'EPIPE in the parent too',
      'peer got still here',
      'peer got the FIN',
    ]);
  });

  test.skipIf(noCompiler)('the shared socket in C', () => {
    const code = codeIn(sharedEquivalents(ask), 'C');
    expect(lines('shared.c', code, compiled)).toEqual([
      'after close: 10 bytes',
      'after shutdown: 0 bytes',
      "the parent's send: Broken pipe",
    ]);
  });

  test.skipIf(noSocat)('half-close in the shell', async () => {
    const port = await freePort();
    const code = codeIn(halfCloseEquivalents({...ask, port}), 'shell');
    expect(lines('half.sh', code, file => ['sh', [file]])).toEqual(['bye', 'hello']);
  });

  test.skipIf(noNcat)('the shared socket in the shell', async () => {
    const port = await freePort();
    const code = codeIn(sharedEquivalents({...ask, port}), 'shell');
    expect(lines('shared.sh', code, file => ['bash', [file]])).toEqual(['still here']);
  });

  test('IPv6 is written as IPv6, and a shell needs a port that is known', () => {
    const six = {...ask, client: '::1', server: '::1'};
    for (const all of [halfCloseEquivalents(six), sharedEquivalents(six)]) {
      expect(codeIn(all, 'Python')).toContain('AF_INET6');
      expect(codeIn(all, 'C')).toContain('sockaddr_in6');
      expect(codeIn(all, 'shell')).toContain('1060');
    }
  });

  test.skipIf(noPython)('half-close over IPv6 in Python', () => {
    const code = codeIn(halfCloseEquivalents({...ask, client: '::1', server: '::1'}), 'Python');
    expect(lines('half6.py', code, file => ['python3', [file]])).toHaveLength(2);
  });
});
