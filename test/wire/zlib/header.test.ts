import {deflateRawSync, deflateSync, gzipSync} from 'node:zlib';
import {describe, expect, test} from 'vitest';
import {formatOf, readHeader, readTrailer} from '../../../src/wire/zlib/header.ts';

const bytes = (hex: string) => new Uint8Array(Buffer.from(hex.replaceAll(' ', ''), 'hex'));
/** gzip with every optional field: extra `ab`, name `n`, comment `c`, header checksum. */
const full = bytes('1f8b08 1e 00f15365 02 03 0200 6162 6e00 6300 1234');

describe('the header says where the data starts', () => {
  test('zlib', () => {
    expect(readHeader(deflateSync('x'), 'zlib', 100)).toMatchObject({
      kind: 'header',
      format: 'zlib',
      length: 2,
      fields: [
        {name: 'CM', start: 100, end: 101, value: 8},
        {name: 'CINFO', value: 7, meaning: 'a window of 32768 bytes'},
        {name: 'FCHECK', start: 101, value: 0x1c},
        {name: 'FDICT', value: false},
        {name: 'FLEVEL', value: 2},
      ],
    });
  });

  test('zlib with a dictionary', () => {
    const stream = deflateSync('hello', {dictionary: Buffer.from('hello')});
    expect(readHeader(stream, 'auto')).toMatchObject({
      length: 6,
      fields: expect.arrayContaining([expect.objectContaining({name: 'DICTID', value: '062c0215'})]),
    });
  });

  test('gzip, with everything it may have', () => {
    const header = readHeader(full, 'auto');
    expect(header).toMatchObject({kind: 'header', format: 'gzip', length: full.length});
    if (header.kind !== 'header') return;
    expect(header.fields.map(({name, start, end}) => [name, start, end])).toEqual([
      ['ID', 0, 2],
      ['CM', 2, 3],
      ['FLG', 3, 4],
      ['MTIME', 4, 8],
      ['XFL', 8, 9],
      ['OS', 9, 10],
      ['FEXTRA', 10, 14],
      ['FNAME', 14, 16],
      ['FCOMMENT', 16, 18],
      ['FHCRC', 18, 20],
    ]);
    expect(header.fields.find(({name}) => name === 'MTIME')).toMatchObject({value: 1_700_000_000});
  });

  test('cut anywhere, it asks for more and never for too much', () => {
    for (const header of [full, deflateSync('x').subarray(0, 2)])
      for (let cut = 0; cut < header.length; cut++) {
        const answer = readHeader(header.subarray(0, cut), 'auto');
        expect(answer.kind).toBe('need-more');
        if (answer.kind === 'need-more') expect(cut + answer.atLeast).toBeLessThanOrEqual(header.length);
      }
  });
});

test.each([
  ['4265', 'zlib', 1, /multiple of 31/],
  ['7700', 'zlib', 1, /multiple of 31/],
  ['7709', 'zlib', 0, /CM is 7/],
  ['881c', 'zlib', 0, /CINFO is 8/],
  ['1f8c', 'gzip', 1, /1f 8b 08/],
  ['1f8b0820000000000003', 'gzip', 3, /reserved/],
] as const)('%s is no %s header: offset %i', (hex, format, at, reason) => {
  expect(readHeader(bytes(hex), format)).toMatchObject({kind: 'malformed', at, reason: expect.stringMatching(reason)});
});

test('trailers', () => {
  expect(readTrailer(deflateSync('x').subarray(-4), 'zlib', 7)).toMatchObject([
    {name: 'ADLER32', value: '00790079', start: 7, end: 11},
  ]);
  expect(readTrailer(gzipSync('x').subarray(-8), 'gzip')).toMatchObject([
    {name: 'CRC32', value: '8cdc1683'},
    {name: 'ISIZE', value: 1, start: 4},
  ]);
  expect(readTrailer(deflateRawSync('x').subarray(0, 0), 'raw')).toEqual([]);
});

test('the container that wbits asks for', () => {
  expect([-15, 15, 8, 31, 47].map(formatOf)).toEqual(['raw', 'zlib', 'zlib', 'gzip', 'auto']);
});
