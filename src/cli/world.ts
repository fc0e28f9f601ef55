import type {Workbench} from '../chapters/workbench.ts';

/** The real outside, opened when the first experiment is about to run. */
export async function openWorld(): Promise<Workbench['world']> {
  const {createClock} = await import('../world/clock.ts');
  return {clock: createClock(), close: async () => undefined};
}
