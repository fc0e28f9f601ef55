import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {fromBase32Hex, fromBase64, toBase32Hex, toBase64} from '../../../src/wire/text/base64.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

/** RFC 4648 §10, base32hex without its padding. */
const vectors = [
  ['', '', ''],
  ['f', 'Zg==', 'CO'],
  ['fo', 'Zm8=', 'CPNG'],
  ['foo', 'Zm9v', 'CPNMU'],
  ['foob', 'Zm9vYg==', 'CPNMUOG'],
  ['fooba', 'Zm9vYmE=', 'CPNMUOJ1'],
  ['foobar', 'Zm9vYmFy', 'CPNMUOJ1E8'],
] as const;

describe('base64', () => {
  test.each(vectors)('“%s” is %s', (text, base64) => {
    expect(toBase64(bytes(text))).toBe(base64);
    expect(fromBase64(base64)).toEqual(bytes(text));
  });

  test('is what Node makes, and comes back', () => {
    fc.assert(
      fc.property(fc.uint8Array({maxLength: 100}), value => {
        expect(toBase64(value)).toBe(Buffer.from(value).toString('base64'));
        expect(fromBase64(toBase64(value))).toEqual(value);
      }),
    );
  });

  test.each(['Zg', 'Zg=', 'Zh==', 'Z===', 'Zm9v=', 'Zm-v', 'Zm9v\n'])('“%s” is none', text => {
    expect(fromBase64(text)).toBeUndefined();
  });
});

describe('base32hex', () => {
  test.each(vectors)('“%s”, base64 %s, is %s', (text, _, base32) => {
    expect(toBase32Hex(bytes(text))).toBe(base32);
    expect(fromBase32Hex(base32.toLowerCase())).toEqual(bytes(text));
  });

  test('comes back', () => {
    fc.assert(
      fc.property(fc.uint8Array({maxLength: 100}), value => {
        expect(fromBase32Hex(toBase32Hex(value))).toEqual(value);
      }),
    );
  });

  test.each(['C', 'CP=', 'CW', 'CPN'])('“%s” is none', text => {
    expect(fromBase32Hex(text)).toBeUndefined();
  });
});
