import type {Surface} from '../terminal/surface.ts';
import {width} from '../terminal/width.ts';
import {paintLine} from './parts/line.ts';
import {orderOf} from './parts/order.ts';
import type {Line, Order, PaneModel, Part, PartModel, PartReply, Placed, View} from './view.ts';

/** Where the reader is in each part of a pane. Kept by the explorer, one for each run. */
export interface PaneState {
  /** The part that keys go to. */
  focus: string;
  readonly cursors: Record<string, number>;
  readonly tops: Record<string, number>;
  /** What each part's own keys have set. */
  readonly kept: Record<string, Readonly<Record<string, number>>>;
  /** Parts whose cursor stays on the newest item. */
  readonly following: Set<string>;
  /** The last jump that each part has made. */
  readonly jumped: Record<string, number>;
  /** What each part has asked for last. */
  readonly wanted: Record<string, string>;
  /** Where the parts lay when they were painted last: for clicks and for Tab. */
  placed: readonly Placed[];
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
  return {focus: '', cursors: {}, tops: {}, kept: {}, following, jumped: {}, wanted: {}, placed: []};
}

/** Paints every part of a pane and settles its cursors and scroll positions on the way. Returns where the parts lie. */
export function paintPane<State>(surface: Surface, frame: PaneFrame<State>): readonly Placed[] {
  const {view, model} = frame;
  const heading = view.heading?.(model);
  const headRows = heading === undefined ? 0 : 1;
  if (heading !== undefined) paintLine(surface, 0, heading, model.theme);
  const size = {width: surface.width, height: Math.max(0, surface.height - headRows)};
  const placed = view.layout(size, model).map(box => ({...box, y: box.y + headRows}));
  frame.pane.placed = placed;
  settleFocus(frame, placed);
  // What stays on the newest item settles first, then the part with the keys: others may go by where these stand.
  for (const box of placed) {
    const part = frame.pane.following.has(box.part) ? findPart(view, box.part) : undefined;
    if (part !== undefined) partModel(frame, part, box);
  }
  const leader = placed.find(box => box.part === frame.pane.focus);
  const leading = leader === undefined ? undefined : findPart(view, leader.part);
  if (leader !== undefined && leading !== undefined) partModel(frame, leading, leader);
  for (const box of placed) paintPart(surface, frame, box);
  return placed;
}

/** The model a part sees, with its cursor and top settled into what exists and what fits. */
export function partModel<State>(frame: PaneFrame<State>, part: Part<State>, box: Placed): PartModel<State> {
  const {model, pane, active} = frame;
  takeJump(part, model, pane);
  const size = {width: box.width, height: Math.max(0, box.height - 1)};
  const focused = active && pane.focus === part.id;
  const kept = pane.kept[part.id] ?? none;
  const wanted = pane.cursors[part.id] ?? part.range?.(model).first ?? 0;
  const {focus, cursors} = pane;
  const draft = {...model, cursor: wanted, top: pane.tops[part.id] ?? 0, focused, focus, size, cursors, kept};
  const order = orderOf(part, draft);
  const linked = focus === part.id ? undefined : part.linked?.(draft);
  if (linked !== undefined) pane.following.delete(part.id);
  const cursor = settleCursor(order, linked ?? wanted, pane.following.has(part.id));
  pane.cursors[part.id] = cursor;
  const top = settleTop(part, {...draft, cursor}, order);
  pane.tops[part.id] = top;
  return {...draft, cursor, top};
}

function takeJump<State>(part: Part<State>, model: PaneModel<State>, pane: PaneState): void {
  const jump = part.jump?.(model);
  if (jump === undefined || pane.jumped[part.id] === jump.id) return;
  pane.jumped[part.id] = jump.id;
  pane.cursors[part.id] = jump.cursor;
  pane.following.delete(part.id);
}

/** Takes over what a part's key has set. The cursor and the action are the caller's to follow. */
export function keepReply(pane: PaneState, part: string, reply: PartReply): void {
  if (reply.keep !== undefined) pane.kept[part] = {...pane.kept[part], ...reply.keep};
}

const none: Readonly<Record<string, number>> = {};

function settleCursor(order: Order, wanted: number, following: boolean): number {
  if (order.length === 0) return wanted;
  const last = order.length - 1;
  return order.at(following ? last : Math.min(last, Math.max(0, order.placeOf(wanted))));
}

/** The first item shown: moved as little as possible so that the cursor is in sight and no room is wasted. */
function settleTop<State>(part: Part<State>, model: PartModel<State>, order: Order): number {
  if (order.length === 0) return model.top;
  const perRow = part.perRow?.(model) ?? 1;
  const rows = Math.max(1, model.size.height - (part.fixedRows?.(model) ?? 0));
  const row = (item: number) => Math.floor(order.placeOf(item) / perRow);
  const lastTop = Math.max(0, Math.floor((order.length - 1) / perRow) - rows + 1);
  let top = Math.max(0, row(model.top));
  if (row(model.cursor) < top) top = row(model.cursor);
  if (row(model.cursor) >= top + rows) top = row(model.cursor) - rows + 1;
  return order.at(Math.min(top, lastTop) * perRow);
}

function settleFocus<State>({view, model, pane}: PaneFrame<State>, placed: readonly Placed[]): void {
  const standable = placed.filter(box => findPart(view, box.part)?.range !== undefined);
  if (standable.some(box => box.part === pane.focus)) return;
  const first = standable.find(box => box.part === view.first);
  const filled = standable.find(box => {
    const range = findPart(view, box.part)?.range?.(model);
    return range !== undefined && range.end > range.first;
  });
  pane.focus = (first ?? filled ?? standable[0])?.part ?? '';
}

function paintPart<State>(surface: Surface, frame: PaneFrame<State>, box: Placed): void {
  const part = findPart(frame.view, box.part);
  if (part === undefined || box.width <= 0 || box.height <= 0) return;
  const {theme} = frame.model;
  const model = partModel(frame, part, box);
  const rule = theme.glyphs.horizontal;
  const marked = model.focused ? `${theme.glyphs.selected} ` : '';
  const title = `${marked}${part.title(model)} `;
  const left = Math.max(0, box.width - 2 - width(title));
  const line: Line = [
    [`${rule} `, 'dim'],
    [title, model.focused ? 'accent' : 'title'],
    [rule.repeat(left), 'dim'],
  ];
  paintLine(surface, box.y, line, theme, {x: box.x, width: box.width});
  part.paint(surface.sub(box.x, box.y + 1, box.width, box.height - 1), model);
}

export function findPart<State>(view: View<State>, id: string): Part<State> | undefined {
  return view.parts.find(part => part.id === id);
}
