import type {AnyExperiment} from '../chapters/contract.ts';
import type {ExperimentId} from '../chapters/registry.ts';
import {structView} from './panes/struct.ts';
import type {View} from './view.ts';

/** The view of every experiment. The compiler names the one that is missing. */
const views = {
  'data.struct': structView,
} as const satisfies Record<ExperimentId, unknown>;

export function viewOf(experiment: AnyExperiment): View<unknown> {
  const view = (views as Readonly<Record<string, unknown>>)[experiment.id] as View<unknown> | undefined;
  if (view === undefined) throw new Error(`No view for ${experiment.id}`);
  return view;
}
