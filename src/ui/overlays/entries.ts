import {allExperiments} from '../../chapters/registry.ts';
import {formatProblem} from '../../journal/problem.ts';
import {bindingsNow, bindingsOfPage} from '../bindings.ts';
import type {Context} from '../context.ts';
import {act, openExperiment, openRun} from '../control.ts';
import {rank} from '../fuzzy.ts';
import {keyName, movements, type ShellAction} from '../keymap.ts';
import {type Bound, effective, experimentBindings, shellBindings} from '../keys.ts';
import {copiesNow} from '../selection.ts';
import {copy, shellActions} from '../shell-actions.ts';
import {notNow} from '../shell-possible.ts';
import type {ListOverlay, Store} from '../store.ts';
import {type ThemeName, themes} from '../theme.ts';

/** One row of a list that lies above the panes. */
export interface Entry {
  /** Set where it is worth remembering that this was chosen. */
  readonly id?: string;
  readonly left: string;
  readonly text: string;
  /** More words that find it, which are not to be matched letter by letter. */
  readonly more?: string;
  /** Keys that it answers to: in the help, one of them finds it. */
  readonly keys?: readonly string[];
  /** Why it cannot be chosen now. */
  readonly not?: string;
  choose?(context: Context): void;
}

/** The rows of an overlay, filtered by what was typed, best match first. */
export function entriesOf(store: Store, overlay: ListOverlay): readonly Entry[] {
  const entries = makers[overlay.kind](store);
  const query = overlay.query.text.trim();
  if (query === '') return overlay.kind === 'palette' ? recentFirst(store, entries) : entries;
  const byKey = overlay.kind === 'help' ? entries.filter(entry => entry.keys?.some(key => isKey(key, query))) : [];
  const rest = byKey.length === 0 ? entries : entries.filter(entry => !byKey.includes(entry));
  const found = rank(query, rest, entry => `${entry.text} ${entry.left}`);
  const low = query.toLowerCase();
  const loosely = rest.filter(entry => !found.includes(entry) && entry.more?.toLowerCase().includes(low) === true);
  return [...byKey, ...found, ...loosely];
}

function isKey(key: string, query: string): boolean {
  return key === query || (query.length > 1 && keyName(key).toLowerCase() === query.toLowerCase());
}

/** What was chosen lately, then what can be done now, then what cannot. */
function recentFirst(store: Store, entries: readonly Entry[]): readonly Entry[] {
  const place = (entry: Entry) => (entry.id === undefined ? -1 : store.recent.indexOf(entry.id));
  const recent = entries.filter(entry => place(entry) >= 0).toSorted((left, right) => place(left) - place(right));
  const others = entries.filter(entry => place(entry) < 0);
  return [...recent, ...others.filter(({not}) => not === undefined), ...others.filter(({not}) => not !== undefined)];
}

const makers: Readonly<Record<ListOverlay['kind'], (store: Store) => readonly Entry[]>> = {
  palette: store => [
    ...bindingsOfPage(store).map(bound => ({...bindingEntry(store, bound), id: bound.id})),
    ...allExperiments.map(experiment => ({
      id: experiment.id,
      left: 'open',
      text: experiment.id.replace('.', ' '),
      more: `${experiment.title} ${experiment.teaches}`,
      choose: ({store: model}: Context) => openExperiment(model, experiment),
    })),
    ...runEntries(store),
    ...(Object.keys(themes) as ThemeName[]).map(name => ({
      id: `theme.${name}`,
      left: 'theme',
      text: `Theme: ${name}`,
      choose: ({store: model}: Context) => model.chooseTheme(name),
    })),
  ],
  help: store => helpEntries(store),
  running: runEntries,
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

function runEntries(store: Store): readonly Entry[] {
  return store.bench.runs.toReversed().map(run => ({
    left: `#${run.id} ${run.status}`,
    text: `${run.experiment.title} ${describe(run.ask)}`,
    choose: ({store: model}: Context) => openRun(model, run),
  }));
}

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
        keys: bound.keys,
        text: `${experiment.title}: ${bound.title}`,
        not: `Only in ${experiment.title}`,
      })),
    );
  return [
    ...here.map(bound => bindingEntry(store, bound)),
    ...movements.map(({keys, title}) => ({
      left: keys.map(keyName).join(' '),
      keys,
      text: title,
      not: 'Press it where you are',
    })),
    ...shell.map(bound => ({...bindingEntry(store, bound), not: 'Only in a pane'})),
    ...elsewhere,
  ];
}

function bindingEntry(store: Store, bound: Bound): Entry {
  const not = notNowOf(store, bound);
  return {
    left: keyNames(bound),
    keys: bound.keys,
    text: bound.title,
    ...(not !== undefined && {not}),
    choose: context => {
      if (bound.where === 'experiment') act(context.store, bound.id);
      else shellActions[bound.id as ShellAction](context);
    },
  };
}

function notNowOf(store: Store, bound: Bound): string | undefined {
  if (bound.where !== 'experiment') return notNow(store, bound.id as ShellAction);
  const possible = store.page?.run?.possible(bound.id) ?? 'Launch the experiment first';
  return possible === true ? undefined : possible;
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
