import {compile} from '../journal/filter.ts';
import type {Surface} from '../terminal/surface.ts';
import {type Caret, paintForm} from './chrome/form.ts';
import {paintOverlay, toastRows} from './chrome/overlay.ts';
import {visiblePart} from './edit.ts';
import {type Box, overlayBox, screenLayout} from './layout.ts';
import {paintPane} from './pane.ts';
import {paintLine} from './parts/line.ts';
import {frameOf} from './selection.ts';
import type {Page, Store} from './store.ts';
import {tellWants} from './wants.ts';

/** Paints everything that is not Ink's, under the overlay. Gives the caret, in cells of the screen. */
export function paintBody(screen: Surface, store: Store): Caret | undefined {
  const size = {width: screen.width, height: screen.height};
  const {form, filter, pane} = screenLayout(store, size);
  const {page} = store;
  if (page === undefined) return undefined;
  let caret: Caret | undefined;
  if (form !== undefined) {
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
  return placed(box, paintOverlay(surface, store, overlay));
}

/** Before a launch: what there is to see, and what to press. */
function paintBefore(surface: Surface, store: Store, page: Page): void {
  const {theme} = store;
  paintLine(
    surface,
    1,
    [
      ['  Enter', 'key'],
      ' launches.  ',
      ['Tab', 'key'],
      ' next field.  ',
      ['e', 'key'],
      ' explains.  ',
      ['Esc', 'key'],
      ' goes back.',
    ],
    theme,
  );
  const code = page.experiment.equivalents(
    Object.fromEntries(page.form.names.map(name => [name, page.form.fields[name]!.default])) as never,
  )[0];
  if (code === undefined || surface.height < 8) return;
  paintLine(surface, 3, [[`  The same in ${code.language}:`, 'dim']], theme);
  for (const [y, row] of code.code
    .split('\n')
    .slice(0, surface.height - 5)
    .entries())
    paintLine(surface, y + 5, ['    ', [row, 'dim']], theme);
}

function paintFilter(surface: Surface, store: Store, page: Page): Caret | undefined {
  const line = page.filter!;
  const {theme} = store;
  const shown = visiblePart(line, Math.max(1, surface.width - 4));
  const compiled = line.text.trim() === '' ? undefined : compile(line.text);
  paintLine(
    surface,
    0,
    [
      ['/ ', 'key'],
      [shown.text, compiled?.ok === false ? 'bad' : 'plain'],
      ['  ', 'dim'],
      [readingOf(compiled), 'dim'],
    ],
    theme,
  );
  return store.area === 'filter' ? {x: 2 + shown.column, y: 0} : undefined;
}

function readingOf(compiled: ReturnType<typeof compile> | undefined): string {
  if (compiled === undefined) return 'words, "phrases", !not, field:value; Enter keeps it, Esc clears it';
  return compiled.ok ? compiled.reading : `at ${compiled.at + 1}: ${compiled.says}`;
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
