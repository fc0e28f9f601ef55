/**
 * Bytes as the string literal that a C compiler would turn into the same bytes: `send(3, "he\nllo", 6, 0)`. Other bytes are
 * octal with three digits (C17 §6.4.4.4): unlike `\x`, that cannot swallow a hex digit that happens to follow. With
 * `limit`, what lies beyond that many bytes is left out and `...` follows the quote, as strace prints it.
 */
export function quoteC(bytes: Uint8Array, limit = Number.POSITIVE_INFINITY): string {
  const shown = bytes.subarray(0, Math.max(0, Math.min(limit, bytes.length)));
  let literal = '"';
  for (const byte of shown) literal += spelled(byte);
  return literal + (shown.length < bytes.length ? '"...' : '"');
}

const named: Readonly<Record<number, string>> = {
  7: '\\a',
  8: '\\b',
  9: '\\t',
  10: '\\n',
  11: '\\v',
  12: '\\f',
  13: '\\r',
  34: '\\"',
  92: '\\\\',
};

function spelled(byte: number): string {
  if (named[byte] !== undefined) return named[byte];
  return byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : `\\${byte.toString(8).padStart(3, '0')}`;
}
