import {ascii} from './characters.ts';
import type {RowLayout} from './row-layout.ts';

/** Rows to be written: `rows` times `layout.columns` bytes of `input` from `from`, into `out` from `at`. */
export interface RowBlock {
  readonly input: Uint8Array;
  readonly from: number;
  readonly rows: number;
  readonly out: Uint8Array;
  readonly at: number;
  readonly address: number;
  /** Whether the place has to be covered with blank rows first, because something else may be there. */
  readonly blank: boolean;
}

/**
 * Writes full rows. The place is first covered with copies of the blank row, so that what remains for each byte is a few
 * stores from tables, wide ones where the layout allows: this is why it outruns the tools it imitates.
 */
export function fillRows(layout: RowLayout, block: RowBlock): void {
  if (block.blank) cover(layout.template, block);
  fillAddresses(layout, block);
  if (layout.cell === 8) fillBits(layout, block);
  else if (inFours(layout)) fillHexByFours(layout, block);
  else fillHex(layout, block);
}

export function writeAddress(out: Uint8Array, at: number, address: number, {digits, radix}: RowLayout): void {
  let rest = address;
  for (let k = digits - 1; k >= 0; k--) {
    out[at + k] = addressDigits[rest % radix]!;
    rest = Math.floor(rest / radix);
  }
}

const addressDigits = Uint8Array.from('0123456789abcdef', character => character.charCodeAt(0));

function cover(template: Uint8Array, {out, at, rows}: RowBlock): void {
  const end = at + rows * template.length;
  out.set(template, at);
  for (let filled = template.length; at + filled < end; filled *= 2)
    out.copyWithin(at + filled, at, Math.min(at + filled, end - filled));
}

function fillAddresses(layout: RowLayout, {out, at, rows, address}: RowBlock): void {
  const size = layout.template.length;
  const {columns, digits, radix} = layout;
  if (radix === 10 || digits > 8) {
    for (let row = 0; row < rows; row++) writeAddress(out, at + row * size, address + row * columns, layout);
    return;
  }
  const view = new DataView(out.buffer, out.byteOffset);
  for (let row = 0; row < rows; row++) {
    const value = (address + row * columns) | 0;
    view.setInt32(at + row * size, fourDigits(value >>> 16), true);
    view.setInt32(at + row * size + 4, fourDigits(value & 0xffff), true);
  }
}

/**
 * The four hex digits of a 16-bit number, the first in the lowest byte. All four at once: the nibbles are spread over the
 * bytes of one word, 6 is added to see which are above 9, and those get the 39 that lies between `9` and `a` more.
 */
function fourDigits(value: number): number {
  const spread = (value >>> 12) | (value & 0xf00) | ((value & 0xf0) << 12) | ((value & 0xf) << 24);
  const letters = ((spread + 0x0606_0606) >>> 4) & 0x0101_0101;
  return (spread + 0x3030_3030 + Math.imul(letters, 39)) | 0;
}

/** Four bytes as the text column shows them, all at once: those outside 0x20 to 0x7e become `.`. */
function fourCharacters(word: number): number {
  const low = word & 0x7f7f_7f7f;
  // In each byte the top bit says: at least 0x20; less than 0x7f; less than 0x80.
  const printable = ((low + 0x6060_6060) & ~(low + 0x0101_0101) & ~word & 0x8080_8080) >>> 7;
  const mask = Math.imul(printable, 0xff);
  return (word & mask) | (0x2e2e_2e2e & ~mask);
}

/** Whether four bytes become two runs of four digits and one run of four characters, each one store. */
function inFours({columns, digitsAt, shown}: RowLayout): boolean {
  if (columns % 4 !== 0 || shown !== ascii) return false;
  for (let k = 0; k < columns; k += 2) if (digitsAt[k + 1] !== digitsAt[k]! + 2) return false;
  return true;
}

// Both go down one column after the other: positions then advance by a constant, and nothing is looked up but digits.

function fillHexByFours(layout: RowLayout, {input, from, rows, out, at}: RowBlock): void {
  const {columns, digitsAt, textAt, pairs} = layout;
  const size = layout.template.length;
  const source = new DataView(input.buffer, input.byteOffset);
  const view = new DataView(out.buffer, out.byteOffset);
  for (let column = 0; column < columns; column += 4) {
    let left = at + digitsAt[column]!;
    let right = at + digitsAt[column + 2]!;
    let text = at + textAt + column;
    let read = from + column;
    for (let row = 0; row < rows; row++) {
      const word = source.getInt32(read, true);
      const a = word & 255;
      const b = (word >>> 8) & 255;
      const c = (word >>> 16) & 255;
      const d = word >>> 24;
      view.setInt32(left, pairs[a]! | (pairs[b]! << 16), true);
      view.setInt32(right, pairs[c]! | (pairs[d]! << 16), true);
      view.setInt32(text, fourCharacters(word), true);
      read += columns;
      left += size;
      right += size;
      text += size;
    }
  }
}

function fillHex(layout: RowLayout, {input, from, rows, out, at}: RowBlock): void {
  const {columns, digitsAt, textAt, shown, pairs} = layout;
  const size = layout.template.length;
  const view = new DataView(out.buffer, out.byteOffset);
  for (let column = 0; column < columns; column++) {
    let digits = at + digitsAt[column]!;
    let text = at + textAt + column;
    let read = from + column;
    for (let row = 0; row < rows; row++) {
      const byte = input[read]!;
      view.setUint16(digits, pairs[byte]!, true);
      out[text] = shown[byte]!;
      read += columns;
      digits += size;
      text += size;
    }
  }
}

function fillBits(layout: RowLayout, {input, from, rows, out, at}: RowBlock): void {
  const {columns, digitsAt, textAt, shown} = layout;
  const size = layout.template.length;
  let read = from;
  for (let row = 0, start = at; row < rows; row++, start += size) {
    for (let k = 0; k < columns; k++) {
      const byte = input[read++]!;
      const digit = start + digitsAt[k]!;
      for (let bit = 0; bit < 8; bit++) out[digit + bit] = 0x30 + ((byte >> (7 - bit)) & 1);
      out[start + textAt + k] = shown[byte]!;
    }
  }
}
