import {type ChildProcess, spawn, spawnSync} from 'node:child_process';
import {join} from 'node:path';
import {afterEach, describe, expect, test, vi} from 'vitest';
import {findTool} from '../../src/cli/find-tool.ts';
import {createWorld} from '../../src/world/world.ts';
import {linesOf} from '../support/fake-io.ts';
import {nodeProgram, wirebookScript} from '../support/wirebook.ts';

/** The toys on the real command line: a process of its own, so that signals, pipes and exit codes are real. */
const toys = join(import.meta.dirname, '../support/toy-program.ts');

const started: ChildProcess[] = [];
afterEach(() => {
  for (const child of started.splice(0))
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
});

interface Ended {
  readonly code: number | null;
  readonly signal: string | null;
  readonly out: string;
  readonly err: string;
}

/** Starts the toys; `seen` is called with all output so far. */
function start(words: readonly string[], seen: (out: string, child: ChildProcess) => void = () => undefined) {
  const child = spawn(nodeProgram, [toys, ...words], {stdio: ['pipe', 'pipe', 'pipe']});
  started.push(child);
  let out = '';
  let err = '';
  child.stdout.on('data', (chunk: Buffer) => {
    out += chunk.toString();
    seen(out, child);
  });
  child.stderr.on('data', (chunk: Buffer) => {
    err += chunk.toString();
  });
  child.stdin.on('error', () => undefined);
  const ended = new Promise<Ended>(done => {
    child.on('close', (code, signal) => done({code, signal, out, err}));
  });
  return {child, ended};
}

/** Runs the built program to its end. */
function run(words: readonly string[], input = '') {
  const {status, stdout, stderr} = spawnSync(nodeProgram, [wirebookScript, ...words], {input, encoding: 'utf8'});
  return {code: status, out: stdout, err: stderr};
}

describe('a signal', () => {
  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const)('%s ends the run, the end is printed, and the exit code is %i', async (signal, code) => {
    let sent = false;
    const {ended} = start(['tcp', 'toy', '--json', '--wait-for-keys'], (out, child) => {
      if (!sent && out.includes('listening')) sent = child.kill(signal);
    });
    const {out, ...left} = await ended;
    expect(left).toEqual({code, signal: null, err: ''});
    expect(linesOf(out).at(-1)).toMatchObject({kind: 'end', status: 'interrupted', code});
  });

  test('ends a run that will not end, too', async () => {
    const {ended} = start(['tcp', 'toy', '--json', '--stubborn'], (out, child) => {
      if (out.includes('listening')) child.kill('SIGINT');
    });
    const {code, out} = await ended;
    expect(code).toBe(130);
    expect(linesOf(out).at(-1)).toMatchObject({kind: 'end', status: 'interrupted'});
  });

  test('ends a command whose reader does not read', async () => {
    const {child, ended} = start(['tcp', 'toy', '--json', '--count', '100000', '--size', '5000']);
    child.stdout.pause();
    await new Promise(done => child.stdout.once('readable', done));
    child.kill('SIGTERM');
    await new Promise(done => child.once('exit', done));
    child.stdout.resume();
    expect((await ended).code).toBe(143);
  });
});

describe('a time limit', () => {
  test('ends the run: 124', async () => {
    const {code, out} = await start(['tcp', 'toy', '--json', '--wait-for-keys', '--timeout', '50ms']).ended;
    expect(code).toBe(124);
    expect(linesOf(out).at(-1)).toMatchObject({kind: 'end', status: 'timeout', code: 124});
  });

  test('ends a run that will not end, and an open standard input does not hold the process', async () => {
    const {code} = await start(['tcp', 'toy', '--stubborn', '--mood', 'cross', '--timeout', '50ms']).ended;
    expect(code).toBe(124);
  });
});

describe('pipes', () => {
  test('a reader that leaves ends it quietly', async () => {
    const {child, ended} = start(['tcp', 'toy', '--json', '--count', '1000000', '--size', '1000']);
    await new Promise(done => child.stdout.once('data', done));
    child.stdout.destroy();
    expect(await ended).toMatchObject({code: 0, signal: null, err: ''});
  });

  test('a slow reader loses nothing', async () => {
    const count = 40_000;
    const {child, ended} = start(['tcp', 'toy', '--json', '--count', String(count), '--size', '500']);
    child.stdout.pause();
    await new Promise(done => setTimeout(done, 300));
    child.stdout.resume();
    const lines = linesOf((await ended).out);
    expect(lines).toHaveLength(count + 2);
    expect(lines.at(-1)).toMatchObject({kind: 'end', status: 'done', dropped: {events: 0, bytes: 0}});
  });

  test('standard input goes in, bytes come out as they are', async () => {
    const {child, ended} = start(['tcp', 'toy', '--mood', 'cross']);
    child.stdin.end('a\u001b[0m\nb');
    expect(await ended).toMatchObject({code: 0, out: 'a\u001b[0m\nb'});
  });

  test('a full disk is a failure', async () => {
    const words = [nodeProgram, toys, 'tcp', 'toy', '--count', '3'].map(word => `'${word}'`).join(' ');
    const {status, stderr} = spawnSync('sh', ['-c', `${words} > /dev/full`], {encoding: 'utf8'});
    expect(status).toBe(1);
    expect(stderr).toBe(
      'wirebook: Standard output cannot be written (ENOSPC). Look for a full disk or a closed descriptor.\n',
    );
  });
});

