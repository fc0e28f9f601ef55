import {hexPairs} from '../text/hex.ts';
import {gutter} from '../text/visible.ts';
import {type ByteClass, byteClass} from './byte-class.ts';

export interface SurfaceOptions {
  /** Bytes in a row. */
  readonly columns: number;
  /** Bytes between which there is one blank more: 8, 4, … or 0 for none. */
  readonly group?: number;
  /** Digits of the address, 8 when absent, 0 for no address. */
  readonly digits?: number;
}

/** Where things stand in every row of a hex view, in cells from its left edge. Made once for a width, used for each frame. */
export interface HexSurface {
  readonly columns: number;
  readonly digits: number;
  readonly width: number;
  /** First of the two cells of each byte. */
  readonly hexAt: readonly number[];
  /** The one cell of each byte in the text gutter. */
  readonly textAt: readonly number[];
}

/** `to` is the cell after the last. */
export interface CellSpan {
  readonly from: number;
  readonly to: number;
}

export interface HexCell {
  /** Where the byte is in the whole. */
  readonly offset: number;
  readonly byte: number;
  readonly class: ByteClass;
  /** Two digits, and where they stand. */
  readonly hex: string;
  readonly hexSpan: CellSpan;
  /** One character, and where it stands. */
  readonly text: string;
  readonly textSpan: CellSpan;
}

export interface HexRow {
  readonly offset: number;
  readonly address: string;
  readonly cells: readonly HexCell[];
}

export function hexSurface({columns, group = 8, digits = 8}: SurfaceOptions): HexSurface {
  const start = digits === 0 ? 0 : digits + 2;
  const hexAt = Array.from({length: columns}, (_, k) => start + 3 * k + (group > 0 ? Math.floor(k / group) : 0));
  const text = (hexAt.at(-1) ?? start) + 2 + 2;
  const textAt = Array.from({length: columns}, (_, k) => text + k);
  return {columns, digits, width: text + columns, hexAt, textAt};
}

/** As many columns as fit in so many cells: a multiple of eight where that is possible, else of four, else what there is. */
export function fitSurface(width: number, options: Omit<SurfaceOptions, 'columns'> = {}): HexSurface {
  for (const columns of [64, 56, 48, 40, 32, 24, 16, 8, 4, 3, 2]) {
    const surface = hexSurface({...options, columns});
    if (surface.width <= width) return surface;
  }
  return hexSurface({...options, columns: 1});
}

/** The row that starts at `offset`: up to `columns` bytes, each with its place in both gutters. `bytes[0]` is at offset `base`. */
export function hexRow(bytes: Uint8Array, offset: number, surface: HexSurface, base = 0): HexRow {
  const from = offset - base;
  const cells = Array.from(bytes.subarray(from, from + surface.columns), (byte, k): HexCell => {
    const hexAt = surface.hexAt[k]!;
    const textAt = surface.textAt[k]!;
    return {
      offset: offset + k,
      byte,
      class: byteClass(byte),
      hex: hexPairs[byte]!,
      hexSpan: {from: hexAt, to: hexAt + 2},
      text: gutter(byte),
      textSpan: {from: textAt, to: textAt + 1},
    };
  });
  return {offset, address: surface.digits === 0 ? '' : offset.toString(16).padStart(surface.digits, '0'), cells};
}

/** The row as plain text, as wide as its last character needs. */
export function hexRowText(row: HexRow, surface: HexSurface): string {
  const characters = Array.from({length: surface.width}, () => ' ');
  for (const [k, digit] of Array.from(row.address).entries()) characters[k] = digit;
  for (const cell of row.cells) {
    characters[cell.hexSpan.from] = cell.hex[0]!;
    characters[cell.hexSpan.from + 1] = cell.hex[1]!;
    characters[cell.textSpan.from] = cell.text;
  }
  return characters.join('').trimEnd();
}

/**
 * Which byte of a row a cell belongs to, and in which gutter: for the mouse. The blank after a byte belongs to it, so that
 * dragging along a row leaves no holes.
 */
export function columnAt(
  x: number,
  surface: HexSurface,
): {readonly column: number; readonly gutter: 'hex' | 'text'} | undefined {
  const text = surface.textAt.indexOf(x);
  if (text >= 0) return {column: text, gutter: 'text'};
  const column = surface.hexAt.findLastIndex(at => at <= x);
  const end = (surface.hexAt.at(-1) ?? 0) + 2;
  return column < 0 || x >= end ? undefined : {column, gutter: 'hex'};
}

/**
 * The runs of cells that a selection of bytes `[from, to)` covers in the row at `offset`, one in each gutter, or undefined
 * when it lies elsewhere. The blanks inside the run are part of it.
 */
export function selectionSpans(
  offset: number,
  selection: {readonly from: number; readonly to: number},
  surface: HexSurface,
): {readonly hex: CellSpan; readonly text: CellSpan} | undefined {
  const first = Math.max(0, selection.from - offset);
  const last = Math.min(surface.columns, selection.to - offset) - 1;
  if (first > last) return undefined;
  return {
    hex: {from: surface.hexAt[first]!, to: surface.hexAt[last]! + 2},
    text: {from: surface.textAt[first]!, to: surface.textAt[last]! + 1},
  };
}
