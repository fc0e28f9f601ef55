import type {Copy, Explanation, Line, PaneModel, Part, PartModel, PartReply} from '../view.ts';
import {lineText, paintLine} from './line.ts';

/** A list of one-row items, as data. Items are named by an identity that only grows, such as a sequence number. */
export interface ListOf<State> {
  readonly id: string;
  title(model: PaneModel<State>): string;
  range(model: PaneModel<State>): {readonly first: number; readonly end: number};
  row(item: number, model: PartModel<State>): Line;
  /** A head above the rows that does not scroll. */
  head?(model: PartModel<State>): Line;
  /** What to say when there is nothing yet, and why. */
  empty?(model: PaneModel<State>): string;
  readonly follows?: boolean;
  press?(key: string, model: PartModel<State>): PartReply | undefined;
  explain?(model: PartModel<State>): Explanation | undefined;
  copies?(model: PartModel<State>): readonly Copy[];
}

/** A part that shows a list: one row an item, the cursor's row inverse and marked, nothing wrapped. */
export function listPart<State>(list: ListOf<State>): Part<State> {
  const headRows = list.head === undefined ? 0 : 1;
  return {
    ...list,
    paint(surface, model) {
      const {theme, cursor, top, focused} = model;
      if (list.head !== undefined) paintLine(surface, 0, [['  ', 'dim'], ...list.head(model)], theme, {over: 'dim'});
      const {first, end} = list.range(model);
      if (first >= end) paintLine(surface, headRows, [[list.empty?.(model) ?? 'Nothing yet.', 'dim']], theme, {x: 1});
      for (let y = headRows, item = Math.max(first, top); y < surface.height && item < end; y++, item++) {
        const here = item === cursor;
        const line: Line = [[here ? `${theme.glyphs.selected} ` : '  ', 'accent'], ...list.row(item, model)];
        if (here && focused) surface.fill(0, y, surface.width, 1, theme.roles.cursor);
        paintLine(surface, y, line, theme, here && focused ? {over: 'cursor'} : {});
      }
    },
    at(_x, y, model) {
      const {first, end} = list.range(model);
      const item = Math.max(first, model.top) + y - headRows;
      return y >= headRows && item < end ? item : undefined;
    },
    copies: model => list.copies?.(model) ?? [{label: 'the row', text: lineText(list.row(model.cursor, model)).trim()}],
  };
}
