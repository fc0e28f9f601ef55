import {readFileSync} from 'node:fs';
import {resolve} from 'node:path';
import type {AnyExperiment} from '../../../src/chapters/contract.ts';
import type {Run} from '../../../src/chapters/run.ts';
import {replay} from '../../support/replay.ts';

/** A run as it was saved in test/vectors: what the kernel said then, on every machine. */
export function replayed(experiment: AnyExperiment, file: string): Run {
  return replay(experiment, readFileSync(resolve(import.meta.dirname, '../../vectors', file), 'utf8'));
}
