import type {Surface} from '../terminal/surface.ts';
import {paintLine} from './parts/line.ts';
import type {PaneModel, Part, PartModel, Placed, View} from './view.ts';

/** Where the reader is in each part of a pane. Kept by the explorer, one for each run. */
export interface PaneState {
  /** The part that keys go to. */
  focus: string;
  readonly cursors: Record<string, number>;
  readonly tops: Record<string, number>;
  /** Parts whose cursor stays on the newest item. */
  readonly following: Set<string>;
}

export interface PaneFrame<State> {
  readonly view: View<State>;
  readonly model: PaneModel<State>;
  readonly pane: PaneState;
  /** Whether the pane has the focus at all. */
  readonly active: boolean;
}

export function newPaneState<State>(view: View<State>): PaneState {
  const following = new Set(view.parts.filter(part => part.follows).map(part => part.id));
  return {focus: '', cursors: {}, tops: {}, following};
}

/** Paints every part of a pane and settles its cursors and scroll positions on the way. Returns where the parts lie. */
export function paintPane<State>(surface: Surface, frame: PaneFrame<State>): readonly Placed[] {
  const {view, model} = frame;
  const heading = view.heading?.(model);
  const headRows = heading === undefined ? 0 : 1;
  if (heading !== undefined) paintLine(surface, 0, heading, model.theme);
  const size = {width: surface.width, height: Math.max(0, surface.height - headRows)};
  const placed = view.layout(size, model).map(box => ({...box, y: box.y + headRows}));
  settleFocus(frame, placed);
  for (const box of placed) paintPart(surface, frame, box);
  return placed;
}

/** The model a part sees, with its cursor and top settled into what exists and what fits. */
export function partModel<State>(frame: PaneFrame<State>, part: Part<State>, box: Placed): PartModel<State> {
  const {model, pane, active} = frame;
  const size = {width: box.width, height: Math.max(0, box.height - 1)};
  const range = part.range?.(model) ?? {first: 0, end: 0};
  const last = Math.max(range.first, range.end - 1);
  const wanted = pane.following.has(part.id) ? last : (pane.cursors[part.id] ?? range.first);
  const cursor = Math.min(last, Math.max(range.first, wanted));
  pane.cursors[part.id] = cursor;
  const focused = active && pane.focus === part.id;
  const draft = {...model, cursor, top: pane.tops[part.id] ?? 0, focused, size, cursors: pane.cursors};
  const top = settleTop(part, draft, range);
  pane.tops[part.id] = top;
  return {...draft, top};
}

/** The first item shown: moved as little as possible so that the cursor is in sight and no room is wasted. */
function settleTop<State>(part: Part<State>, model: PartModel<State>, range: {first: number; end: number}): number {
  const perRow = part.perRow?.(model) ?? 1;
  const rows = Math.max(1, model.size.height - ('head' in part ? 1 : 0));
  const row = (item: number) => Math.floor((item - range.first) / perRow);
  const lastTop = Math.max(0, row(Math.max(range.first, range.end - 1)) - rows + 1);
  let top = Math.max(0, row(model.top));
  if (row(model.cursor) < top) top = row(model.cursor);
  if (row(model.cursor) >= top + rows) top = row(model.cursor) - rows + 1;
  return range.first + Math.min(top, lastTop) * perRow;
}

function settleFocus<State>({view, model, pane}: PaneFrame<State>, placed: readonly Placed[]): void {
  const standable = placed.filter(box => findPart(view, box.part)?.range !== undefined);
  if (standable.some(box => box.part === pane.focus)) return;
  const filled = standable.find(box => {
    const range = findPart(view, box.part)?.range?.(model);
    return range !== undefined && range.end > range.first;
  });
  pane.focus = (filled ?? standable[0])?.part ?? '';
}

function paintPart<State>(surface: Surface, frame: PaneFrame<State>, box: Placed): void {
  const part = findPart(frame.view, box.part);
  if (part === undefined || box.width <= 0 || box.height <= 0) return;
  const {theme} = frame.model;
  const model = partModel(frame, part, box);
  const rule = theme.glyphs.horizontal;
  const marked = model.focused ? `${theme.glyphs.selected} ` : '';
  paintLine(
    surface,
    box.y,
    [
      [`${rule} `, 'dim'],
      [`${marked}${part.title(model)} `, model.focused ? 'accent' : 'title'],
      [rule.repeat(box.width), 'dim'],
    ],
    theme,
    {x: box.x, width: box.width},
  );
  part.paint(surface.sub(box.x, box.y + 1, box.width, box.height - 1), model);
}

export function findPart<State>(view: View<State>, id: string): Part<State> | undefined {
  return view.parts.find(part => part.id === id);
}
