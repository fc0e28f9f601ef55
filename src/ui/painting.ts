import {defaultsOf} from '../chapters/fields.ts';
import {compile} from '../journal/filter.ts';
import type {Surface} from '../terminal/surface.ts';
import {width} from '../terminal/width.ts';
import {paintFolded} from './chrome/folded-form.ts';
import {type Caret, paintForm} from './chrome/form.ts';
import {headerLine, hintsLine} from './chrome/header.ts';
import {paintOverlay} from './chrome/overlay.ts';
import {overlayBox} from './chrome/overlay-size.ts';
import {toastRows} from './chrome/toast.ts';
import {visiblePart} from './edit.ts';
import {readForm} from './form.ts';
import {type Box, isFolded, screenLayout} from './layout.ts';
import {paintPane} from './pane.ts';
import {paintLine} from './parts/line.ts';
import {wrapWords} from './parts/text.ts';
import {frameOf} from './selection.ts';
import type {Page, Store} from './store.ts';
import type {Theme} from './theme.ts';
import type {Line} from './view.ts';
import {tellWants} from './wants.ts';

/** Paints everything that is not Ink's, under the overlay. Gives the caret, in cells of the screen. */
export function paintBody(screen: Surface, store: Store): Caret | undefined {
  const size = {width: screen.width, height: screen.height};
  store.size = size;
  const {page} = store;
  let caret: Caret | undefined;
  if (page !== undefined) caret = paintPage(screen, store, page);
  // After the pane: which part has the focus decides what can be copied.
  paintLine(screen, 0, headerLine(store, size.width).line, store.theme);
  paintHints(screen, store);
  paintToast(screen, store);
  return caret;
}

function paintPage(screen: Surface, store: Store, page: Page): Caret | undefined {
  const {form, filter, pane} = screenLayout(store, screen);
  let caret: Caret | undefined;
  if (form !== undefined && isFolded(store, page)) paintFolded(inside(screen, form), page.form, store.theme);
  else if (form !== undefined) {
    const active = store.area === 'form' && store.overlay === undefined;
    caret = placed(form, paintForm(inside(screen, form), {form: page.form, theme: store.theme, active}));
  }
  if (filter !== undefined) caret = placed(filter, paintFilter(inside(screen, filter), store, page)) ?? caret;
  if (pane !== undefined) {
    if (page.run === undefined) paintBefore(inside(screen, pane), store, page);
    else {
      const frame = frameOf(store, page);
      paintPane(inside(screen, pane), frame);
      tellWants(store, page, frame);
    }
  }
  paintToast(screen, store);
  return caret;
}

/** Paints the inside of the overlay; its frame is Ink's. */
export function paintTop(screen: Surface, store: Store): Caret | undefined {
  const {overlay} = store;
  if (overlay === undefined) return undefined;
  const frame = overlayBox(store, overlay, {width: screen.width, height: screen.height});
  const box = {x: frame.x + 1, y: frame.y + 1, width: frame.width - 2, height: frame.height - 2};
  const surface = inside(screen, box);
  surface.fill();
  // What lies below is dimmed, but the hints and the messages are about what lies on top.
  paintHints(screen, store);
  paintToast(screen, store);
  return placed(box, paintOverlay(surface, store, overlay));
}

function paintHints(screen: Surface, store: Store): void {
  paintLine(screen, screen.height - 1, hintsLine(store, screen.width).line, store.theme);
}

/** Before a launch: what there is to see, and the same in another language. The hints say what to press. */
function paintBefore(surface: Surface, store: Store, page: Page): void {
  const {theme} = store;
  const {experiment} = page;
  const teaches = wrapWords(experiment.teaches, Math.max(10, surface.width - 4));
  for (const [y, row] of teaches.entries()) paintLine(surface, y + 1, [row], theme, {x: 2});
  const read = readForm(page.form);
  const code = experiment.equivalents(('ask' in read ? read.ask : defaultsOf(experiment.fields)) as never)[0];
  const from = teaches.length + 2;
  if (code === undefined || surface.height < from + 5) return;
  paintLine(surface, from, [[`The same in ${code.language}:`, 'dim']], theme, {x: 2});
  const rows = code.code.split('\n');
  const room = surface.height - from - 2;
  const shown =
    rows.length > room ? [...rows.slice(0, room - 1), `… ${rows.length - room + 1} more rows: F3 shows them`] : rows;
  for (const [y, row] of shown.entries()) paintLine(surface, from + 2 + y, [[row, 'dim']], theme, {x: 4});
}

/** What is typed; under it, while it is typed, what it means, or a caret under what is wrong. Later both in one row. */
function paintFilter(surface: Surface, store: Store, page: Page): Caret | undefined {
  const line = page.filter!;
  const {theme} = store;
  const typing = store.area === 'filter';
  const shown = visiblePart(typing ? line : {text: line.text, caret: 0}, Math.max(1, surface.width - 4));
  const compiled = line.text.trim() === '' ? undefined : compile(line.text);
  const wrong = compiled?.ok === false;
  const said: Line = [[readingOf(compiled), wrong ? 'bad' : 'dim']];
  const typed: Line = [
    ['/ ', 'key'],
    [shown.text, wrong ? 'bad' : 'plain'],
  ];
  paintLine(surface, 0, surface.height > 1 ? typed : [...typed, '  ', ...said], theme);
  if (surface.height > 1 && !wrong) paintLine(surface, 1, ['  ', ...said], theme);
  if (surface.height > 1 && wrong) {
    const to = width(line.text.slice(0, compiled.at)) - width(line.text.slice(0, line.caret));
    paintFault(surface, compiled.says, Math.max(2, 2 + shown.column + to), theme);
  }
  return typing ? {x: 2 + shown.column, y: 0} : undefined;
}

/** A caret under what is wrong, and what is: without the next step where there is no room for both. */
function paintFault(surface: Surface, says: string, at: number, theme: Theme): void {
  const room = surface.width - at - 2;
  const said = width(says) <= room ? says : `${says.split('. ')[0]}.`;
  const left = width(said) > room && width(said) < at;
  const words: Line = left
    ? [' '.repeat(at - width(said) - 1), [`${said} ^`, 'bad']]
    : [' '.repeat(at), [`^ ${said}`, 'bad']];
  paintLine(surface, 1, words, theme);
}

function readingOf(compiled: ReturnType<typeof compile> | undefined): string {
  if (compiled === undefined) return 'words, "phrases", !not, field:value; Enter keeps it, Esc clears it';
  return compiled.ok ? compiled.reading : compiled.says;
}

function paintToast(screen: Surface, store: Store): void {
  const rows = toastRows(store, screen.width);
  for (const [index, row] of rows.entries()) {
    const y = screen.height - 1 - rows.length + index;
    screen.fill(store.theme.roles.plain, ' ', 1, y, screen.width - 2, 1);
    paintLine(screen, y, row, store.theme, {x: 2, width: screen.width - 4});
  }
}

function inside(screen: Surface, box: Box): Surface {
  return screen.sub(box.x, box.y, box.width, box.height);
}

function placed(box: Box, caret: Caret | undefined): Caret | undefined {
  return caret === undefined ? undefined : {x: box.x + caret.x, y: box.y + caret.y};
}
