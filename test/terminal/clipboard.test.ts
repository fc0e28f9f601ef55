import {chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, describe, expect, test} from 'vitest';
import {type CopyOptions, copy, osc52} from '../../src/terminal/clipboard.ts';
import {type CopyTool, isInPath, runTool, toolsFor} from '../../src/terminal/clipboard-tools.ts';

const folder = mkdtempSync(join(tmpdir(), 'clipboard-test-'));
afterAll(() => rmSync(folder, {recursive: true}));

function setup(options: Partial<CopyOptions> = {}) {
  const sent: string[] = [];
  const ran: [string, string][] = [];
  const all: CopyOptions = {
    env: {},
    platform: 'linux',
    send: sequence => sent.push(sequence),
    has: () => true,
    run: async (tool: CopyTool, text) => {
      ran.push([tool.program, text]);
      return true;
    },
    folder,
    ...options,
  };
  return {all, sent, ran};
}

describe('copy', () => {
  test('through the terminal where there is no program for it', async () => {
    const {all, ran, sent} = setup();
    expect(await copy('héllo', all)).toEqual({
      ok: true,
      way: 'terminal',
      bytes: 6,
      say: 'Copied 6 bytes through the terminal (OSC 52).',
    });
    expect(sent).toEqual([`\x1b]52;c;${Buffer.from('héllo').toString('base64')}\x07`]);
    expect(ran).toEqual([]);
  });

  test('with a program as well, since a terminal may ignore OSC 52', async () => {
    const {all, ran, sent} = setup({env: {WAYLAND_DISPLAY: 'w', DISPLAY: ':0'}});
    expect(await copy('x', all)).toMatchObject({
      way: 'tool',
      say: 'Copied 1 byte with wl-copy and through the terminal.',
    });
    expect([sent.length, ran]).toEqual([1, [['wl-copy', 'x']]]);
  });

  test('the next program when one is absent or fails', async () => {
    const {all, ran} = setup({env: {WAYLAND_DISPLAY: 'w', DISPLAY: ':0'}, has: program => program !== 'wl-copy'});
    const failing: CopyOptions = {...all, run: async (tool, text) => tool.program === 'xsel' && all.run(tool, text)};
    expect(await copy('x', failing)).toMatchObject({way: 'tool', say: expect.stringContaining('xsel')});
    expect(ran).toEqual([['xsel', 'x']]);
  });

  test('over SSH only the terminal is asked', async () => {
    const {all, ran} = setup({env: {SSH_CONNECTION: '1 2 3 4', DISPLAY: ':10'}});
    expect(await copy('x', all)).toMatchObject({way: 'terminal'});
    expect(ran).toEqual([]);
  });

  test('into a file that only the user can read, when nothing else is left', async () => {
    for (const env of [{TERM: 'linux'}, {TERM_PROGRAM: 'Apple_Terminal'}]) {
      const {all, sent} = setup({env});
      const result = await copy('secret', all);
      if (!result.ok || result.file === undefined) throw new Error('no file was written');
      expect([result.way, readFileSync(result.file, 'utf8'), statSync(result.file).mode & 0o777]).toEqual([
        'file',
        'secret',
        0o600,
      ]);
      expect(result.say).toBe(`No clipboard here. Wrote 6 bytes to ${result.file}.`);
      expect(sent).toEqual([]);
    }
  });

  test('what is too long for the terminal goes to the file', async () => {
    const {all, sent} = setup();
    expect(await copy('x'.repeat(60_000), all)).toMatchObject({way: 'file', bytes: 60_000});
    expect(sent).toEqual([]);
  });

  test('says why when even a file cannot be written', async () => {
    const {all} = setup({env: {TERM: 'linux'}, folder: join(folder, 'missing')});
    const result = await copy('x', all);
    expect([result.ok, result.say]).toEqual([false, expect.stringMatching(/ENOENT.*TMPDIR/)]);
  });
});

describe('osc52', () => {
  test('is passed on by tmux and by screen', () => {
    expect(osc52('hi', {TMUX: '/tmp/x'})).toBe('\x1bPtmux;\x1b\x1b]52;c;aGk=\x07\x1b\\');
    expect(osc52('hi', {STY: '1.pts'})).toBe('\x1bP\x1b]52;c;aGk=\x07\x1b\\');
    const long = osc52('x'.repeat(3000), {STY: '1.pts'})!;
    const pieces = long.split('\x1b\\').slice(0, -1);
    expect(pieces.every(piece => piece.startsWith('\x1bP') && piece.length <= 702)).toBe(true);
    expect(pieces.map(piece => piece.slice(2)).join('')).toBe(osc52('x'.repeat(3000), {}));
  });
});

describe('clipboard programs', () => {
  test('of each platform', () => {
    const names = (env: Record<string, string>, platform: NodeJS.Platform) =>
      toolsFor(env, platform).map(({program}) => program);
    expect(names({}, 'darwin')).toEqual(['pbcopy']);
    expect(names({}, 'win32')).toEqual(['clip.exe']);
    expect(names({}, 'linux')).toEqual([]);
    expect(names({DISPLAY: ':0', WSL_DISTRO_NAME: 'x'}, 'linux')).toEqual(['xclip', 'xsel', 'clip.exe']);
  });

  test('are found in the PATH and given the text on standard input', async () => {
    const out = join(folder, 'got');
    writeFileSync(join(folder, 'copier'), `#!/bin/sh\ncat > "${out}"\n[ "$1" = ok ]\n`);
    chmodSync(join(folder, 'copier'), 0o700);
    expect([
      isInPath('copier', {PATH: `/nowhere:${folder}`}),
      isInPath('copier', {PATH: '/nowhere:'}),
      isInPath('copier', {}),
    ]).toEqual([true, false, false]);
    const program = join(folder, 'copier');
    expect(await runTool({program, args: ['ok']}, 'häy')).toBe(true);
    expect(readFileSync(out, 'utf8')).toBe('häy');
    expect(await runTool({program, args: ['ok'], utf16: true}, 'hä')).toBe(true);
    expect(readFileSync(out, 'utf16le')).toBe('\ufeffhä');
    expect(await runTool({program, args: ['fail']}, 'x')).toBe(false);
    expect(await runTool({program: join(folder, 'absent'), args: []}, 'x')).toBe(false);
  });

  test('that do not end are killed', async () => {
    expect(await runTool({program: 'sleep', args: ['60']}, 'x', 100)).toBe(false);
  });
});
