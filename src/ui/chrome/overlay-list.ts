import type {Surface} from '../../terminal/surface.ts';
import {pad, width} from '../../terminal/width.ts';
import {visiblePart} from '../edit.ts';
import {entriesOf} from '../overlays/entries.ts';
import {paintLine} from '../parts/line.ts';
import {scrolled} from '../scrolling.ts';
import type {ListOverlay, Store} from '../store.ts';
import type {Line} from '../view.ts';
import type {Caret} from './form.ts';

/** What was typed, how many match, and the rows. */
export function paintList(surface: Surface, store: Store, overlay: ListOverlay): Caret {
  const {theme} = store;
  const entries = entriesOf(store, overlay);
  const shown = visiblePart(overlay.query, surface.width - 12);
  const prompt = `${theme.glyphs.selected} `;
  paintLine(surface, 0, [[prompt, 'accent'], shown.text], theme, {width: surface.width - 10});
  const count = entries.length === 0 ? '0' : `${overlay.index + 1}/${entries.length}`;
  surface.text(surface.width - count.length - 1, 0, count, theme.roles.dim);
  const rows = surface.height - 1;
  const top = scrolled(overlay, entries.length, rows);
  const left = Math.min(Math.floor(surface.width / 3), Math.max(4, ...entries.map(entry => width(entry.left))));
  for (let y = 0; y < rows && top + y < entries.length; y++) {
    const entry = entries[top + y]!;
    const here = top + y === overlay.index;
    if (here) surface.fill(theme.roles.cursor, ' ', 0, y + 1, surface.width, 1);
    const line: Line = [
      [here ? prompt : '  ', 'accent'],
      [`${pad(entry.left, left)} `, entry.not === undefined ? 'key' : 'dim'],
      [entry.text, entry.not === undefined ? 'plain' : 'dim'],
      [entry.not === undefined ? '' : `  (not now: ${entry.not})`, 'dim'],
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
