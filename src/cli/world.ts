import type {World} from '../world/world.ts';

/** The real outside, opened when the first experiment is about to run. */
export async function openWorld(): Promise<World> {
  const {createWorld} = await import('../world/world.ts');
  return createWorld();
}
