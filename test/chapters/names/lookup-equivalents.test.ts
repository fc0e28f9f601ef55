import {spawn, spawnSync} from 'node:child_process';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {createServer} from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, describe, expect, test} from 'vitest';
import type {Equivalent} from '../../../src/chapters/contract.ts';
import {defaultsOf} from '../../../src/chapters/fields.ts';
import {lookupEquivalents} from '../../../src/chapters/names/lookup-equivalents.ts';
import {lookupFields} from '../../../src/chapters/names/lookup-fields.ts';
import {servicesEquivalents} from '../../../src/chapters/names/services-equivalents.ts';
import {servicesFields} from '../../../src/chapters/names/services-shape.ts';
import {workspaceEquivalents} from '../../../src/chapters/names/workspace-equivalents.ts';
import {workspaceFields} from '../../../src/chapters/names/workspace-shape.ts';
import {has} from '../../world/support/tools.ts';

const folder = mkdtempSync(join(tmpdir(), 'wirebook-equivalents-'));
afterAll(() => rmSync(folder, {recursive: true}));

const tools = {Python: has('python3'), C: has('cc'), Node: true, shell: has('getent', 'services', 'http')};

interface Outcome {
  readonly code: number | null;
  readonly out: string;
  readonly complaint: string;
}

/** Carries a program out, as a person would who has copied it. */
async function carryOut({language, code}: Equivalent): Promise<Outcome> {
  const file = join(folder, {Python: 'it.py', C: 'it.c', Node: 'it.mjs', shell: 'it.sh'}[language]);
  writeFileSync(file, code);
  if (language === 'C') {
    const built = spawnSync('cc', ['-Wall', '-Wextra', '-Werror', '-o', join(folder, 'it'), file], {encoding: 'utf8'});
    if (built.status !== 0) throw new Error(built.stderr);
  }
  const words = {
    Python: ['python3', file],
    C: [join(folder, 'it')],
    Node: [process.execPath, file],
    shell: ['sh', file],
  }[language];
  return new Promise(done => {
    const child = spawn(words[0]!, words.slice(1), {cwd: folder});
    let [out, complaint] = ['', ''];
    child.stdout.on('data', piece => {
      out += String(piece);
    });
    child.stderr.on('data', piece => {
      complaint += String(piece);
    });
    child.on('close', code => done({code, out, complaint}));
  });
}

const byLanguage = (all: readonly Equivalent[]) => Object.fromEntries(all.map(one => [one.language, one]));
const lookup = (ask: object) => byLanguage(lookupEquivalents({...defaultsOf(lookupFields), ...ask}));
const services = (ask: object) => byLanguage(servicesEquivalents({...defaultsOf(servicesFields), ...ask}));

describe.each(['Python', 'C', 'Node', 'shell'] as const)('%s', language => {
  const skip = !tools[language];

  test.skipIf(skip)('looks localhost up', async () => {
    const {code, out, complaint} = await carryOut(lookup({})[language]!);
    expect([code, complaint]).toEqual([0, '']);
    expect(out).toContain('127.0.0.1');
  });

  test.skipIf(skip || language === 'shell')('connects to a row', async () => {
    const server = createServer(socket => socket.end()).listen(0, '127.0.0.1');
    await new Promise(ready => server.once('listening', ready));
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : 0;
    try {
      const {out} = await carryOut(
        lookup({host: '127.0.0.1', service: String(port), type: 'stream', connect: 'first'})[language]!,
      );
      expect(out).toContain('connected');
    } finally {
      server.close();
    }
  });

  test.skipIf(skip)('finds services and protocols', async () => {
    const {out} = await carryOut(services({})[language]!);
    expect(out).toMatch(/80|http/);
    expect(out).toContain('17');
  });

  test.skipIf(skip)('finds what is asked for only', async () => {
    const {out} = await carryOut(services({service: 'www/udp'})[language]!);
    expect(out).not.toContain('80');
  });

  test.skipIf(skip || language === 'shell')('every knob makes a program', async () => {
    const ask = {
      host: 'fe80::1%1',
      service: '80',
      family: 'inet6',
      type: 'dgram',
      protocol: 'udp',
      flags: 'numerichost numericserv addrconfig',
    };
    const {complaint} = await carryOut(lookup(ask)[language]!);
    expect(complaint).not.toMatch(/SyntaxError|NameError|TypeError/);
  });
});

test.skipIf(!tools.Python)('the failure of libc is Python’s too', async () => {
  const {code, complaint} = await carryOut(lookup({host: '127.0.0.1', service: 'ssh', type: 'dgram'})['Python']!);
  expect([code, complaint]).toEqual([1, '-8: Servname not supported for ai_socktype\n']);
});

test('a name with quotes and backslashes does not break out of its string', async () => {
  const all = lookupEquivalents({...defaultsOf(lookupFields), host: `a'b"c\\d$(touch x)\nx`, flags: 'numerichost'});
  for (const one of all) {
    if (!tools[one.language]) continue;
    const {complaint} = await carryOut(one);
    expect(complaint).not.toMatch(/SyntaxError|unterminated|not found: x/i);
  }
  expect(all).toHaveLength(4);
});

describe('workspaces', () => {
  const all = byLanguage(workspaceEquivalents({...defaultsOf(workspaceFields), command: "echo 'a b'", dir: folder}));

  test.skipIf(!has('python3', '-c', 'import venv'))('Python makes an environment of its own', async () => {
    const {code, out} = await carryOut(all['Python']!);
    expect(code).toBe(0);
    expect(out).toMatch(/include-system-site-packages = false/);
    expect(out.trimEnd()).toMatch(/dns$/);
  });

  test('Node runs the command in the workspace', async () => {
    expect(await carryOut(all['Node']!)).toMatchObject({code: 0, out: 'a b\n'});
  });

  test('the shell has every step', () => {
    expect(all['shell']?.code).toContain('workspace run');
    expect(all['shell']?.code).toContain("-- echo 'a b'");
    expect(workspaceEquivalents({...defaultsOf(workspaceFields), verb: 'virtualenv'})[0]?.code).toContain(
      '. ./bin/activate',
    );
  });
});
