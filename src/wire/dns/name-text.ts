/** RFC 1035 §2.3.4, in bytes on the wire; the name's includes every length and the root's zero. */
export const mostLabelBytes = 63;
export const mostNameBytes = 255;

/** A label's bytes as they stand in text, with the escapes that keep it apart from others. */
export function labelText(label: Uint8Array): string {
  return textOf(show(label, 0, label.length, 0) - 1);
}

// The text is collected in one place and made at once: a string that grows is kept as a tree of its pieces.
// A name has fewer than 255 bytes of text in it, and each takes up to four characters.
const scratch = new Uint8Array(4 * 256);

/** Adds a label, the bytes from `at` up to `end`, to the `length` characters that are there, with a dot behind it. Gives the new length. */
export function show(bytes: Uint8Array, at: number, end: number, length: number): number {
  let to = length;
  for (let from = at; from < end; from++) {
    const byte = bytes[from]!;
    if (byte > 0x20 && byte < 0x7f) {
      if (byte === dot || byte === backslash) scratch[to++] = backslash;
      scratch[to++] = byte;
      continue;
    }
    scratch[to++] = backslash;
    scratch[to++] = 0x30 + ((byte / 100) | 0);
    scratch[to++] = 0x30 + (((byte / 10) | 0) % 10);
    scratch[to++] = 0x30 + (byte % 10);
  }
  scratch[to++] = dot;
  return to;
}

/** What was shown, as text. */
export function textOf(length: number): string {
  const shown = scratch.subarray(0, length);
  // Starting the decoder costs more than a short name, and arguments cost more than the decoder for a long one.
  return length > 32 ? decoder.decode(shown) : String.fromCharCode.apply(null, shown as unknown as number[]);
}

const decoder = new TextDecoder('utf-8');

const dot = 0x2e;
const backslash = 0x5c;
