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

/** The hints of the last line: the seven that matter most here, with the keys that work now. */
export function hintsNow(store: Store): readonly Bound[] {
  const page = store.page;
  const possible = (bound: Bound) =>
    bound.where !== 'experiment' || (page?.run !== undefined && page.run.possible(bound.id) === true);
  return bindingsNow(store)
    .filter(bound => bound.hint > 0 && bound.keys.length > 0 && possible(bound))
    .toSorted((left, right) => right.hint - left.hint)
    .slice(0, 7);
}
