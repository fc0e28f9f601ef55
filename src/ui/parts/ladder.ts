import type {Surface} from '../../terminal/surface.ts';
import type {Role} from '../theme.ts';
import type {Copy, Explanation, Line, Order, PaneModel, Part, PartModel, PartReply} from '../view.ts';
import {arrowText, ladderColumns, narrowLine, rowText, seconds} from './ladder-row.ts';
import {paintLine} from './line.ts';
import {growingOrder} from './order.ts';

/** One rung: what one end did, what went over the wire, what the other end did. */
export interface LadderRow {
  /** Its identity: the sequence number of the event it stands for. Rows come in growing order. */
  readonly item: number;
  /** Seconds since the run started. */
  readonly t: number;
  readonly left?: Line;
  readonly right?: Line;
  readonly arrow?: LadderArrow;
  /** One cell before the time, such as a bookmark's letter. */
  readonly mark?: string;
}

export interface LadderArrow {
  readonly to: 'left' | 'right';
  /** `5 B`, `FIN`, `SYN ACK`. */
  readonly label: string;
  /** It never arrived. */
  readonly lost?: boolean;
  /** Default: the sender's. */
  readonly role?: Role;
}

export interface LadderOf<State> {
  readonly id: string;
  title(model: PaneModel<State>): string;
  /** All rungs, oldest first. An array that is replaced when it changes, never changed in place. */
  rows(model: PaneModel<State>): readonly LadderRow[];
  /** The names of both ends. */
  ends(model: PaneModel<State>): {readonly left: string; readonly right: string};
  empty?(model: PaneModel<State>): string;
  explain?(row: LadderRow, model: PartModel<State>): Explanation | undefined;
  copies?(row: LadderRow, model: PartModel<State>): readonly Copy[];
  linked?(model: PartModel<State>): number | undefined;
  press?(key: string, model: PartModel<State>): PartReply | undefined;
}

/** From this width on there are two lanes; below, each rung is one line of text. */
const wideFrom = 60;

/**
 * Two ends and the wire between them, read downwards: the left lane, arrows with what they carry, the right lane, and
 * when. It obeys the filter and stays on the newest rung until the reader moves away.
 */
export function ladderPart<State>(ladder: LadderOf<State>): Part<State> {
  const shown = filteredRows(ladder);
  const rowAt = (model: PartModel<State>) => shown(model).find(row => row.item === model.cursor);
  const {press, linked} = ladder;
  return {
    id: ladder.id,
    title: ladder.title,
    follows: true,
    fixedRows: () => 1,
    range(model) {
      const rows = ladder.rows(model);
      return {first: rows[0]?.item ?? 0, end: (rows.at(-1)?.item ?? -1) + 1};
    },
    order: model => orderOfRows(shown(model)),
    paint(surface, model) {
      paintEnds(surface, ladder.ends(model), model);
      const rows = shown(model);
      if (rows.length === 0) {
        const says =
          model.filter === undefined ? (ladder.empty?.(model) ?? 'Nothing yet.') : 'Nothing passes the filter.';
        paintLine(surface, 1, [[says, 'dim']], model.theme, {x: 2});
      }
      const from = firstRow(rows, model);
      for (let y = 1; y < surface.height && from + y - 1 < rows.length; y++)
        paintRow(surface, y, rows[from + y - 1]!, model);
    },
    at(_x, y, model) {
      const rows = shown(model);
      return y < 1 ? undefined : rows[firstRow(rows, model) + y - 1]?.item;
    },
    ...(press !== undefined && {press}),
    ...(linked !== undefined && {linked}),
    explain(model) {
      const row = rowAt(model);
      return row === undefined ? undefined : ladder.explain?.(row, model);
    },
    copies(model) {
      const row = rowAt(model);
      if (row === undefined) return [];
      return ladder.copies?.(row, model) ?? [{label: 'the row', text: rowText(row, model.theme)}];
    },
  };
}

function orderOfRows(rows: readonly LadderRow[]): Order {
  return growingOrder({length: rows.length, at: place => rows[place]!.item});
}

function firstRow(rows: readonly LadderRow[], model: {readonly top: number}): number {
  return rows.length === 0 ? 0 : orderOfRows(rows).placeOf(model.top);
}

/** The rows that pass the filter. Rows and filters are replaced when they change, so the last answer is kept by identity. */
function filteredRows<State>(ladder: LadderOf<State>): (model: PaneModel<State>) => readonly LadderRow[] {
  let last: {rows: readonly LadderRow[]; filter: unknown; passed: readonly LadderRow[]} | undefined;
  return model => {
    const rows = ladder.rows(model);
    const {filter, journal, theme} = model;
    if (filter === undefined) return rows;
    if (last?.rows !== rows || last.filter !== filter) {
      const passed = rows.filter(row => {
        const event = journal.get(row.item) ?? {kind: '', t: row.t, seq: row.item, run: 0};
        return filter(event, rowText(row, theme));
      });
      last = {rows, filter, passed};
    }
    return last.passed;
  };
}

function paintEnds<State>(surface: Surface, ends: {left: string; right: string}, {theme}: PartModel<State>): void {
  const {both} = theme.glyphs;
  if (surface.width < wideFrom) {
    const line: Line = [
      [ends.left, 'client'],
      [` ${both} `, 'dim'],
      [ends.right, 'server'],
    ];
    paintLine(surface, 0, line, theme, {x: 2});
    return;
  }
  const {left, wire, right} = ladderColumns(surface.width);
  // The wire's place is free beside its sign, so a long name may reach into it.
  paintLine(surface, 0, [[ends.left, 'client']], theme, {x: left.x, width: left.width + (wire.width >> 1)});
  paintLine(surface, 0, [[both, 'dim']], theme, {x: wire.x + (wire.width >> 1), width: 2});
  paintLine(surface, 0, [[ends.right, 'server']], theme, right);
}

function paintRow<State>(surface: Surface, y: number, row: LadderRow, model: PartModel<State>): void {
  const {theme} = model;
  const here = row.item === model.cursor;
  const over = here && model.focused ? ({over: 'cursor'} as const) : {};
  if (here && model.focused) surface.fill(theme.roles.cursor, ' ', 0, y, surface.width, 1);
  if (here) paintLine(surface, y, [[theme.glyphs.selected, 'accent']], theme, over);
  if (row.mark !== undefined) paintLine(surface, y, [[row.mark, 'mark']], theme, {...over, x: 1, width: 1});
  if (surface.width < wideFrom) {
    paintLine(surface, y, narrowLine(row, surface.width - 2, theme), theme, {...over, x: 2});
    return;
  }
  const {time, left, wire, right} = ladderColumns(surface.width);
  paintLine(surface, y, [[seconds(row.t).padStart(time.width), 'dim']], theme, {...over, ...time});
  if (row.left !== undefined) paintLine(surface, y, row.left, theme, {...over, ...left});
  if (row.right !== undefined) paintLine(surface, y, row.right, theme, {...over, ...right});
  if (row.arrow === undefined) return;
  const role = row.arrow.role ?? (row.arrow.to === 'right' ? 'client' : 'server');
  paintLine(surface, y, [[arrowText(row.arrow, wire.width, theme), role]], theme, {...over, ...wire});
}
