import type {ChapterId} from '../chapters/contract.ts';
import {foldedFieldAt} from './chrome/folded-form.ts';
import {formAfterClick} from './chrome/form.ts';
import {headerLine, hintsLine} from './chrome/header.ts';
import {overlayBox} from './chrome/overlay-size.ts';
import {toastRows} from './chrome/toast.ts';
import type {Context} from './context.ts';
import {formEdited, openExperiment, refuseSaved} from './control.ts';
import {dispatch, moveCursor, pressMenu} from './dispatch.ts';
import {moveTo} from './form.ts';
import {type Box, isFolded, menuLimits, menuTop, screenLayout} from './layout.ts';
import {clickOverlay} from './overlays/click.ts';
import {findPart, partModel} from './pane.ts';
import {frameOf} from './selection.ts';
import type {Page, Store} from './store.ts';

export interface MousePress {
  readonly kind: 'press' | 'drag' | 'release' | 'wheel';
  readonly x: number;
  readonly y: number;
  /** Rows down, for a wheel. */
  readonly rows: number;
}

interface Size {
  readonly width: number;
  readonly height: number;
}

/** Two presses on one cell within this many seconds are a double click. */
const doubleClick = 0.4;
const rowsPerNotch = 3;

/** A click, a drag or the wheel: on the overlay, a hint, the menu, its border, the form, or the part that lies there. */
export function mouse(context: Context, event: MousePress, size: Size): void {
  const {store} = context;
  if (event.kind === 'release') store.dragging = false;
  else if (event.kind === 'drag') drag(store, event, size);
  else if (event.kind === 'wheel') wheel(context, event, size);
  else press(context, event, size);
  store.changed();
}

function press(context: Context, event: MousePress, size: Size): void {
  const {store} = context;
  const again = isDouble(store, event);
  if (store.toast !== undefined && event.y >= size.height - 1 - toastRows(store, size.width).length) {
    // The message is read; a hint under it is still a hint.
    store.toast = undefined;
    if (event.y < size.height - 1) return;
  }
  if (event.y === size.height - 1) onHints(context, event, size.width);
  else if (store.overlay !== undefined) {
    const box = overlayBox(store, store.overlay, size);
    if (!contains(box, event)) store.overlay = undefined;
    else clickOverlay(context, store.overlay, {x: event.x - box.x - 1, y: event.y - box.y - 1}, box);
  } else if (event.y === 0) onHeader(store, event.x, size.width);
  else onBody(context, event, size, again);
}

function isDouble(store: Store, {x, y}: MousePress): boolean {
  const at = store.bench.world.clock.now();
  const last = store.lastPress;
  const again = last !== undefined && last.x === x && last.y === y && at - last.at < doubleClick;
  store.lastPress = again ? undefined : {x, y, at};
  return again;
}

function onHints(context: Context, {x}: MousePress, cells: number): void {
  const hit = hintsLine(context.store, cells).hits.find(({from, to}) => x >= from && x < to);
  if (hit !== undefined) dispatch(context, {key: hit.what.key, text: undefined});
}

function onHeader(store: Store, x: number, cells: number): void {
  const hit = headerLine(store, cells).hits.find(({from, to}) => x >= from && x < to);
  if (hit !== undefined) showChapter(store, hit.what);
}

function showChapter(store: Store, chapter: ChapterId): void {
  store.chapter = chapter;
  store.area = 'menu';
}

function onBody(context: Context, event: MousePress, size: Size, again: boolean): void {
  const {store} = context;
  const {menu, form, filter, pane} = screenLayout(store, size);
  const {page} = store;
  if (menu !== undefined && contains(menu, event)) clickMenu(store, event.y - menu.y, menu.height);
  else if (menu !== undefined && event.x === menu.x + menu.width) store.dragging = true;
  else if (page === undefined) return;
  else if (form !== undefined && contains(form, event)) clickForm(store, page, form, event);
  else if (filter !== undefined && contains(filter, event)) store.area = 'filter';
  else if (pane !== undefined && contains(pane, event)) {
    const stood = standOn(store, page, event, pane);
    if (stood && again) dispatch(context, {key: 'enter', text: undefined});
  }
}

function clickMenu(store: Store, row: number, rows: number): void {
  const experiment = store.menu()[menuTop(store, rows) + row];
  store.area = 'menu';
  if (experiment !== undefined) openExperiment(store, experiment);
}

function clickForm(store: Store, page: Page, box: Box, {x, y}: MousePress): void {
  if (refuseSaved(store, page)) return;
  const folded = isFolded(store, page);
  store.area = 'form';
  if (folded) {
    page.form = moveTo(page.form, foldedFieldAt(page.form, box.width, {x: x - box.x, y: y - box.y}));
    return;
  }
  const form = formAfterClick(page.form, {x: x - box.x, y: y - box.y}, box);
  const edited = form.typed !== page.form.typed;
  page.form = form;
  if (edited) formEdited(store, page);
}

/** Gives the part under the pointer the keys, and puts its cursor on the item there. True when there is one. */
function standOn(store: Store, page: Page, event: MousePress, pane: Box): boolean {
  const [x, y] = [event.x - pane.x, event.y - pane.y];
  const box = focusPart(store, page, x, y);
  if (box === undefined) return false;
  const frame = frameOf(store, page);
  const part = findPart(frame.view, box.part);
  const item = part?.at?.(x - box.x, y - box.y - 1, partModel(frame, part, box));
  if (part === undefined || item === undefined) return false;
  page.pane.cursors[part.id] = item;
  page.pane.following.delete(part.id);
  return true;
}

function focusPart(store: Store, page: Page, x: number, y: number) {
  const box = page.pane.placed.find(placed => contains(placed, {x, y}));
  if (box === undefined || findPart(frameOf(store, page).view, box.part)?.range === undefined) return undefined;
  store.area = 'pane';
  page.pane.focus = box.part;
  return box;
}

/** Turns what lies under the pointer, whatever has the keys. */
function wheel(context: Context, event: MousePress, size: Size): void {
  const {store} = context;
  if (store.overlay !== undefined) {
    dispatch(context, {key: event.rows < 0 ? 'up' : 'down', text: undefined});
    return;
  }
  const {menu, pane} = screenLayout(store, size);
  if (menu !== undefined && contains(menu, event)) {
    if (store.area === 'menu') pressMenu(context, event.rows < 0 ? 'up' : 'down');
    else store.area = 'menu';
  } else if (pane !== undefined && store.page !== undefined && contains(pane, event)) {
    const box = focusPart(store, store.page, event.x - pane.x, event.y - pane.y);
    if (box !== undefined) moveCursor(store, {rows: event.rows * rowsPerNotch});
  }
}

/** The border between the menu and the pane follows the pointer. */
function drag(store: Store, event: MousePress, size: Size): void {
  if (!store.dragging) return;
  const {from, to} = menuLimits(size.width);
  store.menuColumns = Math.min(to, Math.max(from, event.x - 1));
}

function contains(box: Box, {x, y}: {readonly x: number; readonly y: number}): boolean {
  return x >= box.x && y >= box.y && x < box.x + box.width && y < box.y + box.height;
}
