import {controlMark, isPlain, plainWidth, segmented, slowStretchEnd} from './clusters.ts';
import {blank, continuation, glyphId, glyphText, unknown} from './glyphs.ts';
import {applySgr} from './sgr.ts';
import {patchedStyle, type Style, type StyleId, styleId} from './style.ts';
import {Surface} from './surface.ts';
import {width} from './width.ts';

const controlCode = controlMark.charCodeAt(0);

/**
 * The cells of a screen. A wide glyph holds its id in its first cell and `continuation` in the others; every operation
 * keeps it so: a glyph of which a part is overwritten becomes spaces. No control character ever enters.
 */
export class Grid {
  width = 0;
  height = 0;
  /** Row by row: what each cell shows (see glyphs.ts). */
  ids = new Uint32Array(0);
  /** Row by row: the interned style of each cell (see style.ts). */
  styles = new Uint16Array(0);

  constructor(width: number, height: number) {
    this.resize(width, height);
  }

  /** Changes the size and blanks every cell. */
  resize(width: number, height: number): void {
    this.width = width;
    this.height = height;
    this.ids = new Uint32Array(width * height).fill(blank);
    this.styles = new Uint16Array(width * height);
  }

  clear(): void {
    this.ids.fill(blank);
    this.styles.fill(0);
  }

  /** Marks every cell as different from anything, so that the next diff repaints all. */
  forget(): void {
    this.ids.fill(unknown);
  }

  /** Makes this grid equal to one of the same size. */
  copyFrom(other: Grid): void {
    this.ids.set(other.ids);
    this.styles.set(other.styles);
  }

  /** Writes text from cell `x` of row `y`, at most `maxWidth` cells of it. Gives the number of cells the text advanced. */
  text(x: number, y: number, text: string, style?: Style | StyleId, maxWidth = this.width): number {
    return this.put(x, y, text, styleId(style), 0, Math.min(this.width, x + maxWidth));
  }

  /** As `text`, drawing only in the columns `left` to `right` (exclusive). A wide glyph cut by an edge becomes a space. */
  put(x: number, y: number, text: string, style: StyleId, left: number, right: number): number {
    const from = Math.max(x, left);
    if (y < 0 || y >= this.height || right <= from) return 0;
    const row = y * this.width;
    const cutsGlyph = this.ids[row + from] === continuation;
    let at = x;
    for (let index = 0; index < text.length && at < right; ) {
      const code = text.charCodeAt(index);
      const next = index + 1 < text.length ? text.charCodeAt(index + 1) : 0;
      const cells = code < 0x300 && next < 0x300 ? (code === 0xad ? 0 : 1) : plainWidth(text, index);
      if (cells > 0 || code === 0xad) {
        this.#glyph(row, at, code < 0x300 && !isPlain(code) ? controlCode : code, cells, style, left, right);
        at += cells;
        index++;
        continue;
      }
      const end = slowStretchEnd(text, index);
      for (const glyph of segmented(text.slice(index, end))) {
        if (at < right) this.#glyph(row, at, glyphId(glyph.text, glyph.width), glyph.width, style, left, right);
        at += glyph.width;
      }
      index = end;
    }
    if (at > from && cutsGlyph) this.#eraseGlyphBefore(row, from);
    const end = Math.min(at, right);
    if (end > from) this.#eraseContinuations(row, end);
    return end - x;
  }

  /** Fills a rectangle, clipped to the grid, with a character that takes one cell. */
  fill(x: number, y: number, width: number, height: number, character = ' ', style?: Style | StyleId): void {
    const left = Math.max(0, x);
    const right = Math.min(this.width, x + width);
    if (right <= left) return;
    const id = isPlain(character.charCodeAt(0)) ? character.charCodeAt(0) : controlCode;
    const look = styleId(style);
    for (let line = Math.max(0, y); line < Math.min(this.height, y + height); line++) {
      const row = line * this.width;
      if (this.ids[row + left] === continuation) this.#eraseGlyphBefore(row, left);
      this.ids.fill(id, row + left, row + right);
      this.styles.fill(look, row + left, row + right);
      this.#eraseContinuations(row, right);
    }
  }

