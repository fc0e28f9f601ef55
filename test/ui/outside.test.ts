import {mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, describe, expect, test, vi} from 'vitest';
import {copyOut, saveNew} from '../../src/ui/outside.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'wirebook-outside-'));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, {recursive: true});
});

describe('saving', () => {
  test('never overwrites: the second gets a number, and only its owner reads it', async () => {
    const name = join(folder, 'tcp.bell-1.wirebook');
    writeFileSync(name, 'mine');
    const paths = [await saveNew(name, 'one'), await saveNew(name, 'two')];
    expect(paths).toEqual([join(folder, 'tcp.bell-1-1.wirebook'), join(folder, 'tcp.bell-1-2.wirebook')]);
    expect([name, ...paths].map(path => readFileSync(path, 'utf8'))).toEqual(['mine', 'one', 'two']);
    expect(statSync(paths[0]!).mode & 0o777).toBe(0o600);
  });

  test('goes to the journals of the active workspace', async () => {
    mkdirSync(join(folder, 'journals'));
    expect(await saveNew('tcp.bell-1.wirebook', 'one', folder)).toBe(join(folder, 'journals', 'tcp.bell-1.wirebook'));
  });

  test('where nothing can be written fails at once', async () => {
    await expect(saveNew(join(folder, 'none', 'x.wirebook'), '')).rejects.toMatchObject({code: 'ENOENT'});
    expect(readdirSync(folder)).toEqual([]);
  });
});

test('a copy goes through the terminal as OSC 52, in which nothing of the text can be a control', async () => {
  vi.stubEnv('SSH_TTY', '/dev/pts/9');
  const sent: string[] = [];
  const outcome = await copyOut('a\x1b]0;x\x07é', sequence => sent.push(sequence));
  expect(outcome.failed).toBeUndefined();
  const [, payload] = /^\x1b\]52;c;([A-Za-z0-9+/=]*)(?:\x07|\x1b\\)$/.exec(sent.join('')) ?? [];
  expect(Buffer.from(payload ?? '', 'base64').toString()).toBe('a\x1b]0;x\x07é');
});
