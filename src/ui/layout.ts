import {width} from '../terminal/width.ts';
import {formHeight} from './chrome/form.ts';
import {overlaySize} from './chrome/overlay.ts';
import {formIsOpen} from './shell-actions.ts';
import type {Overlay, Store} from './store.ts';

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface ScreenLayout {
  readonly menu: Box | undefined;
  readonly form: Box | undefined;
  readonly filter: Box | undefined;
  readonly pane: Box | undefined;
}

/** Under this many columns there is one thing at a time: the menu, or the pane. */
export const oneAtATime = 60;

/** Where everything lies between the first and the last row. The frame takes a column on each side. */
export function screenLayout(store: Store, size: {readonly width: number; readonly height: number}): ScreenLayout {
  const height = Math.max(1, size.height - 2);
  const narrow = size.width < oneAtATime;
  const menuAlone = narrow && (store.area === 'menu' || store.page === undefined);
  const menuWidth = menuAlone ? size.width - 2 : narrow ? 0 : menuColumns(store, size.width);
  const menu = menuWidth === 0 ? undefined : {x: 1, y: 1, width: menuWidth, height};
  const page = store.page;
  if (page === undefined || menuAlone) return {menu, form: undefined, filter: undefined, pane: undefined};
  const x = narrow ? 1 : menuWidth + 2;
  const width = Math.max(1, size.width - 1 - x);
  const whole = page.run === undefined && page.experiment.opens !== 'at once';
  const formRows =
    formIsOpen(store, page) && page.form.names.length > 0
      ? formHeight(page.form, Math.max(2, whole ? height - 4 : Math.floor(height * 0.4)))
      : 0;
  const filterRows = page.filter === undefined ? 0 : 1;
  const form = formRows === 0 ? undefined : {x, y: 1, width, height: formRows};
  const filter = filterRows === 0 ? undefined : {x, y: 1 + formRows, width, height: 1};
  const top = 1 + formRows + filterRows;
  return {menu, form, filter, pane: {x, y: top, width, height: Math.max(0, height - formRows - filterRows)}};
}

/** Where the overlay lies: in the middle, and never larger than the screen. */
export function overlayBox(
  store: Store,
  overlay: Overlay,
  size: {readonly width: number; readonly height: number},
): Box {
  const wanted = overlaySize(store, overlay, size);
  const x = Math.max(0, Math.floor((size.width - wanted.width) / 2));
  const y = Math.max(0, Math.floor((size.height - wanted.height) / 3));
  return {x, y, width: wanted.width, height: wanted.height};
}

function menuColumns(store: Store, columns: number): number {
  const longest = Math.max(columns < 80 ? 14 : 20, ...store.menu().map(experiment => width(experiment.title) + 5));
  return Math.min(longest, columns < 80 ? 18 : 24);
}
