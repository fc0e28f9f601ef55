/**
 * Bytes as the string literal that a C compiler would turn into the same bytes: `send(3, "he\nllo", 6, 0)`.
 * A hex escape in C has no end of its own (C17 §6.4.4.4), so where a hex digit follows one, the literal is closed and
 * opened again: `"\x05" "data"`. With `limit`, what lies beyond that many bytes is left out and `...` follows the quote.
 */
export function quoteC(bytes: Uint8Array, limit = Number.POSITIVE_INFINITY): string {
  const shown = bytes.length > limit ? bytes.subarray(0, Math.max(0, limit)) : bytes;
  let literal = '"';
  let open = false;
  for (const byte of shown) {
    const text = named[byte] ?? (byte >= 0x20 && byte <= 0x7e ? String.fromCharCode(byte) : undefined);
    if (text === undefined) literal += '\\x' + byte.toString(16).padStart(2, '0');
    else literal += open && hexDigit.test(text) ? `" "${text}` : text;
    open = text === undefined;
  }
  return literal + (shown.length < bytes.length ? '"...' : '"');
}

const hexDigit = /^[0-9a-fA-F]$/;

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
