import type {Context} from '../context.ts';
import {back, perform} from '../control.ts';
import type {KeyPress} from '../dispatch.ts';
import {type Edit, edit, insert, press as pressLine} from '../edit.ts';
import {pressForm, readForm} from '../form.ts';
import {keyName} from '../keymap.ts';
import type {Overlay, Store} from '../store.ts';
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
  else if (overlay.kind === 'explain') store.overlay = pressExplain(overlay, pressed.key);
  else if (overlay.kind === 'prompt') pressPrompt(store, overlay, pressed);
  else pressConfirm(store, overlay, pressed.key);
  return true;
}

type ListOverlay = Extract<Overlay, {readonly query: unknown}>;

function pressList(context: Context, overlay: ListOverlay, {key, text}: KeyPress): void {
  const {store} = context;
  const entries = entriesOf(store, overlay);
  const step = {up: -1, down: 1, pageup: -10, pagedown: 10, 'shift+tab': -1, tab: 1}[key];
  if (step !== undefined) {
    const index = Math.max(0, Math.min(entries.length - 1, overlay.index + step));
    store.overlay = {...overlay, index};
  } else if (key === 'enter') chooseEntry(context, overlay, overlay.index);
  else {
    const typed = text === undefined ? askedByKey(overlay, key) : insert(overlay.query, text);
    const query = pressLine(overlay.query, key) ?? typed;
    if (query !== undefined) store.overlay = {...overlay, query, index: 0};
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
  entry.choose?.(context);
}

type Explain = Extract<Overlay, {readonly kind: 'explain'}>;

function pressExplain(overlay: Explain, key: string): Overlay | undefined {
  if (key === 'e' || key === 'q' || key === 'enter') return undefined;
  const rows = {up: -1, k: -1, down: 1, j: 1, pageup: -10, pagedown: 10}[key] ?? 0;
  const language = {left: -1, h: -1, right: 1, l: 1, tab: 1}[key] ?? 0;
  return {...overlay, top: Math.max(0, overlay.top + rows), language: overlay.language + language};
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

function pressConfirm(store: Store, overlay: Extract<Overlay, {readonly kind: 'confirm'}>, key: string): void {
  const {page} = store;
  if (key === 'left' || key === 'right' || key === 'tab') store.overlay = {...overlay, yes: !overlay.yes};
  else if (key === 'y' || (key === 'enter' && overlay.yes)) {
    store.overlay = undefined;
    if (page !== undefined) void perform(store, page, overlay.action, {});
  } else if (key === 'n' || key === 'enter') store.overlay = undefined;
}
