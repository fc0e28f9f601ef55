import {spawnSync} from 'node:child_process';
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, describe, expect, test} from 'vitest';
import {type OpenFile, openFile} from '../../src/world/open-file.ts';
import {saveCopy} from '../../src/world/save-copy.ts';

const folder = mkdtempSync(join(tmpdir(), 'wirebook-file-'));
afterAll(() => rmSync(folder, {recursive: true}));

const bytes = Buffer.from(Uint8Array.from({length: 700_000}, (_, at) => at % 251));
const path = join(folder, 'some.bin');
writeFileSync(path, bytes);

async function opened(work: (file: OpenFile) => Promise<void>) {
  const read = await openFile(path);
  if (!read.ok) throw new Error(read.problem.says);
  await work(read.file).finally(() => read.file.close());
}

describe('an open file', () => {
  test('is read where one likes; beyond its end there is nothing', () =>
    opened(async file => {
      expect(file.size).toBe(700_000);
      expect(Buffer.from(await file.read(123_456, 1000)).equals(bytes.subarray(123_456, 124_456))).toBe(true);
      expect([...(await file.read(699_998, 10))]).toEqual([...bytes.subarray(699_998)]);
      expect((await file.read(700_000, 10)).length).toBe(0);
      expect((await file.read(800_000, 10)).length).toBe(0);
    }));

  test('gives all its pieces in order', () =>
    opened(async file => {
      const pieces: Uint8Array[] = [];
      for await (const piece of file.pieces()) pieces.push(piece.slice());
      expect(Buffer.concat(pieces).equals(bytes)).toBe(true);
      expect(pieces.length).toBeGreaterThan(1);
    }));

  test('a name that is no regular file is refused, and a pipe holds nobody up', async () => {
    const pipe = join(folder, 'pipe');
    expect(spawnSync('mkfifo', [pipe]).status).toBe(0);
    for (const [name, says] of [
      [pipe, /is no regular file/],
      [folder, /is no regular file/],
      [join(folder, 'absent'), /does not exist/],
      [join(path, 'inside'), /no directory/],
    ] as const)
      expect(await openFile(name)).toMatchObject({ok: false, problem: {says: expect.stringMatching(says)}});
  });
});

describe('a copy', () => {
  const edits = new Map([
    [0, 0xff],
    [699_999, 0xfe],
  ]);

  test('has the changed bytes; a file that exists is never written over', () =>
    opened(async file => {
      const copy = join(folder, 'copy.bin');
      const going = new AbortController().signal;
      expect(await saveCopy(file, copy, edits, going)).toEqual({ok: true, written: 700_000});
      const written = readFileSync(copy);
      expect([written[0], written[699_999]]).toEqual([0xff, 0xfe]);
      expect(written.subarray(1, -1).equals(bytes.subarray(1, -1))).toBe(true);
      expect(await saveCopy(file, path, edits, going)).toMatchObject({ok: false, problem: {errno: 'EEXIST'}});
      expect(readFileSync(path).equals(bytes)).toBe(true);
    }));

  test('that is given up is removed', () =>
    opened(async file => {
      const copy = join(folder, 'given-up.bin');
      expect(await saveCopy(file, copy, edits, AbortSignal.abort())).toMatchObject({ok: false});
      expect(() => readFileSync(copy)).toThrow(/ENOENT/);
    }));
});
