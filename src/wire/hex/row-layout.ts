import {ascii, ebcdic, lowerPairs, toBytes, upperPairs} from './characters.ts';
import {columnsOf, groupOf, type RowOptions} from './options.ts';

/** Where everything in a row goes. Positions count ASCII characters from the start of the row. */
export interface RowLayout {
  readonly columns: number;
  /** Digits that the address takes; it stands at position 0. */
  readonly digits: number;
  readonly radix: 10 | 16;
  /** Position of the first digit of each byte. */
  readonly digitsAt: Int32Array;
  /** Characters that one byte takes: 2 in hex, 8 in bits. */
  readonly cell: 2 | 8;
  readonly textAt: number;
  /** What ends a row, also a short one. */
  readonly tail: Uint8Array;
  /** A full row with blanks where address, digits and text go. */
  readonly template: Uint8Array;
  /** What the text column shows for each byte. */
  readonly shown: Uint8Array;
  /** The two hex digits of each byte, as they lie in memory. */
  readonly pairs: Uint16Array;
}

/** The layout whose address has room for `address` (eight digits at least). */
export function rowLayout(options: RowOptions, address: number): RowLayout {
  const radix = options.style === 'xxd' && options.decimalOffset ? 10 : 16;
  const digits = Math.max(8, address.toString(radix).length);
  return options.style === 'hexdump' ? hexdumpLayout(digits) : xxdLayout(options, digits, radix);
}

/** The first address that needs one digit more. */
export function addressLimit(layout: RowLayout): number {
  return layout.radix ** layout.digits;
}

function hexdumpLayout(digits: number): RowLayout {
  const columns = 16;
  const digitsAt = Int32Array.from({length: columns}, (_, k) => digits + 2 + 3 * k + (k >= 8 ? 1 : 0));
  const textAt = digits + 2 + 3 * columns + 3;
  const template = blank(textAt + columns + 2);
  const tail = toBytes('|\n');
  template[textAt - 1] = tail[0]!;
  template.set(tail, textAt + columns);
  return {columns, digits, radix: 16, digitsAt, cell: 2, textAt, tail, template, shown: ascii, pairs: lowerPairs};
}

function xxdLayout(options: Extract<RowOptions, {style: 'xxd'}>, digits: number, radix: 10 | 16): RowLayout {
  const columns = columnsOf(options);
  const group = groupOf(options);
  const cell = options.base === 'bits' ? 8 : 2;
  const start = digits + 2;
  const place = (k: number) => start + cell * k + Math.floor(k / group);
  // Within a little-endian group the last byte comes first; a group that is short keeps its place and leaves blanks.
  const digitsAt = Int32Array.from({length: columns}, (_, k) => {
    const inGroup = k % group;
    return place(options.littleEndian ? k - inGroup + (group - 1 - inGroup) : k);
  });
  const cells = options.littleEndian ? Math.ceil(columns / group) * group : columns;
  const textAt = place(cells - 1) + cell + 2;
  const template = blank(textAt + columns + 1);
  const tail = toBytes('\n');
  template[digits] = 0x3a;
  template.set(tail, textAt + columns);
  const shown = options.ebcdic ? ebcdic : ascii;
  const pairs = options.upper ? upperPairs : lowerPairs;
  return {columns, digits, radix, digitsAt, cell, textAt, tail, template, shown, pairs};
}

function blank(length: number): Uint8Array {
  return new Uint8Array(length).fill(0x20);
}
