import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, expect, test} from 'vitest';
import {wirebook} from '../support/fake-io.ts';

let folder = '';
let file = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'wirebook-hex-'));
  file = join(folder, 'bytes');
  writeFileSync(
    file,
    Uint8Array.from({length: 40}, (_, index) => index + 0x30),
  );
});
afterAll(() => rmSync(folder, {recursive: true}));

test('standard input, with and without -', async () => {
  const dumped = '00000000: 6865 6c6c 6f                             hello\n';
  expect(await wirebook(['hex'], {input: 'hello'})).toEqual({code: 0, out: dumped, err: ''});
  expect((await wirebook(['hex', '-'], {input: 'hello'})).out).toBe(dumped);
});

test.each([
  [['-s', '32', '-l', '4'], '00000020: 5051 5253                                PQRS\n'],
  [['--skip=38', '--length', '100'], '00000026: 5657                                     VW\n'],
  [['-s', '4', '-l', '2', '-o', '0x10'], '00000014: 3435                                     45\n'],
  [['-c4', '-g1', '-l5'], '00000000: 30 31 32 33  0123\n00000004: 34           4\n'],
  [['-l', '0'], ''],
  [['--style', 'plain', '-l', '3'], '303132\n'],
  [['-p', '-u', '-s', '10', '-l', '3'], '3A3B3C\n'],
  [['-i', '-n', 'x', '-l', '1'], 'unsigned char x[] = {\n  0x30\n};\nunsigned int x_len = 1;\n'],
  [['-s', '40'], ''],
  [['-s', '9007199254740991'], ''],
  [['--style', 'hexdump', '-l', '3'], '00000000  30 31 32                                          |012|\n00000003\n'],
  [['-b', '-l', '2'], '00000000: 00110000 00110001                                      01\n'],
])('%j', async (words, dumped) => {
  expect(await wirebook(['hex', ...words, file])).toEqual({code: 0, out: dumped, err: ''});
});

test('a C array is named by the file as it was typed', async () => {
  const {out} = await wirebook(['hex', '--style', 'include', '-l', '1', file]);
  expect(out).toContain(`unsigned char ${file.replaceAll(/[^a-z0-9]/gi, '_')}[] = {\n  0x30\n};`);
  expect((await wirebook(['hex', '--style', 'include', '-n', 'x', '-C', '-l', '1', file])).out).toContain('X_LEN = 1;');
});

test.each([
  [['hex', '--style', 'hexdump', '--columns', '8'], '--columns means nothing in style hexdump'],
  [['hex', '-c', '999'], 'The columns must be a whole number from 1 to 256'],
  [['hex', 'a', 'b'], '“b” has no place here'],
])('%j is wrong usage: 2', async (words, says) => {
  expect(await wirebook(words)).toMatchObject({code: 2, out: '', err: expect.stringContaining(says)});
});

test.each([
  ['/nowhere/at/all', 'ENOENT'],
  ['/', 'EISDIR'],
])('%s cannot be read: 1', async (path, errno) => {
  expect(await wirebook(['hex', path])).toEqual({
    code: 1,
    out: '',
    err: `wirebook: ${path} cannot be read (${errno}). Name a file that can be read, or -.\n`,
  });
});
