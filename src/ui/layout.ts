import {allExperiments} from '../chapters/registry.ts';
import {width} from '../terminal/width.ts';
import {foldedHeight} from './chrome/folded-form.ts';
import {formHeight} from './chrome/form.ts';
import {scrolled} from './scrolling.ts';
import type {Page, Store} from './store.ts';

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
  // A complaint comes with a next step: a row is too little for both, unless it is long.
  const roomy = whole || (height >= 20 && width < 100);
  const formRows = isFolded(store, page)
    ? foldedHeight(page.form, width)
    : formIsOpen(store, page) && page.form.names.length > 0
      ? formHeight(page.form, Math.max(2, whole ? height - 4 : Math.floor(height * 0.4)), roomy ? 2 : 1)
      : 0;
  // While a filter is typed, a row under it points at what is wrong or reads it aloud.
  const filterRows = page.filter === undefined ? 0 : store.area === 'filter' && height > 6 ? 2 : 1;
  const form = formRows === 0 ? undefined : {x, y: 1, width, height: formRows};
  const filter = filterRows === 0 ? undefined : {x, y: 1 + formRows, width, height: filterRows};
  const top = 1 + formRows + filterRows;
  return {menu, form, filter, pane: {x, y: top, width, height: Math.max(0, height - formRows - filterRows)}};
}

/** Whether the form is on screen: before a launch, while it is edited, and beside experiments that answer at once. */
export function formIsOpen(store: Store, page: Page): boolean {
  return page.run === undefined || store.area === 'form' || page.experiment.opens === 'at once';
}

/** A long form beside a pane takes a few rows only, until it is filled again or something in it is wrong. */
export function isFolded(store: Store, page: Page): boolean {
  const {names, wrong} = page.form;
  const beside = page.run !== undefined && page.experiment.opens === 'at once' && store.area !== 'form';
  return beside && names.length > 5 && Object.keys(wrong).length === 0;
}

/** The narrowest a menu is drawn, and the widest: half of the screen. */
export function menuLimits(columns: number): {readonly from: number; readonly to: number} {
  return {from: 10, to: Math.max(10, Math.floor(columns / 2))};
}

/** As wide as the longest title of any chapter, so that nothing moves when the chapter changes; or as it was dragged. */
export function menuColumns(store: Store, columns: number): number {
  const {from, to} = menuLimits(columns);
  const most = columns < 80 ? 18 : columns < 100 ? 22 : 28;
  const longest = Math.max(columns < 80 ? 14 : 20, ...allExperiments.map(({title}) => width(title) + menuMargin));
  return Math.min(to, Math.max(from, store.menuColumns ?? Math.min(longest, most)));
}

/** The mark before a title, and how many of it run after it. */
const menuMargin = 5;

/** The first experiment shown in a menu of so many rows: moved as little as possible so that the choice is in sight. */
export function menuTop(store: Store, rows: number): number {
  const index = Math.max(0, store.menuIndex[store.chapter] ?? 0);
  const top = scrolled({top: store.menuTop[store.chapter] ?? 0, index}, store.menu().length, rows);
  store.menuTop[store.chapter] = top;
  return top;
}
