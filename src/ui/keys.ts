import type {AnyExperiment} from '../chapters/contract.ts';
import type {KeyMap} from '../chapters/settings.ts';
import {type Binding, keymap, type ShellAction} from './keymap.ts';

/** Something a key does: an action of the explorer, or of the experiment on screen. */
export interface Bound {
  readonly id: string;
  readonly keys: readonly string[];
  readonly title: string;
  /** For the hints: a word or two. */
  readonly brief: string;
  readonly where: Binding['where'] | 'experiment';
  readonly hint: number;
}

/** The explorer's bindings, remapped as the configuration says. */
export function shellBindings(remapped: KeyMap): readonly (Bound & {readonly id: ShellAction})[] {
  return (Object.entries(keymap) as [ShellAction, Binding][]).map(([id, binding]) => ({
    id,
    keys: remapped[id] === undefined ? binding.keys : [remapped[id]],
    title: binding.title,
    brief: binding.brief ?? briefly(binding.title),
    where: binding.where,
    hint: binding.hint ?? 0,
  }));
}

export function experimentBindings(experiment: AnyExperiment, remapped: KeyMap): readonly Bound[] {
  return Object.entries(experiment.actions).map(([name, action]) => ({
    id: name,
    keys: [remapped[`${experiment.id}.${name}`] ?? action.key],
    title: action.title,
    brief: action.brief ?? briefly(action.title),
    where: 'experiment',
    hint: action.hint ?? 6,
  }));
}

/** What each key does now, the experiment's own first. A binding whose keys are all taken keeps none, and help says so. */
export function effective(bindings: readonly Bound[]): readonly Bound[] {
  const taken = new Set<string>();
  return bindings.map(bound => {
    const free = bound.keys.filter(key => !taken.has(key));
    for (const key of free) taken.add(key);
    return {...bound, keys: free};
  });
}

/** Words that cannot end a hint: cut there, it would promise something else. */
const loose = new Set(
  (
    'a an the of to in on and or is for with by at from as off ' + 'this that these what which its next last first too'
  ).split(' '),
);

const isLoose = (word: string) => loose.has(word.toLowerCase()) || /[’']s$/.test(word);

/** As much of a title as a hint has room for, at a whole word: `Send a byte of urgent data` is `send a byte`. */
export function briefly(title: string, cells = 20): string {
  const [head = ''] = title.split(/[:,;]| \(/);
  const words = head.trim().split(/\s+/);
  while (words.length > 1 && words.join(' ').length > cells) words.pop();
  while (words.length > 1 && isLoose(words.at(-1)!)) words.pop();
  const [first = '', ...rest] = words;
  // A sentence's first capital goes; an acronym's stays.
  const small = /^[A-Z][^A-Z]*$/.test(first) ? first.toLowerCase() : first;
  return [small, ...rest].join(' ');
}
