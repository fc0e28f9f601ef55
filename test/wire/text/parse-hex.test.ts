import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {parseHex} from '../../../src/wire/text/parse-hex.ts';

describe('hex that people paste', () => {
  test.each([
    ['48656c6c6f'],
    ['48 65 6C 6c 6F'],
    ['0x48, 0x65, 0x6c, 0x6c, 0x6f,'],
    ['\\x48\\x65\\x6c\\x6c\\x6f'],
    ['48:65:6c:6c:6f'],
    ['  4865\n\t6c6c 6f  '],
    ['0x48656c6c6f'],
    ['0X48 \\x65 6c;6c,6f'],
  ])('%j is Hello', text => {
    expect(parseHex(text)).toEqual({kind: 'bytes', bytes: new TextEncoder().encode('Hello')});
  });

  test('nothing is no bytes, and 0x5 is one', () => {
    expect(parseHex(' ,\n')).toEqual({kind: 'bytes', bytes: new Uint8Array()});
    expect(parseHex('0x5 0x0')).toEqual({kind: 'bytes', bytes: Uint8Array.of(5, 0)});
  });
});

describe('where it stops making sense', () => {
  test.each([
    ['486', 2, /Half a byte: "6".*06/],
    ['48 6 6c', 3, /Half a byte/],
    ['\\x4', 2, /Half a byte/],
    ['0x123', 4, /Half a byte/],
    ['48 6g', 4, /"g" is not a hex digit/],
    ['zz', 0, /"z"/],
    ['0x', 2, /ends where a hex digit is expected/],
    ['48 \\x', 5, /ends where/],
    ['48\\n', 2, /"\\" is not a hex digit/],
    ['48\u202e', 2, /"\\u\{202e\}"/],
    ['48 😀', 3, /"😀"/],
    ['48 \x1b[2J', 3, /"\\x1b"/],
  ])('%j at %i', (text, at, sentence) => {
    const answer = parseHex(text);
    expect(answer).toMatchObject({kind: 'error', at});
    if (answer.kind === 'error') expect(answer.sentence).toMatch(sentence);
  });
});

test('every byte string, in every style', () => {
  const styles: ((pairs: string[]) => string)[] = [
    pairs => pairs.join(''),
    pairs => pairs.join(' '),
    pairs => pairs.map(pair => `0x${pair}`).join(', '),
    pairs => pairs.map(pair => `\\x${pair.toUpperCase()}`).join(''),
  ];
  fc.assert(
    fc.property(fc.uint8Array({maxLength: 40}), fc.constantFrom(...styles), (bytes, style) => {
      const pairs = Array.from(bytes, byte => byte.toString(16).padStart(2, '0'));
      expect(parseHex(style(pairs))).toEqual({kind: 'bytes', bytes});
    }),
  );
});
