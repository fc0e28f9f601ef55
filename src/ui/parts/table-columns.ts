import type {Theme} from '../theme.ts';
import type {Line, PartModel} from '../view.ts';
import {drawingOf} from './drawing.ts';
import {fitLine} from './line.ts';

/** One column of a table. */
export interface TableColumn<State> {
  readonly id: string;
  /** What stands above it. */
  readonly head: string;
  /** Cells it takes; with `grow`, cells it takes at least. */
  readonly width: number;
  /** Its share of the cells that are left over. */
  readonly grow?: number;
  readonly align?: 'left' | 'right';
  /** Left out first where it is narrow; lower goes first, and among equals the last. Default 1. */
  readonly rank?: number;
  cell(item: number, model: PartModel<State>): string | Line;
  /** What the table is sorted by when this column is chosen. Absent: it cannot be. */
  key?(item: number, model: PartModel<State>): number | bigint | string;
}

export interface PlacedColumn<State> {
  readonly column: TableColumn<State>;
  readonly width: number;
}

/** Cells between two columns. */
const gap = 2;

/** The columns that fit in so many cells, and how wide each is. The last of them may be narrower than it asked for. */
export function placeColumns<State>(columns: readonly TableColumn<State>[], cells: number): PlacedColumn<State>[] {
  let kept = [...columns];
  const needed = () => kept.reduce((sum, column) => sum + column.width + gap, -gap);
  while (kept.length > 1 && needed() > cells) {
    const lowest = Math.min(...kept.map(column => column.rank ?? 1));
    kept = kept.toSpliced(
      kept.findLastIndex(column => (column.rank ?? 1) === lowest),
      1,
    );
  }
  const spare = Math.max(0, cells - needed());
  const shares = kept.reduce((sum, column) => sum + (column.grow ?? 0), 0);
  let seen = 0;
  let given = 0;
  return kept.map(column => {
    seen += column.grow ?? 0;
    const upTo = shares === 0 ? 0 : Math.floor((spare * seen) / shares);
    const width = Math.min(cells, column.width + upTo - given);
    given = upTo;
    return {column, width};
  });
}

/** One row of a table, its cells fitted into their columns. */
export function tableRow<State>(item: number, placed: readonly PlacedColumn<State>[], model: PartModel<State>): Line {
  const line: Line[number][] = [];
  for (const {column, width} of placed) {
    if (line.length > 0) line.push(' '.repeat(gap));
    const cell = column.cell(item, model);
    line.push(...fitLine(typeof cell === 'string' ? [cell] : cell, width, column.align ?? 'left', model.theme));
  }
  return line;
}

/** The heads; the column the table is sorted by says in which direction. */
export function tableHead<State>(
  placed: readonly PlacedColumn<State>[],
  sort: {readonly column: TableColumn<State>; readonly down: boolean} | undefined,
  theme: Theme,
): Line {
  const {up, down, ascii} = drawingOf(theme);
  const line: Line[number][] = [];
  for (const {column, width} of placed) {
    if (line.length > 0) line.push(' '.repeat(gap));
    const direction = column === sort?.column ? `${ascii ? ' ' : ''}${sort.down ? down : up}` : '';
    const head = column.head + direction;
    line.push(...fitLine([head], width, column.align ?? 'left', theme));
  }
  return line;
}
