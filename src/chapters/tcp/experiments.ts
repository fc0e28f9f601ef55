import type {AnyExperiment} from '../contract.ts';
import {connectExperiment} from './connect.ts';
import {deadlockExperiment} from './deadlock.ts';
import {halfCloseExperiment} from './half-close.ts';
import {listenExperiment} from './listen.ts';
import {optionsExperiment} from './options.ts';
import {sharedExperiment} from './shared.ts';
import {udpExperiment} from './udp.ts';

/** The experiments of chapter 3, TCP, in the order the menu shows them. */
export const tcpExperiments = {
  'tcp.connect': connectExperiment,
  'tcp.listen': listenExperiment,
  'tcp.half-close': halfCloseExperiment,
  'tcp.shared': sharedExperiment,
  'tcp.deadlock': deadlockExperiment,
  'tcp.options': optionsExperiment,
  'tcp.udp': udpExperiment,
} as const satisfies Readonly<Record<`tcp.${string}`, AnyExperiment>>;
