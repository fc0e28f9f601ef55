import {explainPage} from '../chrome/explain.ts';
import {overlayBox} from '../chrome/overlay-size.ts';
import type {Context} from '../context.ts';
import {back, perform} from '../control.ts';
import type {KeyPress} from '../dispatch.ts';
import {type Edit, edit, insert, press as pressLine} from '../edit.ts';
import {pressForm, readForm} from '../form.ts';
import {keyName} from '../keymap.ts';
import {scrolled} from '../scrolling.ts';
import {copy} from '../shell-actions.ts';
import type {ListOverlay, Overlay, Store} from '../store.ts';
import {entriesOf} from './entries.ts';

/** Gives a key to the overlay on top. An overlay takes every key: what is under it must not act unseen. */
export function pressOverlay(context: Context, pressed: KeyPress): boolean {
  const {store} = context;
  const {overlay} = store;
  if (overlay === undefined) return false;
  if (pressed.key === 'escape') {
    back(store);
    return true;
  }
  if ('query' in overlay) pressList(context, overlay, pressed);
  else if (overlay.kind === 'explain') pressExplain(context, overlay, pressed.key);
  else if (overlay.kind === 'prompt') pressPrompt(store, overlay, pressed);
  else pressConfirm(context, overlay, pressed.key);
  return true;
}

function pressList(context: Context, overlay: ListOverlay, {key, text}: KeyPress): void {
  const {store} = context;
  const rows = Math.max(1, insideHeight(store, overlay) - 1);
  const steps: Readonly<Record<string, number>> = {up: -1, down: 1, pageup: -rows, pagedown: rows};
  const step = steps[key] ?? {'shift+tab': -1, tab: 1}[key];
  if (step !== undefined) {
    const count = entriesOf(store, overlay).length;
    const index = Math.max(0, Math.min(count - 1, overlay.index + step));
    store.overlay = {...overlay, index, top: scrolled({top: overlay.top, index}, count, rows)};
  } else if (key === 'enter') chooseEntry(context, overlay, overlay.index);
  else {
    const typed = text === undefined ? askedByKey(overlay, key) : insert(overlay.query, text);
    const query = pressLine(overlay.query, key) ?? typed;
    if (query !== undefined) store.overlay = {...overlay, query, index: 0, top: 0};
  }
}

/** In the help, a key that types nothing asks what it does: its name becomes the query. */
function askedByKey(overlay: ListOverlay, key: string): Edit | undefined {
  return overlay.kind === 'help' ? edit(keyName(key)) : undefined;
}

/** Chooses a row, by Enter or by a click. */
export function chooseEntry(context: Context, overlay: ListOverlay, index: number): void {
  const {store} = context;
  const entry = entriesOf(store, overlay)[index];
  if (entry === undefined) return;
  if (entry.not !== undefined) {
    store.say({code: 'not-now', says: entry.not}, 'bad');
    return;
  }
  store.overlay = undefined;
  if (entry.id !== undefined) store.remember(entry.id);
  entry.choose?.(context);
}

type Explain = Extract<Overlay, {readonly kind: 'explain'}>;

function pressExplain(context: Context, overlay: Explain, key: string): void {
  const {store} = context;
  const height = insideHeight(store, overlay);
  const page = explainPage(store, overlay.language, overlayBox(store, overlay, store.size).width - 2);
  if (key === 'y') {
    if (page.code !== undefined) void copy(context, page.code, 'the code');
    return;
  }
  if (key === 'e' || key === 'q' || key === 'enter') {
    store.overlay = undefined;
    return;
  }
  const rows = {up: -1, k: -1, down: 1, j: 1, pageup: -height, pagedown: height, space: height}[key] ?? 0;
  const language = {left: -1, h: -1, 'shift+tab': -1, right: 1, l: 1, tab: 1}[key] ?? 0;
  const most = Math.max(0, page.rows.length - height);
  const top = language === 0 ? Math.max(0, Math.min(most, overlay.top + rows)) : overlay.top;
  store.overlay = {...overlay, top, language: overlay.language + language};
}

function pressPrompt(store: Store, overlay: Extract<Overlay, {readonly kind: 'prompt'}>, {key, text}: KeyPress): void {
  const {page} = store;
  if (key === 'enter' && page !== undefined) {
    const read = readForm(overlay.form);
    if ('form' in read) store.overlay = {...overlay, form: read.form};
    else {
      store.overlay = undefined;
      void perform(store, page, overlay.action, read.ask);
    }
    return;
  }
  const form = pressForm(overlay.form, key, text);
  if (form !== undefined) store.overlay = {...overlay, form};
}

type Confirm = Extract<Overlay, {readonly kind: 'confirm'}>;

function pressConfirm(context: Context, overlay: Confirm, key: string): void {
  const other = ['left', 'right', 'tab', 'shift+tab', 'h', 'l'].includes(key);
  if (other) context.store.overlay = {...overlay, yes: !overlay.yes};
  else if (key === 'y' || (key === 'enter' && overlay.yes)) agree(context, overlay);
  else if (key === 'n' || key === 'enter' || key === 'q') context.store.overlay = undefined;
}

/** Yes, by a key or by a click. */
export function agree(context: Context, overlay: Confirm): void {
  context.store.overlay = undefined;
  overlay.agreed(context);
}

function insideHeight(store: Store, overlay: Overlay): number {
  return Math.max(1, overlayBox(store, overlay, store.size).height - 2);
}
