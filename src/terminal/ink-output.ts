import {blank, continuation, glyphText} from './glyphs.ts';
import {Grid} from './grid.ts';
import {sgr} from './style.ts';

/** Edges of what may be drawn, in cells; the second of each pair is the first cell outside. Absent: no edge. */
interface Clip {
  readonly x1?: number | undefined;
  readonly x2?: number | undefined;
  readonly y1?: number | undefined;
  readonly y2?: number | undefined;
}

type Transformer = (line: string, index: number) => string;

/**
 * Stands in for Ink's own `build/output.js`, which makes an object of every cell and takes every text apart twice: 40 of the
 * 190 ms of a start. Same operations, same rows (test/terminal/ink-output.test.ts holds both against each other).
 */
export class InkOutputGrid {
  readonly width: number;
  readonly height: number;
  readonly #grid: Grid;
  readonly #clips: Clip[] = [];

  constructor({width, height}: {readonly width: number; readonly height: number}) {
    this.width = width;
    this.height = height;
    this.#grid = new Grid(Math.max(0, Math.ceil(width)), Math.max(0, Math.ceil(height)));
  }

  /** Draws text with SGR sequences, line under line, each changed by what the boxes around it do to it. */
  write(x: number, y: number, text: string, {transformers}: {readonly transformers: readonly Transformer[]}): void {
    if (text === '') return;
    const {x1 = 0, x2 = this.width, y1 = 0, y2 = this.height} = this.#clips.at(-1) ?? {};
    let before = '';
    for (const [index, row] of text.split('\n').entries()) {
      const line = before + row;
      before = index === 0 && !text.includes('\n') ? '' : (line.match(styles)?.join('') ?? '');
      if (y + index < y1 || y + index >= y2) continue;
      const shown = transformers.reduce((so, transform) => transform(so, index), line);
      this.#grid.ansi(x, y + index, shown, Math.min(x2, this.width) - x, Math.max(0, x1));
    }
  }

  /** What is drawn until `unclip` stays within this, and within the clips around it. */
  clip(clip: Clip): void {
    const outer = this.#clips.at(-1) ?? {};
    this.#clips.push({
      x1: tighter(outer.x1, clip.x1, Math.max),
      x2: tighter(outer.x2, clip.x2, Math.min),
      y1: tighter(outer.y1, clip.y1, Math.max),
      y2: tighter(outer.y2, clip.y2, Math.min),
    });
  }

  unclip(): void {
    this.#clips.pop();
  }

  get(): {readonly output: string; readonly height: number} {
    const rows = Array.from({length: this.#grid.height}, (_, y) => rowOf(this.#grid, y));
    return {output: rows.join('\n'), height: this.height};
  }
}

const styles = /\x1b\[[0-9;:]*m/g;

function tighter(
  left: number | undefined,
  right: number | undefined,
  choose: (a: number, b: number) => number,
): number | undefined {
  if (left === undefined) return right;
  return right === undefined ? left : choose(left, right);
}

function rowOf({ids, styles: looks, width}: Grid, y: number): string {
  const from = y * width;
  let end = from + width;
  while (end > from && ids[end - 1] === blank && looks[end - 1] === 0) end--;
  let row = '';
  let style = 0;
  for (let cell = from; cell < end; cell++) {
    if (ids[cell] === continuation) continue;
    if (looks[cell] !== style) {
      style = looks[cell]!;
      row += sgr(style, 3);
    }
    row += glyphText(ids[cell]!);
  }
  return style === 0 ? row : `${row}\x1b[m`;
}
