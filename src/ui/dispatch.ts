import {boundTo} from './bindings.ts';
import type {Context} from './context.ts';
import {act, formEdited, launch, openExperiment} from './control.ts';
import {insert, press as pressLine} from './edit.ts';
import {currentField, pressForm} from './form.ts';
import {keymap} from './keymap.ts';
import {formIsOpen} from './layout.ts';
import {pressOverlay} from './overlays/press.ts';
import {keepReply} from './pane.ts';
import {type Move, moved} from './parts/order.ts';
import {focused} from './selection.ts';
import {shellActions} from './shell-actions.ts';
import type {Page, Store} from './store.ts';
import type {PartReply} from './view.ts';

/** One key, as the terminal's decoder names it: `a`, `enter`, `ctrl+c`, `F5`; `text` is what it types, if anything. */
export interface KeyPress {
  readonly key: string;
  readonly text: string | undefined;
}

/** Hands a key to whoever has the focus, then up: overlay, text being typed, part, experiment, explorer. */
export function dispatch(context: Context, pressed: KeyPress): void {
  const {store, outside} = context;
  if (pressed.key === 'ctrl+c') {
    outside.quit(0);
    return;
  }
  if (pressed.key === 'ctrl+z') {
    outside.suspend();
    return;
  }
  if (store.toast !== undefined && pressed.key !== 'escape') store.toast = undefined;
  const taken = pressOverlay(context, pressed) || pressTyping(store, pressed) || pressBound(context, pressed.key);
  if (!taken && store.area === 'menu') pressMenu(context, pressed.key);
  store.changed();
}

/** Text that was pasted: typed where text is typed, and told of where it is not. */
export function paste(context: Context, text: string, dropped = 0): void {
  const {store} = context;
  const spaced = text.replace(/[\r\n]+$/, '').replace(/[\r\n\t]+/g, ' ');
  const line = spaced.replace(/[\x00-\x1f\x7f-\x9f]/g, '');
  const lost = dropped + spaced.length - line.length;
  const typing = store.overlay !== undefined || store.area === 'form' || store.area === 'filter';
  if (typing) {
    dispatch(context, {key: 'paste', text: line});
    if (lost > 0) store.say({code: 'paste.lost', says: `${lost} characters that cannot be typed were left out`}, 'bad');
  } else store.say({code: 'paste', says: 'Nothing takes text here', next: 'Open the form with f, then paste.'}, 'bad');
}

function pressTyping(store: Store, {key, text}: KeyPress): boolean {
  const page = store.page;
  if (page === undefined) return false;
  if (store.area === 'filter') return pressFilter(store, page, key, text);
  return store.area === 'form' && formIsOpen(store, page) && pressFormArea(store, page, key, text);
}

function pressFormArea(store: Store, page: Page, key: string, text: string | undefined): boolean {
  if (key === 'enter') {
    if (page.experiment.opens === 'at once') store.area = 'pane';
    else launch(store, page);
    return true;
  }
  // On a choice, letters pick; `?` and `:` stay what they are everywhere.
  const picking = currentField(page.form)?.field.options !== undefined;
  if (picking && [...keymap['shell.help'].keys, ...keymap['shell.palette'].keys].includes(key as never)) return false;
  if ((key === 'tab' || key === 'shift+tab') && leavesForm(page, key)) return false;
  const next = pressForm(page.form, key, text);
  if (next === undefined) return false;
  const edited = next.typed !== page.form.typed;
  page.form = next;
  if (edited) formEdited(store, page);
  return true;
}

/** Tab walks through the fields, then out of the form. */
function leavesForm(page: Page, key: string): boolean {
  if (page.run === undefined && page.experiment.opens !== 'at once') return false;
  return key === 'tab' ? page.form.index === page.form.names.length - 1 : page.form.index === 0;
}

