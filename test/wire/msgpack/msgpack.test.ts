import {decode as reference} from '@msgpack/msgpack';
import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {decode, decodeAll, encode} from '../../../src/wire/msgpack/msgpack.ts';

const bytes = (hex: string) => new Uint8Array(Buffer.from(hex.replaceAll(' ', ''), 'hex'));
const hexOf = (value: unknown) => {
  const result = encode(value);
  return result.kind === 'encoded' ? Buffer.from(result.bytes).toString('hex') : result.reason;
};

describe('the shortest form of each kind, as the specification has it', () => {
  test.each<[unknown, string]>([
    [null, 'c0'],
    [true, 'c3'],
    [127, '7f'],
    [-1, 'ff'],
    [255, 'ccff'],
    [4253, 'cd109d'],
    [2 ** 32 - 1, 'ceffffffff'],
    [2 ** 32, 'cf0000000100000000'],
    [-(2 ** 40), 'd3ffffff0000000000'],
    [2n ** 64n - 1n, 'cfffffffffffffffff'],
    [0.5, 'cb3fe0000000000000'],
    ['hi', 'a26869'],
    [Uint8Array.of(1, 2), 'c4020102'],
    [[1, [2]], '92019102'],
    [{a: 1, b: null}, '82a16101a162c0'],
  ])('%o', (value, hex) => {
    expect(hexOf(value)).toBe(hex);
    expect(decode(bytes(hex))).toEqual({kind: 'value', value, consumed: hex.length / 2});
  });
});

/** The key that the reader refuses: an object with it would get another prototype. */
const plainValue = fc.jsonValue({depthSize: 'small'}).filter(value => !JSON.stringify(value).includes('__proto__'));

test('a map with the key __proto__ is refused', () => {
  expect(decode(bytes('81a95f5f70726f746f5f5fc2'))).toMatchObject({kind: 'malformed'});
});

test('what was encoded comes back, however much follows, and never from less', () => {
  fc.assert(
    fc.property(plainValue, fc.uint8Array({maxLength: 5}), (value, rest) => {
      const result = encode(value);
      if (result.kind !== 'encoded') throw new Error(result.reason);
      const plain: unknown = JSON.parse(JSON.stringify(value));
      const found = decode(new Uint8Array([...result.bytes, ...rest]));
      expect(found).toMatchObject({kind: 'value', consumed: result.bytes.length});
      if (found.kind === 'value') expect(JSON.parse(JSON.stringify(found.value))).toEqual(plain);
      for (let cut = 0; cut < result.bytes.length; cut++) {
        const short = decode(result.bytes.subarray(0, cut));
        expect(short.kind).toBe('need-more');
        if (short.kind === 'need-more') expect(cut + short.atLeast).toBeLessThanOrEqual(result.bytes.length);
      }
    }),
    {numRuns: 60},
  );
});

test('any bytes: no throw, and a value only where the library finds one too', () => {
  fc.assert(
    fc.property(fc.uint8Array({minLength: 1, maxLength: 40}), stream => {
      const result = decode(stream);
      if (result.kind === 'value')
        expect(() => reference(stream.subarray(0, result.consumed), {useBigInt64: true})).not.toThrow();
    }),
  );
});

test('a declared length costs no memory', () => {
  expect(decode(bytes('dd ffffffff 01'))).toEqual({kind: 'need-more', atLeast: 4_294_967_294});
  expect(decode(bytes('df ffffffff'))).toEqual({kind: 'need-more', atLeast: 8_589_934_590});
  expect(decode(bytes('c6 ffffffff 00'))).toMatchObject({kind: 'need-more', atLeast: 4_294_967_294});
});

test('what is malformed has an offset', () => {
  expect(decode(bytes('93 01 c1 02'))).toEqual({kind: 'malformed', at: 2, reason: expect.stringMatching(/0xc1/)});
  expect(decode(new Uint8Array(5000).fill(0x91))).toMatchObject({
    kind: 'malformed',
    at: 100,
    reason: expect.stringMatching(/deep/),
  });
  // A map as a key is legal MessagePack, and JavaScript has no such object.
  expect(decode(bytes('81 80 01'))).toMatchObject({kind: 'malformed', at: 0});
});

test('what has no MessagePack says so', () => {
  expect(encode(() => 1)).toMatchObject({kind: 'unencodable', reason: expect.stringMatching(/function/i)});
  const loop: unknown[] = [];
  loop.push(loop);
  expect(encode(loop)).toMatchObject({kind: 'unencodable'});
});

test('values one behind the other', () => {
  expect(decodeAll(bytes('01 a26869 c0'))).toEqual({values: [1, 'hi', null], rest: undefined, at: 5});
  expect(decodeAll(bytes('01 a268'))).toEqual({values: [1], rest: {kind: 'need-more', atLeast: 1}, at: 1});
});
