import type {AnyExperiment} from '../chapters/contract.ts';
import type {KeyMap} from '../chapters/settings.ts';
import {type Binding, keymap, type ShellAction} from './keymap.ts';

/** Something a key does: an action of the explorer, or of the experiment on screen. */
export interface Bound {
  readonly id: string;
  readonly keys: readonly string[];
  readonly title: string;
  readonly where: Binding['where'] | 'experiment';
  readonly hint: number;
}

/** The explorer's bindings, remapped as the configuration says. */
export function shellBindings(remapped: KeyMap): readonly (Bound & {readonly id: ShellAction})[] {
  return (Object.entries(keymap) as [ShellAction, Binding][]).map(([id, binding]) => ({
    id,
    keys: remapped[id] === undefined ? binding.keys : [remapped[id]],
    title: binding.title,
    where: binding.where,
    hint: binding.hint ?? 0,
  }));
}

export function experimentBindings(experiment: AnyExperiment, remapped: KeyMap): readonly Bound[] {
  return Object.entries(experiment.actions).map(([name, action]) => ({
    id: name,
    keys: [remapped[`${experiment.id}.${name}`] ?? action.key],
    title: action.title,
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
