import {formatProblem} from '../../journal/problem.ts';
import type {Surface} from '../../terminal/surface.ts';
import {truncate, width} from '../../terminal/width.ts';
import {visiblePart} from '../edit.ts';
import {entriesOf} from '../overlays/entries.ts';
import {paintLine} from '../parts/line.ts';
import {wrapWords} from '../parts/text.ts';
import {explanationNow} from '../selection.ts';
import type {Overlay, Store} from '../store.ts';
import type {Line} from '../view.ts';
import {type Caret, paintForm} from './form.ts';

/** Paints the inside of the overlay on top. Gives the caret where text is typed. */
export function paintOverlay(surface: Surface, store: Store, overlay: Overlay): Caret | undefined {
  if ('query' in overlay) return paintList(surface, store, overlay);
  if (overlay.kind === 'prompt') return paintForm(surface, {form: overlay.form, theme: store.theme, active: true});
  for (const [y, line] of rowsOf(store, overlay, surface.width)
    .slice(topOf(overlay), topOf(overlay) + surface.height)
    .entries())
    paintLine(surface, y, line, store.theme);
  return undefined;
}

/** What the overlay's frame says. */
export function overlayTitle(store: Store, overlay: Overlay): string {
  switch (overlay.kind) {
    case 'palette':
      return 'Palette: type to find, Enter does it';
    case 'help':
      return 'Keys: type a name or a key, Enter does it';
    case 'running':
      return `Runs: ${store.bench.running.length} running`;
    case 'errors':
      return 'Messages: Enter copies';
    case 'copy':
      return 'Copy as';
    case 'explain':
      return explanationNow(store)?.title ?? 'Nothing selected';
    case 'prompt':
      return store.page?.experiment.actions[overlay.action]?.title ?? overlay.action;
    case 'confirm':
      return 'This cannot be undone';
  }
}

/** Rows and columns the overlay would like, before the screen limits them. */
export function overlaySize(store: Store, overlay: Overlay, room: {readonly width: number; readonly height: number}) {
  const cells = Math.min(room.width - 2, overlay.kind === 'prompt' || overlay.kind === 'confirm' ? 70 : 100);
  const rows = (() => {
    if ('query' in overlay) return Math.max(4, Math.floor(room.height * 0.7));
    if (overlay.kind === 'prompt') return overlay.form.names.length + 1;
    return rowsOf(store, overlay, cells - 2).length;
  })();
  return {width: Math.max(10, cells), height: Math.max(3, Math.min(room.height - 2, rows + 2))};
}

type ListOverlay = Extract<Overlay, {readonly query: unknown}>;

function paintList(surface: Surface, store: Store, overlay: ListOverlay): Caret {
  const {theme} = store;
  const entries = entriesOf(store, overlay);
  const shown = visiblePart(overlay.query, surface.width - 12);
  const prompt = `${theme.glyphs.selected} `;
  paintLine(surface, 0, [[prompt, 'accent'], shown.text], theme, {width: surface.width - 10});
  const count = `${entries.length}`;
  surface.text(surface.width - count.length - 1, 0, count, theme.roles.dim);
  const rows = surface.height - 1;
  const top = Math.max(0, Math.min(overlay.index - rows + 1, entries.length - rows));
  const left = Math.min(Math.floor(surface.width / 3), Math.max(4, ...entries.map(entry => width(entry.left))));
  for (let y = 0; y < rows && top + y < entries.length; y++) {
    const entry = entries[top + y]!;
    const here = top + y === overlay.index;
    if (here) surface.fill(theme.roles.cursor, ' ', 0, y + 1, surface.width, 1);
    const not = entry.not === undefined ? '' : `  (${entry.not})`;
    const line: Line = [
      [here ? prompt : '  ', 'accent'],
      [truncate(entry.left, left).padEnd(left + 1), 'key'],
      [entry.text, entry.not === undefined ? 'plain' : 'dim'],
      [not, 'dim'],
    ];
    paintLine(surface, y + 1, line, theme, here ? {over: 'cursor'} : {});
  }
  if (entries.length === 0) paintLine(surface, 1, [[emptyWords[overlay.kind], 'dim']], theme, {x: 2});
  return {x: width(prompt) + shown.column, y: 0};
}

const emptyWords: Readonly<Record<ListOverlay['kind'], string>> = {
  palette: 'Nothing is called that. Backspace widens the search.',
  help: 'No key and no name matches. Backspace widens the search.',
  running: 'Nothing has been launched yet.',
  errors: 'No messages: nothing has gone wrong so far.',
  copy: 'Nothing is selected here. Tab to a part with rows, then press Y again.',
};

function topOf(overlay: Overlay): number {
  return overlay.kind === 'explain' ? overlay.top : 0;
}

function rowsOf(store: Store, overlay: Overlay, cells: number): readonly Line[] {
  if (overlay.kind === 'explain') return explainRows(store, overlay.language, cells);
  if (overlay.kind !== 'confirm') return [];
  const question = wrapWords(overlay.question, cells).map(row => [row]);
  const button = (label: string, on: boolean): Line[number] => [
    on ? `[${label}]` : ` ${label} `,
    on ? 'accent' : 'dim',
  ];
  return [...question, [], [button('No', !overlay.yes), '  ', button('Yes', overlay.yes)]];
}

/** The explanation, then the same thing in one language; left and right choose which. */
function explainRows(store: Store, language: number, cells: number): readonly Line[] {
  const said = explanationNow(store);
  if (said === undefined) return [['Open an experiment first.']];
  const equivalents = said.equivalents ?? [];
  const count = equivalents.length;
  const chosen = equivalents[((language % Math.max(1, count)) + count) % Math.max(1, count)];
  const tabs: Line = equivalents.flatMap(
    (one): Line => [
      [one === chosen ? `[${one.language}]` : ` ${one.language} `, one === chosen ? 'accent' : 'dim'],
      ' ',
    ],
  );
  return [
    ...wrapWords(said.says, cells).map((row): Line => [row]),
    ...(said.source === undefined ? [] : [[[said.source, 'dim']] as Line]),
    ...(chosen === undefined ? [] : [[], tabs, ...chosen.code.split('\n').map((row): Line => [['  ', 'dim'], row])]),
  ];
}

/** The message at the bottom: what, why, and the next step, in at most three rows. */
export function toastRows(store: Store, cells: number): readonly Line[] {
  if (store.toast === undefined) return [];
  const {problem, tone} = store.toast;
  const fix = problem.fix === undefined ? '' : ` F9: ${problem.fix.title}.`;
  const rows = wrapWords(formatProblem(problem) + fix, Math.max(10, cells - 4)).slice(0, 3);
  return rows.map(
    (row, index): Line => [
      [index === 0 ? (tone === 'bad' ? '! ' : '+ ') : '  ', tone],
      [row, tone === 'bad' ? 'bad' : 'plain'],
    ],
  );
}
