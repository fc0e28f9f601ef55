import {explainPage} from '../chrome/explain.ts';
import {formAfterClick} from '../chrome/form.ts';
import {confirmRows} from '../chrome/overlay-size.ts';
import type {Context} from '../context.ts';
import type {Box} from '../layout.ts';
import {scrolled} from '../scrolling.ts';
import type {Overlay} from '../store.ts';
import {entriesOf} from './entries.ts';
import {agree, chooseEntry} from './press.ts';

/** A click inside an overlay, in its own cells (the frame is at -1): on a row, a field, a language or a button. */
export function clickOverlay(
  context: Context,
  overlay: Overlay,
  at: {readonly x: number; readonly y: number},
  box: Box,
): void {
  const {store} = context;
  const inside = {width: box.width - 2, height: box.height - 2};
  if (at.x < 0 || at.y < 0 || at.x >= inside.width || at.y >= inside.height) return;
  if ('query' in overlay) {
    if (at.y === 0) return;
    const top = scrolled(overlay, entriesOf(store, overlay).length, inside.height - 1);
    chooseEntry(context, overlay, top + at.y - 1);
  } else if (overlay.kind === 'prompt') {
    store.overlay = {...overlay, form: formAfterClick(overlay.form, at, inside)};
  } else if (overlay.kind === 'explain') {
    const {tabs} = explainPage(store, overlay.language, inside.width);
    const hit = at.y + overlay.top === tabs.row ? tabs.hits.find(({from, to}) => at.x >= from && at.x < to) : undefined;
    if (hit !== undefined) store.overlay = {...overlay, language: hit.what};
  } else {
    const {rows, hits} = confirmRows(overlay.question, overlay.yes, inside.width);
    const hit = at.y === rows.length - 1 ? hits.find(({from, to}) => at.x >= from && at.x < to) : undefined;
    if (hit?.what === true) agree(context, overlay);
    else if (hit?.what === false) store.overlay = undefined;
  }
}
