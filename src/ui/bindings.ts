import {type Bound, effective, experimentBindings, shellBindings} from './keys.ts';
import type {Store} from './store.ts';

/** Everything a key can do at this moment, in the order keys are given out. */
export function bindingsNow(store: Store): readonly Bound[] {
  const shell = shellBindings(store.config.keys);
  const page = store.page;
  if (store.area === 'menu' || page === undefined) return effective(shell.filter(bound => bound.where !== 'pane'));
  return effective([...experimentBindings(page.experiment, store.config.keys), ...shell]);
}

export function boundTo(store: Store, key: string): Bound | undefined {
  return bindingsNow(store).find(bound => bound.keys.includes(key));
}

/** Everything there is to do, wherever the focus is: what the palette lists. */
export function bindingsOfPage(store: Store): readonly Bound[] {
  const shell = shellBindings(store.config.keys);
  const {page} = store;
  return effective(page === undefined ? shell : [...experimentBindings(page.experiment, store.config.keys), ...shell]);
}
