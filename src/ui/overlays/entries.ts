import {allExperiments} from '../../chapters/registry.ts';
import {formatProblem} from '../../journal/problem.ts';
import {bindingsNow} from '../bindings.ts';
import type {Context} from '../context.ts';
import {act, openExperiment, openRun} from '../control.ts';
import {rank} from '../fuzzy.ts';
import {keyName, type ShellAction} from '../keymap.ts';
import {type Bound, effective, experimentBindings, shellBindings} from '../keys.ts';
import {copiesNow} from '../selection.ts';
import {copy, shellActions} from '../shell-actions.ts';
import type {Overlay, Store} from '../store.ts';

/** One row of a list that lies above the panes. */
export interface Entry {
  readonly left: string;
  readonly text: string;
  /** Why it cannot be chosen now. */
  readonly not?: string;
  choose?(context: Context): void;
}

type ListOverlay = Extract<Overlay, {readonly query: unknown}>;

/** The rows of an overlay, filtered by what was typed, best match first. */
export function entriesOf(store: Store, overlay: ListOverlay): readonly Entry[] {
  const entries = makers[overlay.kind](store);
  return rank(overlay.query.text, entries, entry => `${entry.text} ${entry.left}`);
}

const makers: Readonly<Record<ListOverlay['kind'], (store: Store) => readonly Entry[]>> = {
  palette: store => [
    ...bindingsNow(store).map(bound => bindingEntry(store, bound)),
    ...allExperiments.map(experiment => ({
      left: 'open',
      text: `${experiment.id.split('.')[0]} ${experiment.title}: ${experiment.teaches}`,
      choose: ({store: model}: Context) => openExperiment(model, experiment),
    })),
  ],
  help: store => helpEntries(store),
  running: store =>
    store.bench.runs.toReversed().map(run => ({
      left: `#${run.id} ${run.status}`,
      text: `${run.experiment.title} ${describe(run.ask)}`,
      choose: ({store: model}: Context) => openRun(model, run),
    })),
  errors: store =>
    store.messages.toReversed().map(({problem, at}) => ({
      left: `${at.toFixed(1)} s`,
      text: formatProblem(problem),
      choose: (context: Context) => void copy(context, formatProblem(problem), 'the message'),
    })),
  copy: store =>
    copiesNow(store).map(({label, text}) => ({
      left: `${text.length}`,
      text: `${label}: ${text.slice(0, 200)}`,
      choose: (context: Context) => void copy(context, text, label),
    })),
};

/** This pane's keys first, then the explorer's, then those of the other experiments, found by name or by key. */
function helpEntries(store: Store): readonly Entry[] {
  const here = bindingsNow(store);
  const known = new Set(here.map(bound => bound.id));
  const shell = effective(shellBindings(store.config.keys)).filter(bound => !known.has(bound.id));
  const elsewhere = allExperiments
    .filter(experiment => experiment !== store.page?.experiment)
    .flatMap(experiment =>
      experimentBindings(experiment, store.config.keys).map(bound => ({
        left: keyNames(bound),
        text: `${experiment.title}: ${bound.title}`,
        not: `Only in ${experiment.title}`,
      })),
    );
  return [
    ...here.map(bound => bindingEntry(store, bound)),
    ...shell.map(bound => ({...bindingEntry(store, bound), not: 'Only in a pane'})),
    ...elsewhere,
  ];
}

function bindingEntry(store: Store, bound: Bound): Entry {
  const possible =
    bound.where === 'experiment' ? (store.page?.run?.possible(bound.id) ?? 'Launch the experiment first') : true;
  return {
    left: keyNames(bound),
    text: bound.title,
    ...(possible !== true && {not: possible}),
    choose: context => {
      if (bound.where === 'experiment') act(context.store, bound.id);
      else shellActions[bound.id as ShellAction](context);
    },
  };
}

function keyNames(bound: Bound): string {
  return bound.keys.length === 0 ? '(taken)' : bound.keys.map(keyName).join(' ');
}

function describe(ask: Readonly<Record<string, unknown>>): string {
  return Object.entries(ask)
    .filter(([, value]) => typeof value === 'string' || typeof value === 'number')
    .slice(0, 3)
    .map(([name, value]) => `${name} ${String(value)}`)
    .join(', ');
}
