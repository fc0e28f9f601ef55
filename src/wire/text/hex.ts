/** The two hex digits of each byte, lower case: `hexPairs[10]` is `0a`. */
export const hexPairs: readonly string[] = Array.from({length: 256}, (_, byte) => byte.toString(16).padStart(2, '0'));

/** Two digits for each byte, `between` them: `48656c`, or `48 65 6c` with a space. */
export function toHex(bytes: Uint8Array, between = ''): string {
  if (bytes.length > pieceLength) return ofMany(bytes, between);
  let hex = '';
  for (let at = 0; at < bytes.length; at++) hex += at === 0 ? hexPairs[bytes[at]!] : between + hexPairs[bytes[at]!];
  return hex;
}

/** The inverse of `toHex` with nothing between; `undefined` when it is not pairs of hex digits. */
export function fromHex(hex: string): Uint8Array | undefined {
  if (hex.length % 2 === 1 || !/^[0-9a-f]*$/i.test(hex)) return undefined;
  const bytes = new Uint8Array(hex.length / 2);
  for (let index = 0; index < bytes.length; index++)
    bytes[index] = (digit(hex.charCodeAt(2 * index)) << 4) | digit(hex.charCodeAt(2 * index + 1));
  return bytes;
}

const pieceLength = 4096;

/** A text that is added to is kept as a tree of what was added, 16 times its size: joined pieces are not. */
function ofMany(bytes: Uint8Array, between: string): string {
  const pieces: string[] = [];
  for (let at = 0; at < bytes.length; at += pieceLength) {
    const pairs: string[] = [];
    for (const byte of bytes.subarray(at, at + pieceLength)) pairs.push(hexPairs[byte]!);
    pieces.push(pairs.join(between));
  }
  return pieces.join(between);
}

// 0 to 9 are 0x30 to 0x39; a to f end in 1 to 6, in both cases.
const digit = (code: number) => (code < 0x3a ? code - 0x30 : (code & 0x0f) + 9);
