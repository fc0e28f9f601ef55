import type {AnyExperiment} from './contract.ts';
import {dataExperiments} from './data/experiments.ts';
import {namesExperiments} from './names/experiments.ts';
import {tcpExperiments} from './tcp/experiments.ts';

/** Every experiment, in the order the menu shows them: each chapter has a registry of its own, so that a command loads no other. */
export const experiments = {
  ...tcpExperiments,
  ...namesExperiments,
  ...dataExperiments,
} as const satisfies Readonly<Record<string, AnyExperiment>>;

export type ExperimentId = keyof typeof experiments;

export const allExperiments: readonly AnyExperiment[] = Object.values(experiments);
