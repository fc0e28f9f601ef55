import {toBase64} from '../text/base64.ts';

const encoder = new TextEncoder();

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
  return words.map(word => `=?UTF-8?B?${toBase64(encoder.encode(word))}?=`).join('\r\n ');
}

/**
 * Any bytes as lines of at most 76 ASCII characters (RFC 2045 §6.7). CR LF stays a line end; everything else that is not
 * printable ASCII, spaces at the end of a line, and `=` become `=XX`.
 */
export function quotedPrintable(bytes: Uint8Array): Uint8Array {
  // Three for each byte, and three more for each line that is cut, of which the shortest has 73 characters.
  const all = new Uint8Array(bytes.length * 3 + Math.ceil((bytes.length * 3) / 73) * 3);
  let to = 0;
  let column = 0;
  const room = (needed: number) => {
    if (column + needed > 75) {
      all.set(softBreak, to);
      to += softBreak.length;
      column = 0;
    }
    column += needed;
  };
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at]!;
    if (isLineEnd(bytes, at)) {
      all[to++] = 0x0d;
      all[to++] = 0x0a;
      column = 0;
      at++;
    } else if (staysItself(byte) || (isSpace(byte) && at + 1 < bytes.length && !isLineEnd(bytes, at + 1))) {
      room(1);
      all[to++] = byte;
    } else {
      room(3);
      all[to++] = 0x3d;
      all[to++] = hexDigits[byte >> 4]!;
      all[to++] = hexDigits[byte & 15]!;
    }
  }
  return all.subarray(0, to);
}

const softBreak = encoder.encode('=\r\n');
const hexDigits = encoder.encode('0123456789ABCDEF');
const isLineEnd = (bytes: Uint8Array, at: number) => bytes[at] === 0x0d && bytes[at + 1] === 0x0a;
const isSpace = (byte: number) => byte === 0x20 || byte === 0x09;
const staysItself = (byte: number) => byte > 0x20 && byte < 0x7f && byte !== 0x3d;
