import {type Cluster, clusters} from './clusters.ts';

const printableAscii = /^[\x20-\x7e]*$/;

/** Cells that `text` takes in the grid. Control characters count one (they are drawn as a mark), zero-width ones none. */
export function width(text: string): number {
  if (printableAscii.test(text)) return text.length;
  let cells = 0;
  for (const cluster of clusters(text)) cells += cluster.width;
  return cells;
}

export interface TruncateOptions {
  /** Shown where text was left out. Default `…`. */
  readonly ellipsis?: string;
  /** Which end is left out: `end` (default), `start` (paths) or `middle` (addresses). */
  readonly cut?: 'end' | 'start' | 'middle';
}

/** Shortens `text` to at most `cells` cells, with an ellipsis where something was left out. Never pads. */
export function truncate(text: string, cells: number, {ellipsis = '…', cut = 'end'}: TruncateOptions = {}): string {
  const whole = width(text);
  if (whole <= cells) return text;
  const room = cells - width(ellipsis);
  if (room < 0) return clip(ellipsis, 0, cells);
  if (cut === 'end') return clip(text, 0, room) + ellipsis;
  if (cut === 'start') return ellipsis + clip(text, whole - room, whole);
  const head = Math.ceil(room / 2);
  return clip(text, 0, head) + ellipsis + clip(text, whole - (room - head), whole);
}

/** Fits `text` into exactly `cells` cells: shortened as `truncate` does, or filled with spaces. */
export function pad(
  text: string,
  cells: number,
  align: 'left' | 'right' | 'center' = 'left',
  options?: TruncateOptions,
): string {
  const shown = truncate(text, cells, options);
  const missing = Math.max(0, cells - width(shown));
  const before = align === 'left' ? 0 : align === 'right' ? missing : missing >> 1;
  return ' '.repeat(before) + shown + ' '.repeat(missing - before);
}

/** The cells `start` to `end` (exclusive) of `text`. A wide glyph cut by either edge becomes a space. */
export function sliceByWidth(text: string, start: number, end: number): string {
  if (printableAscii.test(text)) return text.slice(Math.max(0, start), Math.max(0, end));
  return cellsOf(clusters(text), start, end, ' ');
}

/** As `sliceByWidth`, but half a glyph is left out, so that an ellipsis joins the text. */
function clip(text: string, start: number, end: number): string {
  if (printableAscii.test(text)) return text.slice(start, end);
  return cellsOf(clusters(text), start, end, '');
}

function cellsOf(glyphs: readonly Cluster[], start: number, end: number, half: string): string {
  let at = 0;
  let out = '';
  for (const glyph of glyphs) {
    const next = at + glyph.width;
    if (at >= start && next <= end) out += glyph.text;
    else out += half.repeat(Math.max(0, Math.min(next, end) - Math.max(at, start)));
    at = next;
  }
  return out;
}