  /** Changes the look of a rectangle and leaves its text: a selection, a dimmed backdrop. */
  restyle(x: number, y: number, width: number, height: number, patch: Style): void {
    const left = Math.max(0, x);
    const right = Math.min(this.width, x + width);
    for (let line = Math.max(0, y); line < Math.min(this.height, y + height); line++) {
      for (let cell = line * this.width + left; cell < line * this.width + right; cell++)
        this.styles[cell] = patchedStyle(this.styles[cell]!, patch);
    }
  }

  /** Copies a rectangle from the same place of another grid. Half a wide glyph at an edge becomes a space. */
  copyRect(from: Grid, x: number, y: number, width: number, height: number): void {
    const left = Math.max(0, x);
    const right = Math.min(this.width, from.width, x + width);
    if (right <= left) return;
    for (let line = Math.max(0, y); line < Math.min(this.height, from.height, y + height); line++) {
      const row = line * this.width;
      const source = line * from.width;
      if (this.ids[row + left] === continuation) this.#eraseGlyphBefore(row, left);
      this.ids.set(from.ids.subarray(source + left, source + right), row + left);
      this.styles.set(from.styles.subarray(source + left, source + right), row + left);
      this.#eraseContinuations(row, left);
      if (right < from.width && from.ids[source + right] === continuation) this.#eraseGlyphBefore(row, right);
      this.#eraseContinuations(row, right);
    }
  }

  /**
   * Writes one line of Ink's output, to at most `columns` cells and not left of `left`: SGR sets the style, every other
   * sequence is left out.
   */
  ansi(x: number, y: number, line: string, columns = this.width - x, left = 0): void {
    const right = Math.min(this.width, x + columns);
    let style: StyleId = 0;
    let at = x;
    for (const [, sequence, parameters, text] of line.matchAll(pieces)) {
      if (text !== undefined) at += this.#advance(at, y, text, style, left, right);
      else if (sequence !== undefined && parameters !== undefined) style = applySgr(style, parameters);
    }
  }

  /** As `put`, but text that lies left of what may be drawn still takes its room. */
  #advance(x: number, y: number, text: string, style: StyleId, left: number, right: number): number {
    return x >= left
      ? this.put(x, y, text, style, left, right)
      : Math.max(this.put(x, y, text, style, left, right), width(text));
  }

  /** A part of this grid (by default all of it) with coordinates of its own. */
  surface(x = 0, y = 0, width = this.width, height = this.height): Surface {
    return new Surface(this, x, y, width, height);
  }

  /** The text of every row, without trailing spaces and without styles. */
  toLines(): string[] {
    return Array.from({length: this.height}, (_, y) => {
      let line = '';
      for (const id of this.ids.subarray(y * this.width, (y + 1) * this.width))
        if (id !== continuation) line += id === unknown ? '?' : glyphText(id);
      return line.trimEnd();
    });
  }

  /** Draws a glyph of one or more cells, or spaces where only a part of it is between `left` and `right`. */
  #glyph(row: number, x: number, id: number, cells: number, style: StyleId, left: number, right: number): void {
    const whole = x >= left && x + cells <= right;
    for (let cell = Math.max(x, left); cell < Math.min(x + cells, right); cell++) {
      this.ids[row + cell] = whole ? (cell === x ? id : continuation) : blank;
      this.styles[row + cell] = style;
    }
  }

  /** Blanks the glyph that ends before `column`: something else has taken what it had from there on. */
  #eraseGlyphBefore(row: number, column: number): void {
    let cell = column - 1;
    while (cell > 0 && this.ids[row + cell] === continuation) this.ids[row + cell--] = blank;
    if (cell >= 0) this.ids[row + cell] = blank;
  }

  /** Blanks what is left from `column` on of a glyph whose beginning is gone. */
  #eraseContinuations(row: number, column: number): void {
    for (let cell = column; cell < this.width && this.ids[row + cell] === continuation; cell++)
      this.ids[row + cell] = blank;
  }
}

/** A CSI sequence (group 1, with its parameters in group 2 if it is SGR), another sequence, or a stretch of text (group 3). */
const pieces =
  /(\x1b\[(?:([0-9;:]*)m|[0-?]*[ -/]*[@-~]))|(?:\x1b[\]PX^_][^\x07\x1b]*(?:\x07|\x1b\\)?|\x1b[ -/]*[0-~]?)|([^\x1b]+)/g;
