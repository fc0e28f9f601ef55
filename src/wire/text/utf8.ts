/**
 * Decodes UTF-8 and loses nothing: a byte that is not part of a well-formed sequence becomes the lone surrogate
 * U+DC00 + byte, which well-formed UTF-8 can never give. {@link strayByte} gets it back.
 * Well-formed is what table 3-7 of the Unicode Standard (§3.9) says: no overlong forms, no surrogates, nothing over U+10FFFF.
 */
export function decodeUtf8(bytes: Uint8Array): string {
  try {
    return strict.decode(bytes);
  } catch {
    return decodePiecewise(bytes);
  }
}

/** The byte that a code unit from {@link decodeUtf8} stands for, or undefined when it is a character like any other. */
export function strayByte(codePoint: number): number | undefined {
  return codePoint >= 0xdc80 && codePoint <= 0xdcff ? codePoint - 0xdc00 : undefined;
}

/** Length of the well-formed sequence at `at`, 1 to 4, or 0 when the byte there starts none. */
export function sequenceLength(bytes: Uint8Array, at: number): number {
  const lead = bytes[at];
  if (lead === undefined) return 0;
  if (lead < 0x80) return 1;
  const row = leads.find(({from, to}) => lead >= from && lead <= to);
  if (row === undefined) return 0;
  const second = bytes[at + 1];
  if (second === undefined || second < row.second[0] || second > row.second[1]) return 0;
  for (let k = 2; k < row.length; k++) if (!isContinuation(bytes[at + k])) return 0;
  return row.length;
}

const strict = new TextDecoder('utf-8', {fatal: true, ignoreBOM: true});

/** Unicode §3.9, table 3-7: which second bytes may follow which first byte. */
const leads: readonly {from: number; to: number; length: number; second: readonly [number, number]}[] = [
  {from: 0xc2, to: 0xdf, length: 2, second: [0x80, 0xbf]},
  {from: 0xe0, to: 0xe0, length: 3, second: [0xa0, 0xbf]},
  {from: 0xe1, to: 0xec, length: 3, second: [0x80, 0xbf]},
  {from: 0xed, to: 0xed, length: 3, second: [0x80, 0x9f]},
  {from: 0xee, to: 0xef, length: 3, second: [0x80, 0xbf]},
  {from: 0xf0, to: 0xf0, length: 4, second: [0x90, 0xbf]},
  {from: 0xf1, to: 0xf3, length: 4, second: [0x80, 0xbf]},
  {from: 0xf4, to: 0xf4, length: 4, second: [0x80, 0x8f]},
];

function decodePiecewise(bytes: Uint8Array): string {
  const pieces: string[] = [];
  let start = 0;
  for (let at = 0; at < bytes.length; ) {
    const length = sequenceLength(bytes, at);
    if (length > 0) {
      at += length;
      continue;
    }
    pieces.push(strict.decode(bytes.subarray(start, at)), String.fromCharCode(0xdc00 + bytes[at]!));
    start = ++at;
  }
  pieces.push(strict.decode(bytes.subarray(start)));
  return pieces.join('');
}

function isContinuation(byte: number | undefined): boolean {
  return byte !== undefined && (byte & 0xc0) === 0x80;
}
