import type {AnyExperiment} from '../../src/chapters/contract.ts';
import {Run} from '../../src/chapters/run.ts';
import {load} from '../../src/journal/file.ts';
import {createWorld} from '../../src/world/world.ts';

/** The run that a `.wirebook` file holds. */
export function replay(experiment: AnyExperiment, text: string, world = createWorld()): Run {
  const saved = load(text);
  if ('says' in saved) throw new Error(saved.says);
  const run = Run.replay(experiment, saved, world);
  if (!(run instanceof Run)) throw new Error(run.says);
  return run;
}
