import type {AnyExperiment} from '../chapters/contract.ts';
import type {Run} from '../chapters/run.ts';
import {edit} from './edit.ts';
import {formOf, moveTo, readForm, settleForm, suggestingForm} from './form.ts';
import {newPaneState} from './pane.ts';
import {fixOf} from './shell-possible.ts';
import {newPage, type Page, type Store} from './store.ts';
import {viewOf} from './view-registry.ts';

/** Opens an experiment: its form, or at once where that touches nothing. */
export function openExperiment(store: Store, experiment: AnyExperiment): void {
  const page = store.pageOf(experiment);
  showPage(store, page);
  if (page.run === undefined && experiment.opens === 'at once') launch(store, page);
  store.area = page.run === undefined ? (page.form.names.length > 0 ? 'form' : 'pane') : 'pane';
  if (page.run === undefined && page.form.names.length === 0) launch(store, page);
  store.changed();
}

export function showPage(store: Store, page: Page): void {
  store.page = page;
  store.chapter = page.experiment.id.split('.')[0] as Store['chapter'];
  const index = store.menu().indexOf(page.experiment);
  store.menuIndex[store.chapter] = index;
}

/** Reads the form and starts the experiment with it. A field that cannot be read keeps the caret and says why. */
export function launch(store: Store, page: Page): void {
  if (refuseSaved(store, page)) return;
  const read = readForm(page.form);
  if ('form' in read) {
    page.form = read.form;
    store.area = 'form';
    store.changed();
    return;
  }
  if (page.run?.status === 'running') void page.run.stop();
  adopt(store, page, store.bench.start(page.experiment, read.ask));
  store.area = 'pane';
  store.changed();
}

/** Makes a run the one that a page shows. */
export function adopt(store: Store, page: Page, run: Run): void {
  page.run = run;
  page.frozen = undefined;
  page.pane = newPaneState(viewOf(page.experiment));
  forgetOld(store);
  run.subscribe(event => {
    if (page.run !== run) return;
    // An answer to the form may come later than the key that asked for it, such as what a file holds.
    if (event !== undefined) {
      if (store.area === 'form' && run.experiment.opens === 'at once') settle(store, page);
      return;
    }
    if (run.status === 'failed' && run.problem !== undefined) store.say(run.problem, 'bad');
    store.changed();
  });
}

/** Ended runs that no page shows are kept for the list of runs, the last ones only: each holds a journal. */
const mostEnded = 20;

function forgetOld(store: Store): void {
  const shown = new Set(store.pages.map(page => page.run));
  const ended = store.bench.runs.filter(run => run.status !== 'running' && !shown.has(run));
  const live = ended.filter(run => run.experiment.opens === 'at once');
  const rest = ended.filter(run => run.experiment.opens !== 'at once');
  for (const run of [...live, ...rest.slice(0, Math.max(0, rest.length - mostEnded))]) store.bench.forget(run);
}

/** The page that shows a run, wherever it was started. */
export function openRun(store: Store, run: Run): void {
  let page = store.pages.find(known => known.run === run);
  if (page === undefined) {
    page = {...newPage(run.experiment), form: formOf(run.experiment, run.ask)};
    store.pages.push(page);
    adopt(store, page, run);
  }
  showPage(store, page);
  store.area = 'pane';
  store.changed();
}

/** The form was edited: experiments that answer while one types are asked again, or started anew. */
export function formEdited(store: Store, page: Page): void {
  if (page.experiment.opens !== 'at once') return;
  const read = readForm(page.form);
  if ('form' in read) {
    page.form = {...page.form, wrong: read.form.wrong};
    return;
  }
  if (page.run?.reask(read.ask) === true) {
    settle(store, page);
    return;
  }
  if (page.run?.status === 'running') void page.run.stop();
  const pane = page.pane;
  adopt(store, page, store.bench.start(page.experiment, read.ask));
  page.pane = pane;
}

/** Shows in the form what an action has changed, and asks on from there: the code beside it is made from the ask. */
export function settle(store: Store, page: Page): void {
  if (page.run === undefined || page.experiment.settled === undefined) return;
  const values = page.experiment.settled(page.run.state as never);
  const {ask} = page.run;
  if (Object.entries(values).some(([name, value]) => ask[name] !== value)) page.run.ask = {...ask, ...values};
  page.form = settleForm(page.form, values, store.area === 'form');
}

/** True, and says so, when a page shows a saved journal. */
export function refuseSaved(store: Store, page: Page): boolean {
  if (!page.readOnly) return false;
  const says = 'This is a saved journal: nothing can be done in it';
  store.say({code: 'replay', says, next: 'Choose the experiment in the menu to run it.'}, 'bad');
  return true;
}

/** Does an action of the experiment: asks for its values or for consent first where that is due. */
export function act(store: Store, name: string, args?: Readonly<Record<string, unknown>>): void {
  const page = store.page;
  const action = page?.experiment.actions[name];
  if (page === undefined || action === undefined) return;
  if (refuseSaved(store, page)) return;
  const possible = page.run?.possible(name) ?? 'The experiment is not running: launch it first';
  if (possible !== true) {
    store.say({code: 'action.impossible', says: possible}, 'bad');
    return;
  }
  const missing = Object.keys(action.fields ?? {}).findIndex(field => !(field in (args ?? {})));
  if (action.fields !== undefined && missing >= 0) {
    // A part may know some of the values, such as the name in the selected row: those are filled in.
    store.overlay = {kind: 'prompt', action: name, form: moveTo(suggestingForm(action.fields, args), missing)};
  } else if (args === undefined && action.danger !== undefined) {
    const agreed = () => void perform(store, page, name, {});
    store.overlay = {kind: 'confirm', title: 'This cannot be undone', question: action.danger, yes: false, agreed};
  } else void perform(store, page, name, args ?? {});
  store.changed();
}

export async function perform(
  store: Store,
  page: Page,
  name: string,
  args: Readonly<Record<string, unknown>>,
): Promise<void> {
  const problem = await page.run?.act({action: name, args});
  if (problem !== undefined) store.say(problem, 'bad');
  settle(store, page);
  store.changed();
}

/** Esc: out of the overlay, the filter, the zoom, the pane, in that order. */
export function back(store: Store): void {
  const page = store.page;
  if (store.overlay !== undefined) store.overlay = undefined;
  else if (store.toast !== undefined) store.toast = undefined;
  else if (page?.zoomed !== undefined && store.area === 'pane') page.zoomed = undefined;
  else if (store.area === 'filter' && page !== undefined) {
    page.filter = undefined;
    store.area = 'pane';
  } else if (page?.filter !== undefined && store.area === 'pane') page.filter = undefined;
  else store.area = 'menu';
  store.changed();
}

/** Launches again with what the last message of this page's run offers to change. */
export function applyFix(store: Store, page: Page): void {
  const fix = fixOf(store, page);
  if (fix === undefined) {
    store.say({code: 'fix.none', says: 'No message offers a way out'}, 'bad');
    return;
  }
  page.form = settleForm(page.form, fix.ask, false);
  launch(store, page);
}

export function startFilter(page: Page): void {
  page.filter ??= edit('');
}
