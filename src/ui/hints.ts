import {bindingsNow} from './bindings.ts';
import {currentField} from './form.ts';
import {keymap, keyName, type ShellAction} from './keymap.ts';
import type {Bound} from './keys.ts';
import {notNow} from './shell-possible.ts';
import type {Overlay, Store} from './store.ts';

/** One hint of the last row: a key as it is pressed, as it is written, and what it does in a word or two. */
export interface Hint {
  readonly key: string;
  readonly shown: string;
  readonly words: string;
}

const mostHints = 7;

/** The hints that matter most here and now, most important first, at most seven: all of them can be pressed and clicked. */
export function hintsNow(store: Store): readonly Hint[] {
  const hints = all(store);
  const help = hints.findIndex(isHelp);
  // Help is one of the seven, whatever outranks it.
  return help < mostHints ? hints.slice(0, mostHints) : [...hints.slice(0, mostHints - 1), hints[help]!];
}

/** Whether this is the hint that leads to all keys. */
export function isHelp({key}: Hint): boolean {
  return helpKeys.includes(key);
}

const helpKeys: readonly string[] = keymap['shell.help'].keys;

function all(store: Store): readonly Hint[] {
  const {page, overlay} = store;
  if (overlay !== undefined) return overlayHints[overlay.kind];
  if (store.area === 'menu' || page === undefined) return [hint('enter', 'open'), ...ranked(store)];
  if (store.area === 'filter') return [hint('enter', 'keep it'), hint('escape', 'clear it')];
  return store.area === 'form' ? formHints(store) : ranked(store);
}

const listHints = (enter: string): readonly Hint[] => [hint('enter', enter), hint('escape', 'close')];

const overlayHints: Readonly<Record<Overlay['kind'], readonly Hint[]>> = {
  palette: listHints('do it'),
  help: listHints('do it'),
  running: listHints('show it'),
  errors: listHints('copy it'),
  copy: listHints('copy it'),
  explain: [
    hint('right', 'next language'),
    hint('down', 'further down'),
    hint('y', 'copy the code'),
    hint('escape', 'close'),
  ],
  prompt: [hint('enter', 'do it'), hint('tab', 'next field'), hint('escape', 'cancel')],
  confirm: [hint('n', 'no'), hint('y', 'yes'), hint('escape', 'cancel')],
};

/** Letters are typed here, so only keys that type nothing are offered. */
function formHints(store: Store): readonly Hint[] {
  const page = store.page!;
  const picks = currentField(page.form)?.field.options !== undefined;
  const live = page.experiment.opens === 'at once';
  return [
    hint('enter', live ? 'to the rows' : 'launch'),
    hint('tab', 'next field'),
    ...(picks ? [hint('right', 'next choice')] : [hint('ctrl+u', 'empty it')]),
    hint('escape', 'menu'),
    hint('F3', 'explain'),
    hint('F2', 'palette'),
    hint('F1', 'keys'),
  ];
}

function ranked(store: Store): readonly Hint[] {
  return bindingsNow(store)
    .filter(bound => bound.keys.length > 0 && isPossible(store, bound))
    .map(bound => ({bound, rank: rankOf(store, bound)}))
    .filter(({rank}) => rank > 0)
    .sort((left, right) => right.rank - left.rank)
    .map(({bound}) => hint(bound.keys[0]!, wordsOf(store, bound)));
}

function isPossible(store: Store, bound: Bound): boolean {
  if (bound.where === 'experiment') return store.page?.run?.possible(bound.id) === true;
  return notNow(store, bound.id as ShellAction) === undefined;
}

/** What the moment calls for comes before the ranks of the table. */
function rankOf(store: Store, bound: Bound): number {
  const {page} = store;
  const inPane = store.area === 'pane' && page !== undefined;
  switch (bound.id) {
    case 'shell.fix':
      return store.toast?.problem.fix === undefined ? 0 : 20;
    case 'shell.freeze':
      return page?.frozen === undefined ? bound.hint : 15;
    case 'shell.zoom':
      return page?.zoomed === undefined ? bound.hint : 14;
    case 'shell.form':
      return page?.run !== undefined && page.run.status !== 'running' ? 12 : bound.hint;
    case 'shell.next':
      return page === undefined ? 0 : bound.hint;
    case 'shell.running':
      return store.bench.runs.length === 0 ? 0 : bound.hint;
    case 'shell.back':
      return inPane ? (page.filter === undefined ? 1.5 : 13) : bound.hint;
    default:
      return bound.hint;
  }
}

function wordsOf(store: Store, bound: Bound): string {
  const {page} = store;
  if (bound.id === 'shell.freeze' && page?.frozen !== undefined) return 'go on';
  if (bound.id === 'shell.zoom' && page?.zoomed !== undefined) return 'show all parts';
  if (bound.id === 'shell.next' && store.area === 'menu') return 'to the pane';
  if (bound.id === 'shell.back') return page?.filter === undefined ? 'menu' : 'clear the filter';
  if (bound.id === 'shell.form' && page?.run !== undefined && page.run.status !== 'running') return 'launch again';
  return bound.brief;
}

function hint(key: string, words: string): Hint {
  return {key, shown: keyName(key), words};
}
