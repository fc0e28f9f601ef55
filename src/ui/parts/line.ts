import type {Surface} from '../../terminal/surface.ts';
import {fit, width} from '../../terminal/width.ts';
import type {Role, Theme} from '../theme.ts';
import type {Line} from '../view.ts';

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
  /** Cells it may take; what does not fit ends in an ellipsis. */
  readonly width?: number;
  /** Drawn over every span, for the row the cursor is on. */
  readonly over?: Role;
}

/** Paints a line at row `y` and returns the cells it took. Never wraps. */
export function paintLine(surface: Surface, y: number, line: Line, theme: Theme, options: PaintLine = {}): number {
  const from = options.x ?? 0;
  const end = Math.min(surface.width, from + (options.width ?? surface.width));
  let x = from;
  for (const span of line) {
    if (x >= end) break;
    const role = options.over ?? (typeof span === 'string' ? 'plain' : span[1]);
    const text = fit(textOf(span), end - x);
    surface.text(x, y, text, theme.roles[role]);
    x += width(text);
  }
  return x - from;
}

function textOf(span: Line[number]): string {
  return typeof span === 'string' ? span : span[0];
}
