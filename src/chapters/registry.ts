import type {AnyExperiment} from './contract.ts';
import {errorsExperiment} from './data/errors.ts';
import {framingExperiment} from './data/framing.ts';
import {hexExperiment} from './data/hex.ts';
import {jsonExperiment} from './data/json.ts';
import {numberExperiment} from './data/number.ts';
import {pickleExperiment} from './data/pickle.ts';
import {structExperiment} from './data/struct.ts';
import {zlibExperiment} from './data/zlib.ts';
import {bulkExperiment} from './names/bulk.ts';
import {lookupExperiment} from './names/lookup.ts';
import {mailExperiment} from './names/mail.ts';
import {queryExperiment} from './names/query.ts';
import {servicesExperiment} from './names/services.ts';
import {traceExperiment} from './names/trace.ts';
import {whoisExperiment} from './names/whois.ts';
import {workspaceExperiment} from './names/workspace.ts';
import {connectExperiment} from './tcp/connect.ts';
import {deadlockExperiment} from './tcp/deadlock.ts';
import {halfCloseExperiment} from './tcp/half-close.ts';
import {listenExperiment} from './tcp/listen.ts';
import {optionsExperiment} from './tcp/options.ts';
import {sharedExperiment} from './tcp/shared.ts';
import {udpExperiment} from './tcp/udp.ts';

/** Every experiment, in the order the menu shows them. One line makes one known to the explorer and the command line. */
export const experiments = {
  'tcp.connect': connectExperiment,
  'tcp.listen': listenExperiment,
  'tcp.half-close': halfCloseExperiment,
  'tcp.shared': sharedExperiment,
  'tcp.deadlock': deadlockExperiment,
  'tcp.options': optionsExperiment,
  'tcp.udp': udpExperiment,
  'names.lookup': lookupExperiment,
  'names.services': servicesExperiment,
  'names.query': queryExperiment,
  'names.trace': traceExperiment,
  'names.bulk': bulkExperiment,
  'names.mail': mailExperiment,
  'names.whois': whoisExperiment,
  'names.workspace': workspaceExperiment,
  'data.struct': structExperiment,
  'data.number': numberExperiment,
  'data.pickle': pickleExperiment,
  'data.framing': framingExperiment,
  'data.json': jsonExperiment,
  'data.zlib': zlibExperiment,
  'data.errors': errorsExperiment,
  'data.hex': hexExperiment,
} as const satisfies Readonly<Record<string, AnyExperiment>>;

export type ExperimentId = keyof typeof experiments;

export const allExperiments: readonly AnyExperiment[] = Object.values(experiments);
