/** What is needed of DER (X.690 §8, §10) to write a certificate: everything is a tag, a length and contents. */
export type Der = Uint8Array;

const tags = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  objectIdentifier: 0x06,
  utf8String: 0x0c,
  sequence: 0x30,
  set: 0x31,
  utcTime: 0x17,
  generalizedTime: 0x18,
} as const;

export const sequence = (...parts: readonly Der[]): Der => tagged(tags.sequence, join(parts));
export const set = (...parts: readonly Der[]): Der => tagged(tags.set, join(parts));
export const octetString = (bytes: Uint8Array): Der => tagged(tags.octetString, bytes);
export const utf8String = (text: string): Der => tagged(tags.utf8String, new TextEncoder().encode(text));
export const boolean = (value: boolean): Der => tagged(tags.boolean, Uint8Array.of(value ? 0xff : 0));

/** An unsigned number, most significant byte first; a leading 0 keeps it positive. */
export function integer(bytes: Uint8Array): Der {
  let from = 0;
  while (from < bytes.length - 1 && bytes[from] === 0) from++;
  const shortest = bytes.subarray(from);
  return tagged(tags.integer, (shortest[0] ?? 0) >= 0x80 ? join([Uint8Array.of(0), shortest]) : shortest);
}

/** `unused`: how many bits at the end do not count. */
export const bitString = (bytes: Uint8Array, unused = 0): Der =>
  tagged(tags.bitString, join([Uint8Array.of(unused), bytes]));

/** `1.2.840.10045.4.3.2`: the first two numbers share a byte, the others are in base 128. */
export function objectIdentifier(dotted: string): Der {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  const bytes = rest.flatMap(number => {
    const groups = [number & 0x7f];
    for (let left = number >>> 7; left > 0; left >>>= 7) groups.unshift((left & 0x7f) | 0x80);
    return groups;
  });
  return tagged(tags.objectIdentifier, Uint8Array.from([first * 40 + second, ...bytes]));
}

/** RFC 5280 §4.1.2.5: two digits for the year until 2049. */
export function time(date: Date): Der {
  const digits = date.toISOString().replace(/[-:T]|\.\d+/g, '');
  const text = new TextEncoder().encode(date.getUTCFullYear() < 2050 ? digits.slice(2) : digits);
  return tagged(date.getUTCFullYear() < 2050 ? tags.utcTime : tags.generalizedTime, text);
}

/** A context-specific tag: constructed around another value, or primitive in place of one. */
export const context = (number: number, contents: Uint8Array, constructed = true): Der =>
  tagged((constructed ? 0xa0 : 0x80) | number, contents);

function tagged(tag: number, contents: Uint8Array): Der {
  return join([Uint8Array.from([tag, ...lengthOf(contents.length)]), contents]);
}

function lengthOf(length: number): readonly number[] {
  if (length < 0x80) return [length];
  const bytes: number[] = [];
  for (let left = length; left > 0; left >>>= 8) bytes.unshift(left & 0xff);
  return [0x80 | bytes.length, ...bytes];
}

export function join(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
