/** A code point and where the next begins, `incomplete` when more bytes must come, `invalid` when none can help. */
export type Utf8Step = {readonly code: number; readonly next: number} | 'incomplete' | 'invalid';

/** Decodes one code point (RFC 3629 §4): no overlong forms, no surrogates, nothing beyond U+10FFFF. */
export function decodeUtf8(bytes: Uint8Array, at: number): Utf8Step {
  const first = bytes[at]!;
  if (first < 0x80) return {code: first, next: at + 1};
  const length =
    first >= 0xc2 && first < 0xe0 ? 2 : first >= 0xe0 && first < 0xf0 ? 3 : first >= 0xf0 && first < 0xf5 ? 4 : 0;
  if (length === 0) return 'invalid';
  let code = first & (0x7f >> length);
  for (let index = 1; index < length; index++) {
    const byte = bytes[at + index];
    if (byte === undefined) return 'incomplete';
    const [low, high] = index === 1 ? secondByte(first) : [0x80, 0xbf];
    if (byte < low || byte > high) return 'invalid';
    code = (code << 6) | (byte & 0x3f);
  }
  return {code, next: at + length};
}

function secondByte(first: number): readonly [number, number] {
  if (first === 0xe0) return [0xa0, 0xbf];
  if (first === 0xed) return [0x80, 0x9f];
  if (first === 0xf0) return [0x90, 0xbf];
  if (first === 0xf4) return [0x80, 0x8f];
  return [0x80, 0xbf];
}
