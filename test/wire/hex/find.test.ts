import {describe, expect, test} from 'vitest';
import {findBytes, findLastBytes} from '../../../src/wire/hex/find.ts';

const bytes = (text: string) => new Uint8Array(Buffer.from(text, 'latin1'));

describe('against Buffer’s own search', () => {
  const texts = ['', 'a', 'aaab', 'abababab', 'xaabaac', '\0\0\0\x01\0\0\x01', 'needle in a needle'];
  const wanted = ['a', 'ab', 'aab', 'aac', 'b', '\0\0\x01', 'needle', 'longer than any of the texts is'];
  test.each(texts)('in %j', text => {
    for (const one of wanted)
      for (let from = 0; from <= text.length; from++) {
        const buffer = Buffer.from(text, 'latin1');
        expect(findBytes(bytes(text), bytes(one), from)).toBe(buffer.indexOf(one, from, 'latin1'));
        expect(findLastBytes(bytes(text), bytes(one), from)).toBe(buffer.lastIndexOf(one, from, 'latin1'));
      }
  });
});

test('nothing is nowhere, and nothing lies before the beginning', () => {
  expect(findBytes(bytes('abc'), bytes(''))).toBe(-1);
  expect(findLastBytes(bytes('abc'), bytes(''))).toBe(-1);
  expect(findLastBytes(bytes('abc'), bytes('a'), -1)).toBe(-1);
  expect(findLastBytes(bytes('abca'), bytes('a'))).toBe(3);
});
