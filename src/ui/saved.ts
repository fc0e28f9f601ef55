import type {AnyExperiment} from '../chapters/contract.ts';
import {experiments} from '../chapters/registry.ts';
import {misfit, Run} from '../chapters/run.ts';
import type {Saved} from '../journal/file.ts';
import type {Problem} from '../journal/problem.ts';
import {Grid} from '../terminal/grid.ts';
import {adopt, showPage} from './control.ts';
import {formOf} from './form.ts';
import {newPaneState, paintPane} from './pane.ts';
import {frameOf} from './selection.ts';
import type {Page} from './store.ts';
import {newPage, type Store} from './store.ts';
import {viewOf} from './view-registry.ts';

/** Shows a saved journal: the same state, the same rows, and nothing that can be done. */
export function showSaved(store: Store, saved: Saved): void {
  const experiment = Object.values<AnyExperiment>(experiments).find(({id}) => id === saved.experiment);
  if (experiment === undefined) {
    const says = `This journal is of an experiment that this Wirebook does not have: ${saved.experiment}`;
    store.say({code: 'file.experiment', says, next: 'Open it with the version that saved it.'}, 'bad');
    return;
  }
  const run = Run.replay(experiment, saved, store.bench.world);
  if (!(run instanceof Run)) {
    store.say(run, 'bad');
    return;
  }
  const page = {...newPage(experiment, true), form: formOf(experiment, run.ask)};
  adopt(store, page, run);
  const unpaintable = tryPainting(store, page);
  if (unpaintable !== undefined) {
    store.say(unpaintable, 'bad');
    return;
  }
  store.pages.push(page);
  showPage(store, page);
  store.area = 'pane';
  store.changed();
}

/** A file is not trusted: a state that its pane cannot paint is found here, not when the screen is already drawn. */
function tryPainting(store: Store, page: Page): Problem | undefined {
  try {
    paintPane(new Grid(120, 40).surface(), frameOf(store, page));
    page.pane = newPaneState(viewOf(page.experiment));
    return undefined;
  } catch (error) {
    return misfit(page.experiment, error);
  }
}
