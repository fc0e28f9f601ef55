import {createWorld, type World} from '../world/world.ts';

/** The real outside. The command line and the explorer get it from here: neither may reach into the world itself. */
export function openWorld(): World {
  return createWorld();
}
