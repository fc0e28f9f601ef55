import fc from 'fast-check';
import {expect, test} from 'vitest';
import {fromHex, hexPairs, toHex} from '../../../src/wire/text/hex.ts';

test('both ways', () => {
  fc.assert(
    fc.property(fc.uint8Array(), bytes => {
      expect(fromHex(toHex(bytes))).toEqual(bytes);
    }),
  );
  expect(toHex(new Uint8Array([0, 15, 16, 255]))).toBe('000f10ff');
  expect(fromHex('0AfF')).toEqual(new Uint8Array([10, 255]));
  expect(hexPairs[10]).toBe('0a');
});

test('something between the bytes', () => {
  expect(toHex(new Uint8Array([0, 15, 255]), ' ')).toBe('00 0f ff');
  expect(toHex(new Uint8Array([7]), ':')).toBe('07');
  expect(toHex(new Uint8Array(), ':')).toBe('');
});

test.each([['0'], ['0g'], ['0x00'], [' 00'], ['00\n'], ['0\u0660']])('%j is none', hex => {
  expect(fromHex(hex)).toBeUndefined();
});

test('more bytes than are put together at once', () => {
  const bytes = Uint8Array.from({length: 10_000}, (_, index) => (index * 7) & 0xff);
  expect(toHex(bytes)).toBe(Buffer.from(bytes).toString('hex'));
  expect(toHex(bytes, ' ')).toBe(toHex(bytes).replace(/..(?=.)/g, '$& '));
});
