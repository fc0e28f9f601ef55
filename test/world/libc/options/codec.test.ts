import {describe, expect, test} from 'vitest';
import {decodeOption, encodeOption, type OptionValue} from '../../../../src/world/libc/options/codec.ts';
import type {OptionType} from '../../../../src/world/libc/options/option.ts';

const vectors: [OptionType, OptionValue, string][] = [
  ['int', -2, 'feffffff'],
  ['int', 131072, '00000200'],
  ['bool', true, '01000000'],
  ['bool', false, '00000000'],
  ['linger', {on: true, seconds: 5}, '0100000005000000'],
  ['timeval', 1.25, '010000000000000090d0030000000000'],
  ['u64', 7, '0700000000000000'],
  ['u64', '18446744073709551615', 'ffffffffffffffff'],
  ['in_addr', '127.0.0.1', '7f000001'],
  ['string', 'cubic', '6375626963'],
  ['bytes', Uint8Array.of(1, 2), '0102'],
];

const bytes = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex, 'hex'));

describe('option values', () => {
  test.each(vectors)('%s %o', (type, value, hex) => {
    expect(Buffer.from(encodeOption(type, value)).toString('hex')).toBe(hex);
    expect(decodeOption(type, bytes(hex))).toEqual(value);
  });

  test('cut short, a value of fixed size is not a value', () => {
    for (const [type, , hex] of vectors.slice(0, 9))
      for (let length = 0; length < hex.length / 2; length++)
        expect(decodeOption(type, bytes(hex).subarray(0, length))).toBeUndefined();
  });

  test('what is only read: ids of a peer, memory, a name with its end mark', () => {
    expect(decodeOption('ucred', bytes('00000000ffffffffffffffff'))).toEqual({
      pid: 0,
      uid: 2 ** 32 - 1,
      gid: 2 ** 32 - 1,
    });
    const memory = new Uint8Array(Uint32Array.from([1, 2, 3, 4, 5, 6, 7, 8, 9]).buffer);
    expect(decodeOption('meminfo', memory)).toMatchObject({receiveAllocated: 1, sendBuffer: 4, drops: 9});
    expect(decodeOption('string', bytes('62627200000000'))).toBe('bbr');
  });

  test('a value of another type is refused', () => {
    expect(() => encodeOption('int', 2 ** 31)).toThrow(/room for whole numbers/);
    expect(() => encodeOption('int', 'many')).toThrow(/cannot be set/);
    expect(() => encodeOption('linger', 3)).toThrow(/cannot be set/);
  });
});