describe('no process is left behind', async () => {
  const {libc} = await createWorld().capabilities();
  if (!libc.available) console.warn(`actors cannot be started here: ${libc.why}`);

  const exists = (pid: number) => {
    try {
      return process.kill(pid, 0);
    } catch {
      return false;
    }
  };

  test.skipIf(!libc.available).each([
    ['when it is done', [], undefined, 0],
    ['when it fails', ['--refuse'], undefined, 1],
    ['when a step fails', ['--wait-for-keys', '--do', 'fail'], undefined, 1],
    ['when time is up', ['--wait-for-keys', '--timeout', '300ms'], undefined, 124],
    ['after SIGINT', ['--wait-for-keys'], 'SIGINT', 130],
    ['after SIGTERM, though the run will not end', ['--stubborn'], 'SIGTERM', 143],
    ['after SIGKILL', ['--wait-for-keys'], 'SIGKILL', null],
  ] as const)('%s', async (_when, words, signal, code) => {
    let sent = false;
    const {ended} = start(['tcp', 'toy', '--json', '--child', ...words], (out, child) => {
      if (signal !== undefined && !sent && out.includes('"born"')) sent = child.kill(signal);
    });
    const {code: left, out} = await ended;
    expect(left).toBe(code);
    const born = /"pid":(\d+)/.exec(out);
    if (born !== null) await vi.waitUntil(() => !exists(Number(born[1])), {timeout: 3000, interval: 20});
    // A time limit may strike before the process is there; every other case has seen it.
    expect(born !== null || code === 124).toBe(true);
  });
});

describe('the built program', () => {
  test.each([
    [['--version'], 0, /^wirebook \d+\.\d+\.\d+\n$/, /^$/],
    [['help'], 0, /^Wirebook is a laboratory/, /^$/],
    [['hex', '--style', 'plain'], 0, /^6869\n$/, /^$/],
    [['doctr'], 2, /^$/, /Did you mean wirebook doctor\?\n$/],
    [['hex', '/nowhere'], 1, /^$/, /\(ENOENT\)/],
    [[], 2, /^$/, /needs a terminal/],
  ] as const)('%j exits with %i', (words, code, out, err) => {
    const ended = run(words, 'hi');
    expect(ended.code).toBe(code);
    expect(ended.out).toMatch(out);
    expect(ended.err).toMatch(err);
  });

  test('a plain command loads neither React nor the terminal', () => {
    const loaded = spawnSync(nodeProgram, [wirebookScript, 'data'], {
      encoding: 'utf8',
      env: {...process.env, NODE_DEBUG: 'esm', NODE_COMPILE_CACHE: ''},
      // Node tells the text of every module as well.
      maxBuffer: 256 << 20,
    });
    expect(loaded.status).toBe(0);
    expect(loaded.stderr).toContain('main.js');
    expect(loaded.stderr).not.toMatch(/mount-|dist\/ui|koffi/);
  });
});

describe('started by an older Node', () => {
  const folders = (process.env['PATH'] ?? '').split(':').filter(folder => !folder.includes('node_modules'));
  const other = findTool('node', {PATH: folders.join(':')});
  const answer = other === undefined ? '' : spawnSync(other, ['--version'], {encoding: 'utf8'}).stdout;
  const [, major, minor] = /^v(\d+)\.(\d+)/.exec(answer) ?? [];
  const older = Number(major) < 22 || (Number(major) === 22 && Number(minor) < 12);
  if (!older)
    console.warn(`no Node older than 22.12 in PATH (found: ${answer.trim() || 'none'}): the hand-over is not tried`);

  test.skipIf(!older)('the program runs on its own Node; exit codes and output are its own', () => {
    const {status, stdout} = spawnSync(other!, [wirebookScript, 'hex', '--style=plain'], {
      input: 'hi',
      encoding: 'utf8',
    });
    expect({status, stdout}).toEqual({status: 0, stdout: '6869\n'});
    expect(spawnSync(other!, [wirebookScript, 'nonsense']).status).toBe(2);
  });

  test.skipIf(!older)('a signal is passed on, and nothing is left behind', async () => {
    const child = spawn(other!, [wirebookScript, 'hex'], {stdio: ['pipe', 'pipe', 'pipe']});
    started.push(child);
    child.stdin.write('0123456789abcdef');
    await new Promise(done => child.stdout.once('data', done));
    child.kill('SIGTERM');
    // The pipe closes when the last process that holds it has ended.
    const signal = await new Promise(done => child.on('close', (_code, by) => done(by)));
    expect(signal).toBe('SIGTERM');
  });
});
