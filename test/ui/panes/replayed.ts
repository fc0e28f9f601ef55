import {readFileSync} from 'node:fs';
import {resolve} from 'node:path';
import type {AnyExperiment} from '../../../src/chapters/contract.ts';
import {Run} from '../../../src/chapters/run.ts';
import {load} from '../../../src/journal/file.ts';
import {createWorld} from '../../../src/world/world.ts';

/** A run as it was saved in test/vectors: what the kernel said then, on every machine. */
export function replayed(experiment: AnyExperiment, file: string): Run {
  const saved = load(readFileSync(resolve(import.meta.dirname, '../../vectors', file), 'utf8'));
  if ('says' in saved) throw new Error(saved.says);
  return Run.replay(experiment, saved, createWorld());
}
