import {ProblemError} from '../journal/problem.ts';
import type {World} from '../world/world.ts';
import type {Lab} from './types.ts';

/** Starts the lab's servers on loopback. */
export async function startLab(_world: World): Promise<Lab> {
  throw new ProblemError({code: 'lab.down', says: 'The lab cannot be started', next: 'Name a server.'});
}
