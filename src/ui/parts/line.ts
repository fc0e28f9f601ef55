import type {Surface} from '../../terminal/surface.ts';
import {truncate, width} from '../../terminal/width.ts';
import {visible} from '../../wire/text/visible.ts';
import type {Role, Theme} from '../theme.ts';
import type {Line} from '../view.ts';
import {drawingOf} from './drawing.ts';

/** Cells a line takes when nothing is cut off. */
export function lineWidth(line: Line): number {
  let cells = 0;
  for (const span of line) cells += width(textOf(span));
  return cells;
}

/** The line without its roles: what copying, filtering and screen readers get. */
export function lineText(line: Line): string {
  return line.map(textOf).join('');
}

export interface PaintLine {
  readonly x?: number;
  /** Cells it may take; what does not truncate ends in an ellipsis. */
  readonly width?: number;
  /** Drawn over every span, for the row the cursor is on. */
  readonly over?: Role;
}

/** Paints a line at row `y` and returns the cells it took. Never wraps, and shows what would not be seen otherwise. */
export function paintLine(surface: Surface, y: number, line: Line, theme: Theme, options: PaintLine = {}): number {
  const from = options.x ?? 0;
  const end = Math.min(surface.width, from + (options.width ?? surface.width));
  const room = end - from;
  const drawing = drawingOf(theme);
  const cut = lineWidth(line) > room;
  let left = cut ? room - 1 : room;
  let x = from;
  let role: Role = 'plain';
  for (const span of line) {
    if (left <= 0) break;
    role = options.over ?? (typeof span === 'string' ? 'plain' : span[1]);
    const text = textOf(span);
    const whole = width(text);
    const shown = whole <= left ? text : truncate(text, left, {ellipsis: ''});
    const cells = surface.text(x, y, drawing.ascii ? plainAscii(shown) : shown, theme.roles[role]);
    x += cells;
    left = whole <= left ? left - cells : 0;
  }
  if (cut && room > 0) x += surface.text(x, y, drawing.ellipsis, theme.roles[role]);
  return x - from;
}

/** Cuts a line to at most `cells` cells, without an ellipsis: for lines that are put together from others. */
export function clipLine(line: Line, cells: number): Line {
  const kept: Line[number][] = [];
  let left = cells;
  for (const span of line) {
    if (left <= 0) break;
    const text = truncate(textOf(span), left, {ellipsis: ''});
    kept.push(typeof span === 'string' ? text : [text, span[1]]);
    left -= width(text);
  }
  return kept;
}

/** The marks our own sentences and figures are set with, one cell each, for terminals that have only ASCII. */
const asciiMarks: Readonly<Record<string, string>> = {
  '“': '"',
  '”': '"',
  '‘': "'",
  '’': "'",
  '…': '~',
  '–': '-',
  '—': '-',
  '·': '.',
  '×': 'x',
  µ: 'u',
  '§': 'S',
  '→': '>',
  '←': '<',
  '↑': '^',
  '↓': 'v',
  '≤': '<',
  '≥': '>',
  '≠': '#',
  '▸': '>',
  '▶': '>',
  '◀': '<',
  '─': '-',
  '│': '|',
  '‹': '<',
  '›': '>',
  '⇄': '=',
  '●': '*',
};

export function plainAscii(text: string): string {
  return text.replace(/[“”‘’…–—·×µ§→←↑↓≤≥≠▸▶◀─│‹›⇄●]/g, mark => asciiMarks[mark]!);
}

// What our own glyphs and most text are made of needs no second look; anything else goes through the one function.
const surelyVisible = /^[\x20-\x7e\xa1-\xac\xae-\xff\u2026\u2190-\u21ff\u2500-\u25fc\u2800-\u28ff]*$/;

export function textOf(span: Line[number]): string {
  const text = typeof span === 'string' ? span : span[0];
  return surelyVisible.test(text) ? text : visible(text);
}

/** Fits a line into exactly `cells` cells: cut with an ellipsis, or filled with spaces on the side `align` leaves free. */
export function fitLine(line: Line, cells: number, align: 'left' | 'right', theme: Theme): Line {
  const whole = lineWidth(line);
  if (whole > cells) {
    const {ellipsis} = drawingOf(theme);
    const clipped = clipLine(line, cells - 1);
    return cells < 1 ? [] : [...clipped, ellipsis, ' '.repeat(cells - 1 - lineWidth(clipped))];
  }
  const spaces = ' '.repeat(cells - whole);
  return align === 'left' ? [...line, spaces] : [spaces, ...line];
}
