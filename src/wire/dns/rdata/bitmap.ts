import {typeName, typeNumber} from '../tables.ts';
import {type FieldKind, meant} from './kind.ts';
import {TextMistake} from './lexer.ts';
import {MalformedRdata} from './reader.ts';

/** The types that exist at a name, as windows of bits (RFC 4034 §4.1.2). May be empty (RFC 5155, RFC 7477). */
export const typeBitmap: FieldKind = {
  read(reader, {name, meaning}) {
    let before = -1;
    for (let index = 0; reader.left > 0; index++) {
      const offset = reader.at;
      const window = reader.number(1, `${name} window`);
      const length = reader.number(1, `${name} length`);
      if (window <= before)
        throw new MalformedRdata(offset, `Window ${window} of the bitmap does not come after ${before}.`);
      if (length === 0 || length > 32)
        throw new MalformedRdata(offset + 1, `A window of the bitmap has 1 to 32 bytes, not ${length}.`);
      before = window;
      const bits = reader.bytes(length, name);
      const value = bitsSet(bits, window * 256)
        .map(typeName)
        .join(' ');
      reader.add(offset, {name: `${name}[${index}]`, value, meaning: meant(meaning, value)});
    }
  },
  write(words, bytes) {
    const types = new Set<number>();
    while (!words.done) {
      const token = words.take('a type');
      const type = typeNumber(token.text);
      if (type === undefined) throw new TextMistake(token.at, `"${token.text}" is not a type of record.`);
      types.add(type);
    }
    bytes.bytes(bitmapBytes(types));
  },
};

/** The bitmap of RFC 4034 §4.1.2 for these types. */
export function bitmapBytes(types: Iterable<number>): Uint8Array {
  const sorted = [...new Set(types)].sort((a, b) => a - b);
  const bytes: number[] = [];
  for (const window of new Set(sorted.map(type => type >> 8))) {
    const within = sorted.filter(type => type >> 8 === window).map(type => type & 0xff);
    bytes.push(window, ...bitsOf(within));
  }
  return Uint8Array.from(bytes);
}

/** The types of a bitmap; `undefined` when its windows do not fit. */
export function typesIn(bitmap: Uint8Array): ReadonlySet<number> | undefined {
  const types = new Set<number>();
  for (let at = 0; at < bitmap.length; ) {
    const [window, length] = [bitmap[at]!, bitmap[at + 1] ?? 0];
    const end = at + 2 + length;
    if (length < 1 || length > 32 || end > bitmap.length) return undefined;
    for (const type of bitsSet(bitmap.subarray(at + 2, end), 256 * window)) types.add(type);
    at = end;
  }
  return types;
}

/** The numbers of the bits that are set, the first bit of the first byte being `base`. */
export function bitsSet(bits: Uint8Array, base = 0): number[] {
  const found: number[] = [];
  for (const [index, byte] of bits.entries())
    for (let bit = 0; bit < 8; bit++) if ((byte & (0x80 >> bit)) !== 0) found.push(base + index * 8 + bit);
  return found;
}

/** Length and bytes; the last byte is never zero. */
function bitsOf(numbers: readonly number[]): number[] {
  const bits = bitField(numbers);
  return [bits.length, ...bits];
}

/** Bytes with these bits set, no longer than they need to be. */
export function bitField(numbers: readonly number[]): number[] {
  const bits = Array.from({length: (Math.max(-1, ...numbers) >> 3) + 1}, () => 0);
  for (const number of numbers) bits[number >> 3]! |= 0x80 >> (number & 7);
  return bits;
}
