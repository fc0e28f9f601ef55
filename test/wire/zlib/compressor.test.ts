import {spawnSync} from 'node:child_process';
import {gunzipSync, inflateRawSync, inflateSync} from 'node:zlib';
import fc from 'fast-check';
import {expect, test} from 'vitest';
import {Compressor, type CompressorOptions} from '../../../src/wire/zlib/compressor.ts';
import {Decompressor} from '../../../src/wire/zlib/decompressor.ts';

const hasPython = spawnSync('python3', ['-c', 'import zlib']).status === 0;
if (!hasPython) console.warn('python3 is not here: what our compressor makes is not given to CPython’s zlib.');

function compress(pieces: readonly Uint8Array[], options: CompressorOptions = {}): Buffer {
  const compressor = Compressor.open(options);
  if (!(compressor instanceof Compressor)) throw new Error(compressor.message);
  const results = [...pieces.map(piece => compressor.compress(piece)), compressor.flush()];
  return Buffer.concat(results.map(result => (result.kind === 'output' ? result.bytes : fail(result.message))));
}

function fail(message: string): never {
  throw new Error(message);
}

test('what it makes, node:zlib reads, in each format, however the input is cut', () => {
  const readers = {zlib: inflateSync, gzip: gunzipSync, raw: inflateRawSync};
  fc.assert(
    fc.property(
      fc.constantFrom('zlib', 'gzip', 'raw'),
      fc.array(fc.uint8Array({maxLength: 200}), {maxLength: 5}),
      fc.integer({min: -1, max: 9}),
      (format, pieces, level) => {
        const plain = Buffer.concat(pieces);
        expect(readers[format](compress(pieces, {format, level}))).toEqual(plain);
      },
    ),
    {numRuns: 80},
  );
});

test('a sync flush lets the reader have everything so far', () => {
  const compressor = Compressor.open();
  const decompressor = Decompressor.open();
  if (!(compressor instanceof Compressor) || !(decompressor instanceof Decompressor)) throw new Error('not open');
  const ready = [compressor.compress(Buffer.from('half')), compressor.flush('sync')];
  const stream = Buffer.concat(ready.map(result => (result.kind === 'output' ? result.bytes : fail(result.message))));
  expect(stream.subarray(-4).toString('hex')).toBe('0000ffff');
  expect(decompressor.decompress(stream)).toEqual({kind: 'output', bytes: new Uint8Array(Buffer.from('half'))});
  expect(decompressor.eof).toBe(false);
});

test('after the end, and with impossible options, it says what Python says', () => {
  const compressor = Compressor.open();
  if (!(compressor instanceof Compressor)) throw new Error(compressor.message);
  compressor.flush();
  expect(compressor.compress(Buffer.from('x'))).toMatchObject({
    type: 'zlib.error',
    message: 'Error -2 while compressing data: inconsistent stream state',
  });
  expect(compressor.flush()).toMatchObject({message: 'Error -2 while flushing: inconsistent stream state'});
  expect(Compressor.open({level: 10})).toMatchObject({type: 'ValueError', message: 'Invalid initialization option'});
  expect(Compressor.open({strategy: 7})).toMatchObject({type: 'ValueError', message: 'Invalid initialization option'});
});

test('a preset dictionary has to be there on both sides', () => {
  const zdict = Buffer.from('hello world');
  const stream = compress([Buffer.from('hello world hello')], {zdict});
  expect(inflateSync(stream, {dictionary: zdict}).toString()).toBe('hello world hello');
});

test.skipIf(!hasPython)('what it makes, CPython reads', () => {
  const plain = Buffer.from('Beautiful is better than ugly. '.repeat(200));
  const program = 'import sys,zlib; sys.stdout.buffer.write(zlib.decompress(sys.stdin.buffer.read()))';
  for (const level of [0, 1, 6, 9]) {
    const read = spawnSync('python3', ['-c', program], {input: compress([plain], {level})});
    expect(read.stdout).toEqual(plain);
  }
});
