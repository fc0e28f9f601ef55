import {chapters} from '../chapters/contract.ts';
import {hintsLine} from './chrome/header.ts';
import type {Context} from './context.ts';
import {openExperiment} from './control.ts';
import {dispatch, moveCursor} from './dispatch.ts';
import {moveTo} from './form.ts';
import {overlayBox, screenLayout} from './layout.ts';
import {chooseEntry} from './overlays/press.ts';
import {findPart, partModel} from './pane.ts';
import {frameOf} from './selection.ts';
import {chapterIds, type Page, type Store} from './store.ts';

export interface MousePress {
  readonly kind: 'press' | 'wheel';
  readonly x: number;
  readonly y: number;
  /** Rows down, for a wheel. */
  readonly rows: number;
}

/** A click or the wheel: on the overlay, a hint, the menu, the form, or the part of a pane that lies there. */
export function mouse(
  context: Context,
  event: MousePress,
  size: {readonly width: number; readonly height: number},
): void {
  const {store} = context;
  if (store.overlay !== undefined) onOverlay(context, event, size);
  else if (event.kind === 'press' && event.y === size.height - 1) onHints(context, event, size.width);
  else if (event.kind === 'press' && event.y === 0) onHeader(store, event.x);
  else onBody(context, event, size);
  store.changed();
}

function onHints(context: Context, {x}: MousePress, cells: number): void {
  const hit = hintsLine(context.store, cells).hits.find(({from, to}) => x >= from && x < to);
  if (hit !== undefined) dispatch(context, {key: hit.key, text: undefined});
}

function onHeader(store: Store, x: number): void {
  let from = 14;
  for (const id of chapterIds) {
    const cells = `${chapters[id].number} ${chapters[id].title}`.length + (id === store.chapter ? 2 : 0);
    if (x >= from && x < from + cells) {
      store.chapter = id;
      store.area = 'menu';
    }
    from += cells + 3;
  }
}

function onOverlay(context: Context, event: MousePress, size: {readonly width: number; readonly height: number}): void {
  const {store} = context;
  const overlay = store.overlay!;
  if (event.kind === 'wheel') {
    dispatch(context, {key: event.rows < 0 ? 'up' : 'down', text: undefined});
    return;
  }
  const box = overlayBox(store, overlay, size);
  const inside =
    event.x > box.x && event.x < box.x + box.width - 1 && event.y > box.y && event.y < box.y + box.height - 1;
  if (!inside) store.overlay = undefined;
  else if ('query' in overlay) {
    const rows = box.height - 3;
    const top = Math.max(0, overlay.index - rows + 1);
    const row = event.y - box.y - 2;
    if (row >= 0) chooseEntry(context, overlay, top + row);
  }
}

function onBody(context: Context, event: MousePress, size: {readonly width: number; readonly height: number}): void {
  const {store} = context;
  const {menu, form, pane} = screenLayout(store, size);
  const page = store.page;
  if (menu !== undefined && contains(menu, event)) {
    if (event.kind === 'press') clickMenu(store, event.y - menu.y);
    return;
  }
  if (page === undefined) return;
  if (form !== undefined && contains(form, event) && event.kind === 'press') {
    store.area = 'form';
    page.form = moveTo(page.form, event.y - form.y);
  } else if (pane !== undefined && contains(pane, event)) onPane(store, page, event, pane);
}

function clickMenu(store: Store, row: number): void {
  const experiment = store.menu()[row];
  store.area = 'menu';
  if (experiment === undefined) return;
  store.menuMoves++;
  openExperiment(store, experiment);
}

function onPane(store: Store, page: Page, event: MousePress, pane: Box): void {
  const [x, y] = [event.x - pane.x, event.y - pane.y];
  const box = page.pane.placed.find(placed => contains(placed, {x, y}));
  const frame = frameOf(store, page);
  const part = box === undefined ? undefined : findPart(frame.view, box.part);
  if (box === undefined || part?.range === undefined) return;
  store.area = 'pane';
  page.pane.focus = part.id;
  if (event.kind === 'wheel') {
    moveCursor(store, {rows: event.rows * 3});
    return;
  }
  const item = part.at?.(x - box.x, y - box.y - 1, partModel(frame, part, box));
  if (item === undefined) return;
  page.pane.cursors[part.id] = item;
  page.pane.following.delete(part.id);
}

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

function contains(box: Box, {x, y}: {readonly x: number; readonly y: number}): boolean {
  return x >= box.x && y >= box.y && x < box.x + box.width && y < box.y + box.height;
}
