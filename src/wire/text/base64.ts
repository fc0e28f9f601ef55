/** RFC 4648 §4, with padding. */
export function toBase64(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 3) {
    const left = bytes.length - at;
    const three = (bytes[at]! << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
    text += letters[three >> 18]! + letters[(three >> 12) & 63]!;
    text += (left > 1 ? letters[(three >> 6) & 63]! : '=') + (left > 2 ? letters[three & 63]! : '=');
  }
  return text;
}

/** The inverse: padding is needed, and bits that no byte uses must be zero. `undefined` when it is not base64. */
export function fromBase64(text: string): Uint8Array | undefined {
  if (text.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(text)) return undefined;
  const digits = text.replace(/=+$/, '');
  return packed(digits, 6, letters);
}

/** RFC 4648 §7 without padding, upper case, as NSEC3 writes hashes (RFC 5155 §3.3). */
export function toBase32Hex(bytes: Uint8Array): string {
  let text = '';
  let held = 0;
  let bits = 0;
  for (const byte of bytes) {
    held = ((held << 8) | byte) & 0xfff;
    for (bits += 8; bits >= 5; bits -= 5) text += thirtyTwo[(held >> (bits - 5)) & 31]!;
  }
  return bits === 0 ? text : text + thirtyTwo[(held << (5 - bits)) & 31]!;
}

/** The inverse, in either letter case. `undefined` when it is not base32hex. */
export function fromBase32Hex(text: string): Uint8Array | undefined {
  return /^[0-9a-v]*$/i.test(text) ? packed(text.toUpperCase(), 5, thirtyTwo) : undefined;
}

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const thirtyTwo = '0123456789ABCDEFGHIJKLMNOPQRSTUV';

function packed(digits: string, width: number, alphabet: string): Uint8Array | undefined {
  const spare = (digits.length * width) % 8;
  if (spare >= width) return undefined;
  const bytes = new Uint8Array(Math.floor((digits.length * width) / 8));
  let held = 0;
  let bits = 0;
  let at = 0;
  for (const digit of digits) {
    held = ((held << width) | alphabet.indexOf(digit)) & 0x3fff;
    bits += width;
    if (bits >= 8) {
      bits -= 8;
      bytes[at++] = (held >> bits) & 0xff;
    }
  }
  return (held & ((1 << bits) - 1)) === 0 ? bytes : undefined;
}
