const encoder = new TextEncoder();
const hex = (byte: number) => `=${byte.toString(16).toUpperCase().padStart(2, '0')}`;

/** Bytes as base64. */
export function base64(bytes: Uint8Array): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
  let text = '';
  for (let at = 0; at < bytes.length; at += 3) {
    const [a = 0, b = 0, c = 0] = bytes.subarray(at, at + 3);
    const bits = (a << 16) | (b << 8) | c;
    const digits = [18, 12, 6, 0].map(shift => alphabet[(bits >> shift) & 63]!);
    text += digits.slice(0, Math.min(4, bytes.length - at + 1)).join('');
  }
  return text.padEnd(Math.ceil(text.length / 4) * 4, '=');
}

/** A header’s text as encoded words where it is not ASCII (RFC 2047), folded so that no line is longer than 76. */
export function headerText(text: string): string {
  if (/^[\x20-\x7e]*$/.test(text) && !text.includes('=?')) return text;
  const words: string[] = [];
  let piece = '';
  // 45 bytes become 60 digits: with =?UTF-8?B? and ?= a word then has 72. No character is cut in two (RFC 2047 §5).
  for (const character of text) {
    if (encoder.encode(piece + character).length > 45) {
      words.push(piece);
      piece = '';
    }
    piece += character;
  }
  words.push(piece);
  return words.map(word => `=?UTF-8?B?${base64(encoder.encode(word))}?=`).join('\r\n ');
}

/**
 * Any bytes as lines of at most 76 ASCII characters (RFC 2045 §6.7). CR LF stays a line end; everything else that is not
 * printable ASCII, spaces at the end of a line, and `=` become `=XX`.
 */
export function quotedPrintable(bytes: Uint8Array): Uint8Array {
  const lines: string[] = [];
  let line = '';
  const put = (token: string) => {
    if (line.length + token.length > 75) {
      lines.push(`${line}=`);
      line = '';
    }
    line += token;
  };
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at]!;
    if (byte === 0x0d && bytes[at + 1] === 0x0a) {
      lines.push(line);
      line = '';
      at++;
      continue;
    }
    const endsLine = at + 1 === bytes.length || (bytes[at + 1] === 0x0d && bytes[at + 2] === 0x0a);
    const isSpace = byte === 0x20 || byte === 0x09;
    const stays = (byte > 0x20 && byte < 0x7f && byte !== 0x3d) || (isSpace && !endsLine);
    put(stays ? String.fromCharCode(byte) : hex(byte));
  }
  return encoder.encode([...lines, line].join('\r\n'));
}
