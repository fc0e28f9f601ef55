import type {AnyExperiment} from '../chapters/contract.ts';
import {experiments} from '../chapters/registry.ts';
import {Run} from '../chapters/run.ts';
import type {Saved} from '../journal/file.ts';
import {adopt, showPage} from './control.ts';
import {formOf} from './form.ts';
import {newPage, type Store} from './store.ts';

/** Shows a saved journal: the same state, the same rows, and nothing that can be done. */
export function showSaved(store: Store, saved: Saved): void {
  const experiment = (experiments as Readonly<Record<string, AnyExperiment>>)[saved.experiment];
  if (experiment === undefined) {
    const says = `This journal is of an experiment that this Wirebook does not have: ${saved.experiment}`;
    store.say({code: 'file.experiment', says, next: 'Open it with the version that saved it.'}, 'bad');
    return;
  }
  const ask = saved.ask as Readonly<Record<string, unknown>>;
  const page = {...newPage(experiment, true), form: formOf(experiment, ask)};
  store.pages.push(page);
  adopt(store, page, Run.replay(experiment, saved, store.bench.world));
  showPage(store, page);
  store.area = 'pane';
  store.changed();
}
