import type {Box} from '../layout.ts';
import {wrapWords} from '../parts/text.ts';
import type {ListOverlay, Overlay, Store} from '../store.ts';
import type {Line} from '../view.ts';
import {explainPage} from './explain.ts';
import type {Hit} from './header.ts';

interface Room {
  readonly width: number;
  readonly height: number;
}

/** Where the overlay lies: in the middle, a little above it, and never larger than the screen. */
export function overlayBox(store: Store, overlay: Overlay, size: Room): Box {
  const wanted = overlaySize(store, overlay, size);
  const x = Math.max(0, Math.floor((size.width - wanted.width) / 2));
  const y = Math.max(0, Math.floor((size.height - wanted.height) / 3));
  return {x, y, width: wanted.width, height: wanted.height};
}

/** Rows and columns the overlay would like, as far as the screen has them. */
function overlaySize(store: Store, overlay: Overlay, room: Room): Room {
  const cells = Math.min(room.width - 2, overlay.kind === 'prompt' || overlay.kind === 'confirm' ? 70 : 100);
  const rows = (() => {
    // Not the number of matches: the frame must not jump while one types.
    if ('query' in overlay) return listRows(overlay, room.height);
    if (overlay.kind === 'prompt') return overlay.form.names.length + 2;
    return rowsOf(store, overlay, cells - 2).length;
  })();
  return {width: Math.max(10, cells), height: Math.max(3, Math.min(room.height - 2, rows + 2))};
}

/** Rows inside the frame of a list: a screenful of choices, whatever matches. */
function listRows(overlay: ListOverlay, screenRows: number): number {
  return Math.max(4, Math.floor(screenRows * (overlay.kind === 'copy' ? 0.5 : 0.7)));
}

const buttons: readonly {readonly label: string; readonly yes: boolean}[] = [
  {label: 'No', yes: false},
  {label: 'Yes', yes: true},
];

/** The last row of a question, with its buttons. */
export function confirmRows(question: string, yes: boolean, cells: number) {
  const asked = wrapWords(question, cells).map((row): Line => [row]);
  const line: Line[number][] = [];
  const hits: Hit<boolean>[] = [];
  let x = 0;
  for (const button of buttons) {
    const on = button.yes === yes;
    const label = on ? `[${button.label}]` : ` ${button.label} `;
    line.push([label, on ? 'accent' : 'dim'], '  ');
    hits.push({from: x, to: x + label.length, what: button.yes});
    x += label.length + 2;
  }
  return {rows: [...asked, [], line] as readonly Line[], hits};
}

/** The rows of the overlays that are made of rows. */
export function rowsOf(store: Store, overlay: Overlay, cells: number): readonly Line[] {
  if (overlay.kind === 'explain') return explainPage(store, overlay.language, cells).rows;
  return overlay.kind === 'confirm' ? confirmRows(overlay.question, overlay.yes, cells).rows : [];
}
