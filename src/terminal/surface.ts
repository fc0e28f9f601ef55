import type {Grid} from './grid.ts';
import {type Style, type StyleId, styleId} from './style.ts';

/**
 * A rectangle of a grid with coordinates of its own, from (0, 0) at its top left corner. Whatever is drawn outside is cut
 * off. This is all that a painter sees of the terminal.
 */
export class Surface {
  readonly width: number;
  readonly height: number;
  readonly #grid: Grid;
  readonly #x: number;
  readonly #y: number;
  readonly #left: number;
  readonly #top: number;
  readonly #right: number;
  readonly #bottom: number;

  constructor(grid: Grid, x: number, y: number, width: number, height: number, within?: Surface) {
    this.#grid = grid;
    this.#x = x;
    this.#y = y;
    this.width = Math.max(0, width);
    this.height = Math.max(0, height);
    this.#left = Math.max(x, within === undefined ? 0 : within.#left);
    this.#top = Math.max(y, within === undefined ? 0 : within.#top);
    this.#right = Math.min(x + this.width, within === undefined ? grid.width : within.#right);
    this.#bottom = Math.min(y + this.height, within === undefined ? grid.height : within.#bottom);
  }

  /** Writes text, at most `maxWidth` cells of it. Gives the number of cells it advanced, so that pieces can be chained. */
  text(x: number, y: number, text: string, style?: Style | StyleId, maxWidth = Number.POSITIVE_INFINITY): number {
    const line = this.#y + y;
    if (line < this.#top || line >= this.#bottom) return 0;
    const right = Math.min(this.#right, this.#x + x + maxWidth);
    return this.#grid.put(this.#x + x, line, text, styleId(style), this.#left, right);
  }

  /** Fills a rectangle, by default all of the surface, with spaces or another character of one cell. */
  fill(style?: Style | StyleId, character = ' ', x = 0, y = 0, width = this.width - x, height = this.height - y): void {
    const box = this.#clip(x, y, width, height);
    if (box !== undefined) this.#grid.fill(...box, character, style);
  }

  /** Changes the look of a rectangle and leaves its text: a selected row, a dimmed pane. */
  restyle(patch: Style, x = 0, y = 0, width = this.width - x, height = this.height - y): void {
    const box = this.#clip(x, y, width, height);
    if (box !== undefined) this.#grid.restyle(...box, patch);
  }

  /** A part of this surface, which may reach beyond it: what is outside stays unseen. */
  sub(x: number, y: number, width = this.width - x, height = this.height - y): Surface {
    return new Surface(this.#grid, this.#x + x, this.#y + y, width, height, this);
  }

  #clip(x: number, y: number, width: number, height: number): [number, number, number, number] | undefined {
    const left = Math.max(this.#left, this.#x + x);
    const top = Math.max(this.#top, this.#y + y);
    const right = Math.min(this.#right, this.#x + x + width);
    const bottom = Math.min(this.#bottom, this.#y + y + height);
    return right > left && bottom > top ? [left, top, right - left, bottom - top] : undefined;
  }
}
