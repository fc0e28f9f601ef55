import type {Copy, Explanation, Line, Order, PaneModel, Part, PartModel, PartReply} from '../view.ts';
import {lineText, paintLine} from './line.ts';
import {orderOf} from './order.ts';

/** A list of one-row items, as data. Items are named by an identity that only grows, such as a sequence number. */
export interface ListOf<State> {
  readonly id: string;
  title(model: PaneModel<State>): string;
  range(model: PaneModel<State>): {readonly first: number; readonly end: number};
  /** When not every item of the range is shown, or not in that order. */
  order?(model: PartModel<State>): Order | undefined;
  row(item: number, model: PartModel<State>): Line;
  /** A head above the rows that does not scroll. */
  head?(model: PartModel<State>): Line;
  /** What to say when there is nothing yet, and why. */
  empty?(model: PaneModel<State>): string;
  readonly follows?: boolean;
  linked?(model: PartModel<State>): number | undefined;
  grabs?(key: string, model: PartModel<State>): boolean;
  press?(key: string, model: PartModel<State>): PartReply | undefined;
  explain?(model: PartModel<State>): Explanation | undefined;
  copies?(model: PartModel<State>): readonly Copy[];
  filterBy?(model: PartModel<State>): string | undefined;
}

/** Cells before each row, for the mark of the cursor. */
export const listMargin = 2;

/** A part that shows a list: one row an item, the cursor's row inverse and marked, nothing wrapped. */
export function listPart<State>(list: ListOf<State>): Part<State> {
  const headRows = list.head === undefined ? 0 : 1;
  const {head, row, ...rest} = list;
  const part: Part<State> = {
    ...rest,
    fixedRows: () => headRows,
    paint(surface, model) {
      const {theme, cursor, focused} = model;
      if (head !== undefined) paintLine(surface, 0, head(model), theme, {x: listMargin, over: 'dim'});
      const order = orderOf(part, model);
      if (order.length === 0) {
        const says =
          model.filter === undefined ? (list.empty?.(model) ?? 'Nothing yet.') : 'Nothing passes the filter.';
        paintLine(surface, headRows, [[says, 'dim']], theme, {x: listMargin});
      }
      const from = firstPlace(order, model);
      for (let y = headRows, place = from; y < surface.height && place < order.length; y++, place++) {
        const item = order.at(place);
        const here = item === cursor;
        const over = here && focused ? ({over: 'cursor'} as const) : {};
        if (here && focused) surface.fill(theme.roles.cursor, ' ', 0, y, surface.width, 1);
        if (here) paintLine(surface, y, [[theme.glyphs.selected, 'accent']], theme, over);
        paintLine(surface, y, row(item, model), theme, {...over, x: listMargin});
      }
    },
    at(_x, y, model) {
      const order = orderOf(part, model);
      const place = firstPlace(order, model) + y - headRows;
      return y >= headRows && place < order.length ? order.at(place) : undefined;
    },
    copies: model =>
      list.copies?.(model) ??
      (orderOf(part, model).length === 0 ? [] : [{label: 'the row', text: lineText(row(model.cursor, model)).trim()}]),
  };
  return part;
}

function firstPlace<State>(order: Order, model: PartModel<State>): number {
  return Math.max(0, Math.min(order.length - 1, order.placeOf(model.top)));
}
