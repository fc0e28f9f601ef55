import type {AnyExperiment} from '../contract.ts';
import {bulkExperiment} from './bulk.ts';
import {lookupExperiment} from './lookup.ts';
import {mailExperiment} from './mail.ts';
import {queryExperiment} from './query.ts';
import {servicesExperiment} from './services.ts';
import {traceExperiment} from './trace.ts';
import {whoisExperiment} from './whois.ts';
import {workspaceExperiment} from './workspace.ts';

/** The experiments of chapter 4, names, in the order the menu shows them. */
export const namesExperiments = {
  'names.lookup': lookupExperiment,
  'names.services': servicesExperiment,
  'names.query': queryExperiment,
  'names.trace': traceExperiment,
  'names.bulk': bulkExperiment,
  'names.mail': mailExperiment,
  'names.whois': whoisExperiment,
  'names.workspace': workspaceExperiment,
} as const satisfies Readonly<Record<`names.${string}`, AnyExperiment>>;
