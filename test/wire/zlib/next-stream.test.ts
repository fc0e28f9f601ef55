import {deflateSync, gzipSync} from 'node:zlib';
import {expect, test} from 'vitest';
import {nextStream} from '../../../src/wire/zlib/next-stream.ts';
import type {Format} from '../../../src/wire/zlib/problem.ts';

const zlib = deflateSync('x');
const gzip = gzipSync('x');

test.each<[string, Format, readonly Uint8Array[], number | undefined]>([
  ['another right behind', 'zlib', [zlib], 0],
  ['one byte between', 'zlib', [Buffer.from('.'), zlib], 1],
  ['two bytes between', 'zlib', [Buffer.from('..'), zlib], undefined],
  ['nothing', 'zlib', [], undefined],
  ['the first byte of a header', 'zlib', [zlib.subarray(0, 1)], undefined],
  ['text', 'zlib', [Buffer.from('tail')], undefined],
  ['a gzip member', 'gzip', [gzip], 0],
  ['a gzip member behind zlib', 'zlib', [gzip], undefined],
  ['either, when both are looked for', 'auto', [Buffer.from('\n'), gzip], 1],
  ['deflate data without a header', 'raw', [zlib.subarray(2)], undefined],
])('behind a stream: %s (%s)', (_, format, rest, offset) => {
  const end = zlib.length;
  const next = nextStream(Buffer.concat([zlib, ...rest]), end, format);
  expect(next).toBe(offset === undefined ? undefined : end + offset);
});
