import type {AnyExperiment} from './contract.ts';

/** Every experiment, in the order the menu shows them. One line makes one known to the explorer and the command line. */
export const experiments = {} as const satisfies Readonly<Record<string, AnyExperiment>>;

export type ExperimentId = keyof typeof experiments;

export const allExperiments: readonly AnyExperiment[] = Object.values(experiments);
