import type {ShellAction} from './keymap.ts';
import {copiesNow, focused} from './selection.ts';
import type {Page, Store} from './store.ts';

/** Why one of the explorer's own actions does nothing now; `undefined` when it does something. */
export function notNow(store: Store, id: ShellAction): string | undefined {
  const reason = reasons[id];
  if (reason === undefined) return undefined;
  return store.page === undefined ? 'Open an experiment first' : reason(store, store.page);
}

const launched = (_store: Store, page: Page) => (page.run === undefined ? 'Launch the experiment first' : undefined);
const selected = (store: Store) => (copiesNow(store).length === 0 ? 'Nothing is selected' : undefined);

/** Only what needs a page is listed. */
const reasons: {readonly [Id in ShellAction]?: (store: Store, page: Page) => string | undefined} = {
  'shell.filter': launched,
  'shell.freeze': launched,
  'shell.copy': selected,
  'shell.copyAs': selected,
  'shell.explain': () => undefined,
  'shell.form': (_store, page) => (page.readOnly ? 'This is a saved journal' : undefined),
  'shell.stop': (_store, page) => (page.run?.status === 'running' ? undefined : 'Nothing runs here'),
  'shell.zoom': launched,
  'shell.link': () => undefined,
  'shell.save': launched,
  'shell.fix': (store, page) => (fixOf(store, page) === undefined ? 'No message offers a way out' : undefined),
  'shell.filterBy': store => {
    const here = focused(store);
    return here?.part.filterBy?.(here.model) === undefined ? 'There is nothing here to filter by' : undefined;
  },
};

/** What the last message of this page offers to change. */
export function fixOf(store: Store, page: Page) {
  return page.run?.problem?.fix ?? store.messages.at(-1)?.problem.fix;
}
