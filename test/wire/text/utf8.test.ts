import fc from 'fast-check';
import {expect, test} from 'vitest';
import {decodeUtf8, sequenceLength, strayByte} from '../../../src/wire/text/utf8.ts';

test('well-formed UTF-8 decodes as everybody decodes it, a byte order mark included', () => {
  fc.assert(
    fc.property(fc.string({unit: 'binary'}), text => {
      expect(decodeUtf8(new TextEncoder().encode(text))).toBe(text);
    }),
  );
  expect(decodeUtf8(Uint8Array.of(0xef, 0xbb, 0xbf, 0x61))).toBe('\ufeffa');
});

test('any bytes come back whole', () => {
  fc.assert(
    fc.property(fc.uint8Array({maxLength: 50}), bytes => {
      const back: number[] = [];
      for (const character of decodeUtf8(bytes)) {
        const stray = strayByte(character.codePointAt(0)!);
        if (stray === undefined) back.push(...new TextEncoder().encode(character));
        else back.push(stray);
      }
      expect(Uint8Array.from(back)).toEqual(bytes);
    }),
    {numRuns: 1000},
  );
});

test('a sequence is well-formed exactly when a strict decoder takes it', () => {
  const strict = new TextDecoder('utf-8', {fatal: true, ignoreBOM: true});
  const accepts = (bytes: Uint8Array) => {
    try {
      return strict.decode(bytes).length > 0;
    } catch {
      return false;
    }
  };
  for (let lead = 0; lead < 256; lead++) {
    for (let second = 0; second < 256; second += lead < 0xc0 ? 85 : 1) {
      const bytes = Uint8Array.of(lead, second, 0x80, 0x80);
      const length = sequenceLength(bytes, 0);
      if (length === 0) for (let end = 1; end <= 4; end++) expect(accepts(bytes.subarray(0, end))).toBe(false);
      else expect(accepts(bytes.subarray(0, length))).toBe(true);
    }
  }
});
