import {expect, test} from 'vitest';
import {bytesText} from '../../../src/world/libc/record.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

test('bytes are spelled as C would, with nothing left that a terminal could obey', () => {
  expect(bytesText(bytes('hello'))).toBe('"hello"');
  expect(bytesText(bytes('a"b\\c\r\n\t'))).toBe('"a\\"b\\\\c\\r\\n\\t"');
  expect(bytesText(Uint8Array.of(0, 27, 0x31, 255))).toBe('"\\000\\0331\\377"');
  expect(bytesText(bytes('x'.repeat(40)))).toBe(`"${'x'.repeat(32)}"...`);
  for (let byte = 0; byte < 256; byte++) expect(bytesText(Uint8Array.of(byte))).toMatch(/^[\x20-\x7e]+$/);
});
