import {type ChildProcess, spawn, spawnSync} from 'node:child_process';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, afterEach, beforeAll, beforeEach, describe, expect, test} from 'vitest';
import type {Equivalent} from '../../../src/chapters/contract.ts';
import {defaultsOf} from '../../../src/chapters/fields.ts';
import {connectEquivalents} from '../../../src/chapters/tcp/connect-equivalents.ts';
import {connectFields} from '../../../src/chapters/tcp/connect-fields.ts';
import {listenEquivalents} from '../../../src/chapters/tcp/listen-equivalents.ts';
import {type BehaviourName, behaviours, listenFields} from '../../../src/chapters/tcp/listen-fields.ts';
import {nodeProgram} from '../../support/wirebook.ts';
import {has, noLibc} from '../../world/support/tools.ts';
import {freePort, inputOf, listens, output, Running} from './running.ts';

/** The programs that the panes offer are run as they are, against our other end. */

const noPython = !has('python3');
const noCompiler = !has('cc');
const noNc = !has('nc', '-h');
let folder = '';
let running: Running;
let children: ChildProcess[] = [];

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'wirebook-programs-'));
});

afterAll(() => rmSync(folder, {recursive: true, force: true}));

beforeEach(() => {
  running = new Running();
  children = [];
});

afterEach(async () => {
  for (const child of children) child.kill('SIGKILL');
  await running.close();
});

const codeIn = (all: readonly Equivalent[], language: string) => all.find(one => one.language === language)!.code;

/** The command that runs a program in its language; C is compiled first, with all warnings. */
function command(language: string, code: string, name: string): [string, string[]] {
  const endings: Record<string, string> = {Python: 'py', C: 'c', Node: 'mjs', shell: 'sh'};
  const file = join(folder, `${name}.${endings[language]}`);
  writeFileSync(file, code);
  if (language === 'Python') return ['python3', [file]];
  if (language === 'Node') return [nodeProgram, [file]];
  if (language === 'shell') return ['sh', [file]];
  const binary = join(folder, name);
  const compiled = spawnSync('cc', ['-Wall', '-Wextra', '-Werror', '-o', binary, file], {encoding: 'utf8'});
  expect(compiled.stderr).toBe('');
  return [binary, []];
}

const missing: Record<string, boolean> = {Python: noPython, C: noCompiler, Node: false};

describe.skipIf(noLibc)('clients', () => {
  for (const language of ['Python', 'C', 'Node'])
    test.skipIf(missing[language])(`${language}: sends its input, half-closes, prints the answer`, async () => {
      const server = await running.listen({behaviour: 'sink'});
      const ask = {...defaultsOf(connectFields), port: server.port};
      const [tool, args] = command(language, codeIn(connectEquivalents(ask), language), `client-${language}`);
      const {code, out} = await running.spawn(tool, args, 'abcde');
      expect({code, out: String(out)}).toEqual({code: 0, out: '5 bytes\n'});
    });

  test.skipIf(noPython)('Python: with an address of its own and options', async () => {
    const server = await running.listen({behaviour: 'sink'});
    const options = 'nodelay, rcvbuf=8192, linger=3, congestion=cubic';
    const ask = {...defaultsOf(connectFields), port: server.port, local: '127.0.0.7', options};
    const [tool, args] = command('Python', codeIn(connectEquivalents(ask), 'Python'), 'client-options');
    const {code, out} = await running.spawn(tool, args, 'abc');
    expect({code, out: String(out)}).toEqual({code: 0, out: '3 bytes\n'});
    expect(server.events.find(({kind}) => kind === 'accepted')?.['peer']).toMatch(/^127\.0\.0\.7:/);
  });

  test.skipIf(noNc)('shell: nc -N does the same', async () => {
    const server = await running.listen({behaviour: 'sink'});
    const code = codeIn(connectEquivalents({...defaultsOf(connectFields), port: server.port}), 'shell');
    const line = code.split('\n').find(row => row.startsWith('nc '))!;
    const {out} = await running.spawn('sh', ['-c', line], 'abcde');
    expect(String(out)).toBe('5 bytes\n');
  });
});

describe.skipIf(noLibc)('servers', () => {
  const answers: [BehaviourName, string, string][] = [
    ['echo', 'hello', 'hello'],
    ['upper', 'hello', 'HELLO'],
    ['reply', 'Hi there, server', 'Goodbye, client!'],
    ['sink', 'hello', '5 bytes\n'],
    ['discard', 'hello', ''],
    ['close', 'Hi there, server', ''],
  ];
  for (const language of ['Python', 'Node'])
    test.skipIf(missing[language])(`${language}: each behaviour answers as ours does`, async () => {
      // Starting Node takes its time: half of them will do there.
      for (const [behaviour, input, answer] of language === 'Node' ? answers.slice(1, 4) : answers) {
        const port = await freePort();
        const code = codeIn(listenEquivalents({...defaultsOf(listenFields), behaviour, port}), language);
        const [tool, args] = command(language, code, `server-${language}-${behaviour}`);
        const child = spawn(tool, args, {stdio: 'ignore'});
        children.push(child);
        await listens(running.world, port);
        const client = running.connect(port, {idleTimeout: 3}, {input: inputOf(input)});
        await client.run.ended;
        expect([behaviour, output(client), client.run.problem]).toEqual([behaviour, answer, undefined]);
        child.kill('SIGKILL');
      }
    });

  test.skipIf(noCompiler)('C: every behaviour compiles without a warning, and reply replies', async () => {
    const port = await freePort();
    const code = (behaviour: BehaviourName) =>
      codeIn(listenEquivalents({...defaultsOf(listenFields), behaviour, port}), 'C');
    for (const behaviour of ['upper', 'sink', 'chargen', 'hold', 'refuse', 'reset'] as const)
      command('C', code(behaviour), `server-C-${behaviour}`);
    const [tool, args] = command('C', code('reply'), 'server-C-reply');
    children.push(spawn(tool, args, {stdio: 'ignore'}));
    await listens(running.world, port);
    const client = running.connect(port, {idleTimeout: 3}, {input: inputOf('Hi there, server')});
    await client.run.ended;
    expect(output(client)).toBe('Goodbye, client!');
  });

  test.skipIf(noPython)('Python: every behaviour is a program without a mistake in it', () => {
    for (const behaviour of Object.keys(behaviours) as BehaviourName[]) {
      const code = codeIn(listenEquivalents({...defaultsOf(listenFields), behaviour}), 'Python');
      const [, [file]] = command('Python', code, `syntax-${behaviour}`);
      expect(spawnSync('python3', ['-m', 'py_compile', file!], {encoding: 'utf8'}).stderr).toBe('');
    }
  });
});
