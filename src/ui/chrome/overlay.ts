import type {Surface} from '../../terminal/surface.ts';
import {paintLine} from '../parts/line.ts';
import {explanationNow} from '../selection.ts';
import type {Overlay, Store} from '../store.ts';
import {type Caret, paintForm} from './form.ts';
import {paintList} from './overlay-list.ts';
import {rowsOf} from './overlay-size.ts';

/** Paints the inside of the overlay on top. Gives the caret where text is typed. */
export function paintOverlay(surface: Surface, store: Store, overlay: Overlay): Caret | undefined {
  if ('query' in overlay) return paintList(surface, store, overlay);
  if (overlay.kind === 'prompt') return paintForm(surface, {form: overlay.form, theme: store.theme, active: true});
  const rows = rowsOf(store, overlay, surface.width);
  const top = overlay.kind === 'explain' ? Math.min(overlay.top, Math.max(0, rows.length - surface.height)) : 0;
  for (const [y, line] of rows.slice(top, top + surface.height).entries()) paintLine(surface, y, line, store.theme);
  if (top + surface.height < rows.length) {
    const more = ` ${rows.length - top - surface.height} more rows `;
    surface.text(Math.max(0, surface.width - more.length), surface.height - 1, more, store.theme.roles.accent);
  }
  return undefined;
}

/** What the overlay's frame says. */
export function overlayTitle(store: Store, overlay: Overlay): string {
  switch (overlay.kind) {
    case 'palette':
      return 'Palette: type to find, Enter does it';
    case 'help':
      return 'Keys: type a name or press a key, Enter does it';
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
      return overlay.title;
  }
}
