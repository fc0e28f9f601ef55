import {decodeUtf8, strayByte} from '../text/utf8.ts';

export type WhoisEncoding = 'utf-8' | 'latin-1';

/** An answer as text. Nothing in whois says what its bytes are (RFC 3912 §4), so `auto` looks at them. */
export function decodeAnswer(
  bytes: Uint8Array,
  encoding: WhoisEncoding | 'auto',
): {readonly text: string; readonly encoding: WhoisEncoding; readonly ascii: boolean} {
  const ascii = bytes.every(byte => byte < 0x80);
  if (encoding === 'latin-1') return {text: latin1(bytes), encoding, ascii};
  const text = decodeUtf8(bytes);
  if (encoding === 'utf-8' || !hasStrays(text)) return {text, encoding: 'utf-8', ascii};
  return {text: latin1(bytes), encoding: 'latin-1', ascii};
}

function hasStrays(text: string): boolean {
  for (let at = 0; at < text.length; at++) if (strayByte(text.charCodeAt(at)) !== undefined) return true;
  return false;
}

/** ISO 8859-1: every byte is the character of its number. */
function latin1(bytes: Uint8Array): string {
  const pieces: string[] = [];
  for (let at = 0; at < bytes.length; at += 8192) pieces.push(String.fromCharCode(...bytes.subarray(at, at + 8192)));
  return pieces.join('');
}
