import {existsSync, mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {constants, tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {spawn} from '@lydell/node-pty';
import {describe, expect, test} from 'vitest';
import {Guard, type Host} from '../../src/terminal/restore.ts';
import {feed, lines, terminal} from './headless.ts';

const fixture = join(import.meta.dirname, 'fixtures/leaving.ts');

/** Runs the fixture in a real terminal under a shell that says afterwards what the terminal's modes are. */
function run(way: string) {
  const shell = `'${process.execPath}' '${fixture}' ${way}; code=$?; echo; echo "code $code"; stty -a`;
  const child = spawn('/bin/sh', ['-c', shell], {
    cols: 80,
    rows: 10,
    name: 'xterm',
    env: {...process.env, NODE_OPTIONS: ''},
  });
  let output = '';
  child.onData(data => {
    output += data;
  });
  const ended = new Promise<void>(done => child.onExit(() => done()));
  return {child, ended, output: () => output};
}

async function until(condition: () => boolean, what: string): Promise<void> {
  for (let tries = 0; tries < 1000; tries++) {
    if (condition()) return;
    await new Promise(done => setTimeout(done, 10));
  }
  throw new Error(`Waited in vain for ${what}`);
}

/** The process id of the fixture: the only child of the shell. */
async function fixturePid(shell: number): Promise<number> {
  const children = () => readFileSync(`/proc/${shell}/task/${shell}/children`, 'utf8').trim();
  await until(() => children() !== '', 'the program to start');
  return Number(children().split(' ')[0]);
}

async function expectRestored(output: string, code: number): Promise<void> {
  const seen = terminal(80, 40);
  await feed(seen, output);
  expect(seen.buffer.active.type).toBe('normal');
  expect(seen.modes).toMatchObject({
    bracketedPasteMode: false,
    sendFocusMode: false,
    mouseTrackingMode: 'none',
    wraparoundMode: true,
  });
  const text = lines(seen).join('\n');
  expect(text).toContain(`code ${code}`);
  expect(text).toMatch(/(?<!-)icanon/);
  expect(text).toMatch(/(?<!-)\becho\b/);
  expect(output.lastIndexOf('\x1b[?25h')).toBeGreaterThan(output.lastIndexOf('\x1b[?25l'));
  expect(output.split('[cleaned up]').length - 1).toBe(1);
  expect(output.indexOf('[cleaned up]')).toBeLessThan(output.lastIndexOf('\x1b[?1049l'));
}

const noPty = process.platform !== 'linux' ? 'these tests read /proc' : '';
if (noPty !== '') console.warn(`SKIPPED restoring a real terminal: ${noPty}`);

describe.skipIf(noPty !== '')('a real terminal is itself again', () => {
  test.each([
    ['exit', 5, ''],
    ['throw', 70, 'thrown on purpose'],
    ['reject', 70, 'rejected on purpose'],
    ['cleanup', 0, 'a cleanup failed'],
  ])('after %s', async (way, code, says) => {
    const {ended, output} = run(way);
    await ended;
    await expectRestored(output(), code);
    expect(output()).toContain(says);
    expect(output().lastIndexOf(says)).toBeGreaterThanOrEqual(says === '' ? 0 : output().lastIndexOf('\x1b[?1049l'));
  });

  test.each(['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'] as const)('after %s', async signal => {
    const {child, ended, output} = run('wait');
    await until(() => output().includes('on screen'), 'the first frame');
    process.kill(await fixturePid(child.pid), signal);
    await ended;
    await expectRestored(output(), 128 + constants.signals[signal]);
  });

  test('after a key that quits', async () => {
    const {child, ended, output} = run('wait');
    await until(() => output().includes('on screen'), 'the first frame');
    child.write('q');
    await ended;
    await expectRestored(output(), 3);
  });

  test('a terminal that goes away ends the program, even if the hang-up signal does not reach it', async () => {
    const code = join(mkdtempSync(join(tmpdir(), 'hang-up-')), 'code');
    const shell = `trap '' HUP; '${process.execPath}' '${fixture}' wait; echo $? > '${code}'`;
    const child = spawn('/bin/sh', ['-c', shell], {cols: 80, rows: 10, env: {...process.env, NODE_OPTIONS: ''}});
    let output = '';
    child.onData(data => {
      output += data;
    });
    await until(() => output.includes('on screen'), 'the first frame');
    // Closes our side of the terminal; the published types leave it out.
    (child as unknown as {destroy(): void}).destroy();
    await until(() => existsSync(code) && readFileSync(code, 'utf8') !== '', 'the program to end');
    expect(readFileSync(code, 'utf8').trim()).toBe('129');
    rmSync(dirname(code), {recursive: true});
  });

  test('Ctrl-Z gives it back and stops; SIGCONT takes it again and repaints', async () => {
    const {child, ended, output} = run('wait');
    await until(() => output().includes('on screen'), 'the first frame');
    const pid = await fixturePid(child.pid);
    const state = () => /^State:\s+(\w)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    child.write('\x1a');
    await until(() => state() === 'T', 'the program to stop');
    await until(() => output().endsWith('\x1b[?1049l'), 'the terminal to be given back');
    const before = output().length;
    process.kill(pid, 'SIGCONT');
    await until(() => output().slice(before).includes('on screen'), 'the repaint');
    const seen = terminal(80, 10);
    await feed(seen, output());
    expect([seen.buffer.active.type, seen.modes.mouseTrackingMode, lines(seen)[0]]).toEqual([
      'alternate',
      'drag',
      'on screen',
    ]);
    child.write('q');
    await ended;
    await expectRestored(output(), 3);
  });
});

describe('Guard', () => {
  function setup() {
    const handlers = new Map<string, (...values: never[]) => void>();
    const log: string[] = [];
    const host: Host = {
      pid: 42,
      on: (event, run) => handlers.set(event, run),
      off: event => handlers.delete(event),
      exit: code => {
        log.push(`exit ${code}`);
        throw new Error('exited');
      },
      kill: (pid, signal) => log.push(`kill ${pid} ${signal}`),
    };
    const screen = {running: true, start: () => log.push('start'), stop: () => log.push('stop')};
    const guard = new Guard({
      screen: {...screen, start: () => void screen.start(), stop: () => void screen.stop()},
      host,
      write: () => {},
      report: error => log.push(`report ${error}`),
    });
    const raise = (event: string, value?: unknown) => {
      try {
        (handlers.get(event) as ((value: unknown) => void) | undefined)?.(value);
      } catch (error) {
        if ((error as Error).message !== 'exited') throw error;
      }
    };
    return {guard, handlers, log, raise};
  }

  test('cleans up last first, restores, and does it once', () => {
    const {guard, log, raise} = setup();
    guard.onLeave(() => log.push('first'));
    const remove = guard.onLeave(() => log.push('removed'));
    guard.onLeave(() => log.push('last'));
    remove();
    raise('SIGTERM');
    raise('exit');
    expect(log).toEqual(['last', 'first', 'stop', 'exit 143']);
  });

  test('a terminal that has gone away is a hang-up, not an error of ours', () => {
    const {log, raise} = setup();
    raise('uncaughtException', Object.assign(new Error('write EIO'), {code: 'EIO', syscall: 'write'}));
    expect(log).toEqual(['stop', 'exit 129']);
  });

  test('SIGTSTP suspends, SIGCONT comes back; nothing happens once it has left', () => {
    const {guard, log, raise} = setup();
    raise('SIGTSTP');
    raise('SIGCONT');
    expect(log.splice(0)).toEqual(['stop', 'kill 42 SIGSTOP', 'stop', 'start']);
    guard.leave();
    log.length = 0;
    raise('SIGTSTP');
    raise('SIGCONT');
    expect(log).toEqual([]);
  });

  test('dispose removes every handler', () => {
    const {guard, handlers} = setup();
    expect(handlers.size).toBe(9);
    guard.dispose();
    expect(handlers.size).toBe(0);
  });
});
