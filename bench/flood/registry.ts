import type {AnyExperiment} from '../../src/chapters/contract.ts';
import {flood} from './experiment.ts';

export const experiments = {'tcp.flood': flood} as const satisfies Readonly<Record<string, AnyExperiment>>;

export type ExperimentId = keyof typeof experiments;

export const allExperiments: readonly AnyExperiment[] = Object.values(experiments);
