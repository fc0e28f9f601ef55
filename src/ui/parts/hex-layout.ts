/** Number bases a byte can be shown in, in the order the key walks through them. */
export const bases = [
  {name: 'hex', radix: 16, digits: 2},
  {name: 'dec', radix: 10, digits: 3},
  {name: 'oct', radix: 8, digits: 3},
  {name: 'bin', radix: 2, digits: 8},
] as const;

/** Where the columns of a byte grid lie. */
export interface HexLayout {
  readonly perRow: number;
  readonly base: (typeof bases)[number];
  /** Hex digits of the offset column. */
  readonly offsetDigits: number;
  /** The first cell of the first byte, and of the text column. */
  readonly bytesAt: number;
  readonly textAt: number;
}

/** As many bytes in a row as fit: 32, 16 or 8; where it is narrow 4, 2 or 1. */
export function hexLayout(cells: number, length: number, base: (typeof bases)[number]): HexLayout {
  const offsetDigits = length <= 0x1_0000 ? 4 : Math.max(8, (length - 1).toString(16).length);
  const layouts = [32, 16, 8, 4, 2, 1].map(perRow => {
    const bytesAt = offsetDigits + (perRow > 8 ? 2 : 1);
    const draft = {perRow, base, offsetDigits, bytesAt, textAt: 0};
    return {...draft, textAt: byteX(draft, perRow - 1) + base.digits + 2};
  });
  return layouts.find(layout => layout.textAt + layout.perRow <= cells) ?? layouts.at(-1)!;
}

/** The first cell of a byte's digits. Eight bytes make a group (four in bits), with a wider gap after it. */
export function byteX(layout: HexLayout, column: number): number {
  const group = layout.base.radix === 2 ? 4 : 8;
  return layout.bytesAt + column * (layout.base.digits + 1) + Math.floor(column / group);
}

/** The column whose digits or text character lie at cell `x`; the gap after a byte belongs to it. */
export function columnAt(layout: HexLayout, x: number): number | undefined {
  if (x >= layout.textAt) return x < layout.textAt + layout.perRow ? x - layout.textAt : undefined;
  for (let column = layout.perRow - 1; column >= 0; column--) {
    if (x >= byteX(layout, column)) return column;
  }
  return undefined;
}

/** Every byte in every base, made once: a grid paints a thousand of them a frame. */
const digitTexts = bases.map(({radix, digits}) =>
  Array.from({length: 256}, (_, byte) => byte.toString(radix).padStart(digits, '0')),
);

export function byteDigits(byte: number, base: (typeof bases)[number]): string {
  return digitTexts[bases.indexOf(base)]![byte]!;
}

export interface HexFixedRows {
  readonly ruler: 0 | 1;
  readonly status: 0 | 1 | 2;
}

/** The rows that do not scroll: the ruler on top and the status at the bottom go first where there is little room. */
export function hexFixedRows(height: number): HexFixedRows {
  return {ruler: height >= 6 ? 1 : 0, status: height >= 10 ? 2 : height >= 3 ? 1 : 0};
}
