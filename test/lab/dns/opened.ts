import {afterAll, beforeAll} from 'vitest';
import {type LabOptions, startLab} from '../../../src/lab/lab.ts';
import type {Lab} from '../../../src/lab/types.ts';
import {createWorld} from '../../../src/world/world.ts';

/** A lab for the tests of one file; started before the first of them, and closed after the last. */
export function openedLab(options: LabOptions = {}): () => Lab {
  let lab: Lab | undefined;
  beforeAll(async () => {
    lab = await startLab(createWorld(), options);
  });
  afterAll(async () => {
    await lab?.close();
  });
  return () => lab!;
}
