import {spawnSync} from 'node:child_process';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, expect, test} from 'vitest';
import {files} from '../../src/world/files.ts';

const folder = mkdtempSync(join(tmpdir(), 'wirebook-files-'));
afterAll(() => rmSync(folder, {recursive: true, force: true}));

const fifo = join(folder, 'fifo');
const noPipes = spawnSync('mkfifo', [fifo]).status !== 0;
if (noPipes) console.warn('skipped: no named pipe can be made here');

test('a file is read whole, up to the limit', async () => {
  const path = join(folder, 'file');
  const bytes = Uint8Array.from({length: 600_000}, (_, at) => at % 251);
  writeFileSync(path, bytes);
  const read = await files.readWhole(path, {limit: 600_000});
  expect(read.ok && Buffer.from(read.bytes).equals(bytes)).toBe(true);
  expect(await files.readWhole(path, {limit: 599_999})).toMatchObject({
    ok: false,
    problem: {code: 'file.long', says: `${path} has more than 599999 bytes`},
  });
});

test.each([
  [join(folder, 'nothing'), 'ENOENT', 'There is no file'],
  [folder, 'EISDIR', 'is a directory'],
  [join(folder, 'nothing', 'below'), 'ENOENT', 'There is no file'],
])('%s cannot be read: %s', async (path, errno, says) => {
  const read = await files.readWhole(path, {limit: 10});
  expect(read).toMatchObject({ok: false, problem: {errno, says: expect.stringContaining(says)}});
});

test('a device without an end is cut off by the limit', async () => {
  expect(await files.readWhole('/dev/zero', {limit: 1000})).toMatchObject({ok: false, problem: {code: 'file.long'}});
});

test.skipIf(noPipes)('a pipe that nobody writes to is left when asked to', async () => {
  const leave = new AbortController();
  const reading = files.readWhole(fifo, {limit: 1000, signal: leave.signal});
  setTimeout(() => leave.abort(), 50);
  expect(await reading).toMatchObject({ok: false});
});

test.skipIf(noPipes)('a pipe is read to its end', async () => {
  const reading = files.readWhole(fifo, {limit: 1000});
  await new Promise(done => setTimeout(done, 20));
  writeFileSync(fifo, 'through a pipe');
  const read = await reading;
  expect(read.ok && Buffer.from(read.bytes).toString()).toBe('through a pipe');
});
