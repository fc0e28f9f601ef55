import type {ColourLevel} from './colour.ts';
import {continuation, glyphText, isRisky, worstWidth} from './glyphs.ts';
import type {Grid} from './grid.ts';
import {sgr} from './style.ts';

/** Unchanged cells that are cheaper to write again than to jump over: a jump costs six to nine bytes. */
const longestGap = 4;

/**
 * The escape sequences that turn a terminal showing `front` into one showing `back` (grids of the same size): absolute
 * positions (CUP), SGR and text only. Expects the default style, leaves it so, and leaves the cursor anywhere.
 * '' when nothing changed. Autowrap must be off (see modes.ts).
 */
export function diff(front: Grid, back: Grid, level: ColourLevel): string {
  const writer = new Writer(back, level);
  for (let y = 0; y < back.height; y++) diffRow(front, back, y, writer);
  return writer.end();
}

function diffRow(front: Grid, back: Grid, y: number, writer: Writer): void {
  const {width, ids, styles} = back;
  const before = front.ids;
  const stylesBefore = front.styles;
  const row = y * width;
  let dirtyUntil = 0;
  for (let x = 0; x < width; ) {
    const cell = row + x;
    let cells = 1;
    while (x + cells < width && ids[cell + cells] === continuation) cells++;
    let changed = x < dirtyUntil || ids[cell] !== before[cell] || styles[cell] !== stylesBefore[cell];
    for (let next = cell + 1; !changed && next < cell + cells; next++) changed = before[next] !== continuation;
    if (changed) dirtyUntil = Math.max(dirtyUntil, x + writer.glyph(x, y, cells));
    x += cells;
  }
}

class Writer {
  readonly #back: Grid;
  readonly #level: ColourLevel;
  #out = '';
  #style = 0;
  /** Where the terminal's cursor surely is; -1 when that is not known. */
  #x = -1;
  #y = -1;

  constructor(back: Grid, level: ColourLevel) {
    this.#back = back;
    this.#level = level;
  }

  /** Writes the glyph that begins at (x, y); gives how many cells from there on may have been disturbed. */
  glyph(x: number, y: number, cells: number): number {
    const cell = y * this.#back.width + x;
    const id = this.#back.ids[cell]!;
    this.#moveTo(x, y);
    this.#setStyle(this.#back.styles[cell]!);
    if (!isRisky(id)) {
      this.#out += glyphText(id);
      this.#x = x + cells;
      return cells;
    }
    // Blanks first, for a terminal that draws it narrower; what follows is written again, for one that draws it wider.
    this.#out += ' '.repeat(cells) + position(x, y) + glyphText(id);
    this.#x = -1;
    return Math.max(cells, worstWidth(id));
  }

  end(): string {
    this.#setStyle(0);
    return this.#out;
  }

  #moveTo(x: number, y: number): void {
    if (this.#y === y && this.#x === x) return;
    if (this.#y !== y || this.#x < 0 || !this.#bridge(x, y)) this.#out += position(x, y);
    this.#x = x;
    this.#y = y;
  }

  /** Reaches x by writing the few unchanged cells before it again, if they look the same as what was just written. */
  #bridge(x: number, y: number): boolean {
    if (x < this.#x || x - this.#x > longestGap) return false;
    const {ids, styles, width} = this.#back;
    let between = '';
    for (let cell = y * width + this.#x; cell < y * width + x; cell++) {
      const id = ids[cell]!;
      if (styles[cell] !== this.#style || isRisky(id)) return false;
      if (id !== continuation) between += glyphText(id);
    }
    this.#out += between;
    return true;
  }

  #setStyle(style: number): void {
    if (style === this.#style) return;
    this.#out += sgr(style, this.#level);
    this.#style = style;
  }
}

/** CUP, ECMA-48 §8.3.21; rows and columns count from 1 there, from 0 here. */
export function position(x: number, y: number): string {
  return `\x1b[${y + 1};${x + 1}H`;
}