function pressFilter(store: Store, page: Page, key: string, text: string | undefined): boolean {
  if (page.filter === undefined) return false;
  if (key === 'enter') {
    store.area = 'pane';
    if (page.filter.text.trim() === '') page.filter = undefined;
    return true;
  }
  const next = pressLine(page.filter, key) ?? (text === undefined ? undefined : insert(page.filter, text));
  if (next === undefined) return false;
  page.filter = next;
  return true;
}

function pressBound(context: Context, key: string): boolean {
  const {store} = context;
  const here = store.area === 'pane' ? focused(store) : undefined;
  if (here?.part.grabs?.(key, here.model) === true) {
    const reply = here.part.press?.(key, here.model);
    if (reply !== undefined) return follow(store, here.page, here.part.id, reply);
  }
  const bound = boundTo(store, key);
  if (bound !== undefined) {
    if (bound.where === 'experiment') act(store, bound.id);
    else shellActions[bound.id as keyof typeof shellActions](context);
    return true;
  }
  if (key >= '3' && key <= '7' && key.length === 1) return chooseChapter(store, key);
  if (here === undefined) return false;
  const move = movementOf(key);
  if (move !== undefined) return moveCursor(store, move);
  const reply = here.part.press?.(key, here.model);
  return reply !== undefined && follow(store, here.page, here.part.id, reply);
}

/** Moves the cursor of the focused part. Moving away from the newest item ends following; `end` begins it again. */
export function moveCursor(store: Store, move: Move): boolean {
  const here = focused(store);
  if (here === undefined) return false;
  const {part, model, page} = here;
  page.pane.cursors[part.id] = moved(part, model, move);
  const atEnd = moved(part, model, 'last') === page.pane.cursors[part.id];
  if (part.follows === true && atEnd) page.pane.following.add(part.id);
  else page.pane.following.delete(part.id);
  return true;
}

export function follow(store: Store, page: Page, part: string, reply: PartReply): boolean {
  keepReply(page.pane, part, reply);
  if (reply.cursor !== undefined) {
    page.pane.cursors[part] = reply.cursor;
    page.pane.following.delete(part);
  }
  if (reply.action !== undefined) act(store, reply.action, reply.args ?? {});
  return true;
}

function movementOf(key: string): Move | undefined {
  return movements[key];
}

const movements: Readonly<Record<string, Move>> = {
  up: {rows: -1},
  k: {rows: -1},
  down: {rows: 1},
  j: {rows: 1},
  left: {items: -1},
  h: {items: -1},
  right: {items: 1},
  l: {items: 1},
  pageup: {pages: -1},
  'ctrl+up': {pages: -1},
  pagedown: {pages: 1},
  'ctrl+down': {pages: 1},
  home: 'first',
  g: 'first',
  end: 'last',
  G: 'last',
};

function chooseChapter(store: Store, key: string): boolean {
  const chapter = store.chapterNumbered(Number(key));
  if (chapter === undefined) return false;
  store.chapter = chapter;
  store.area = 'menu';
  return true;
}

/**
 * The menu's choice is the model's, and Ink's list only draws it: by itself it would take keys that come together for one.
 */
export function pressMenu({store}: Context, key: string): void {
  const experiments = store.menu();
  const last = experiments.length - 1;
  const index = Math.max(0, store.menuIndex[store.chapter] ?? 0);
  const to = menuMoves[key]?.(index, last);
  if (to !== undefined) store.menuIndex[store.chapter] = to;
  else if (menuChoices.has(key) && experiments[index] !== undefined) openExperiment(store, experiments[index]);
}

const menuChoices: ReadonlySet<string> = new Set(['enter', 'right', 'l']);

/** Up and down go round. */
const menuMoves: Readonly<Record<string, (index: number, last: number) => number>> = {
  up: (index, last) => (index === 0 ? last : index - 1),
  k: (index, last) => (index === 0 ? last : index - 1),
  down: (index, last) => (index >= last ? 0 : index + 1),
  j: (index, last) => (index >= last ? 0 : index + 1),
  home: () => 0,
  g: () => 0,
  pageup: () => 0,
  end: (_index, last) => last,
  G: (_index, last) => last,
  pagedown: (_index, last) => last,
};
