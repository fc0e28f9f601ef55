import {truncate, width} from '../../terminal/width.ts';
import {visible} from '../../wire/text/visible.ts';
import type {Theme} from '../theme.ts';
import type {Line} from '../view.ts';
import {drawingOf} from './drawing.ts';
import type {LadderArrow, LadderRow} from './ladder.ts';
import {lineText} from './line.ts';

export interface Column {
  readonly x: number;
  readonly width: number;
}

/** Where the columns of the wide form lie: the wire in the middle takes about a quarter, the lanes share what is left. */
export function ladderColumns(cells: number): {time: Column; left: Column; wire: Column; right: Column} {
  const time = {x: 2, width: 7};
  const wireWidth = Math.max(14, Math.min(30, Math.floor(cells * 0.24)));
  const lanes = cells - time.x - time.width - 2 - wireWidth - 4;
  const left = {x: time.x + time.width + 2, width: lanes >> 1};
  const wire = {x: left.x + left.width + 2, width: wireWidth};
  const right = {x: wire.x + wire.width + 2, width: lanes - left.width};
  return {time, left, wire, right};
}

/** `─────── 5 B ───────▶`, exactly so many cells. What was lost ends before the other side, and says so. */
export function arrowText({to, label, lost = false}: LadderArrow, cells: number, theme: Theme): string {
  const {horizontal, right, left} = theme.glyphs;
  const drawing = drawingOf(theme);
  const length = lost ? Math.max(8, Math.floor(cells * 0.75)) : cells;
  const words = visible(lost ? `${label} lost`.trim() : label);
  const text = words === '' ? '' : ` ${truncate(words, Math.max(0, length - 5), {ellipsis: drawing.ellipsis})} `;
  const dashes = Math.max(0, length - 1 - width(text));
  const before = horizontal.repeat(dashes >> 1);
  const after = horizontal.repeat(dashes - (dashes >> 1));
  const gap = ' '.repeat(Math.max(0, cells - length));
  if (to === 'right') return `${before}${text}${after}${lost ? drawing.lost : right}${gap}`;
  return `${gap}${lost ? drawing.lost : left}${after}${text}${before}`;
}

/**
 * The rung as one line: `→ 5 B  send("hello") = 5`. An arrow implies whose call stands first; any other is named by its end.
 */
export function narrowLine(row: LadderRow, cells: number, theme: Theme): Line {
  const {arrow} = row;
  const line: Line[number][] = [];
  if (cells >= 48) line.push([`${seconds(row.t).padStart(7)} `, 'dim']);
  if (arrow === undefined) line.push('  ');
  else line.push([`${arrowWords(arrow, theme)}  `, arrow.role ?? (arrow.to === 'right' ? 'client' : 'server')]);
  const sender = arrow === undefined ? undefined : arrow.to === 'right' ? 'left' : 'right';
  const ends = sender === 'right' ? (['right', 'left'] as const) : (['left', 'right'] as const);
  for (const [index, end] of ends.filter(one => row[one] !== undefined).entries()) {
    if (index > 0) line.push('  ');
    if (end !== sender) line.push(end === 'left' ? ['C: ', 'client'] : ['S: ', 'server']);
    line.push(...row[end]!);
  }
  return line;
}

/** The rung as text, for the filter and for copying. */
export function rowText(row: LadderRow, theme: Theme): string {
  const arrow = row.arrow === undefined ? '' : arrowWords(row.arrow, theme);
  const parts = [seconds(row.t), lineText(row.left ?? []), arrow, lineText(row.right ?? [])];
  return parts.filter(part => part !== '').join('  ');
}

/** `0.412`, and fewer decimals for what took long. */
export function seconds(t: number): string {
  return t < 1000 ? t.toFixed(3) : t < 10_000 ? t.toFixed(1) : t.toFixed(0);
}

function arrowWords({to, label, lost = false}: LadderArrow, theme: Theme): string {
  const {ascii, lost: broken} = drawingOf(theme);
  const head = to === 'right' ? (ascii ? '>' : '→') : ascii ? '<' : '←';
  return lost ? `${head}${broken} ${label} lost` : `${head} ${label}`;
}
