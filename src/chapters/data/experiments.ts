import type {AnyExperiment} from '../contract.ts';
import {errorsExperiment} from './errors.ts';
import {framingExperiment} from './framing.ts';
import {hexExperiment} from './hex.ts';
import {jsonExperiment} from './json.ts';
import {numberExperiment} from './number.ts';
import {pickleExperiment} from './pickle.ts';
import {structExperiment} from './struct.ts';
import {zlibExperiment} from './zlib.ts';

/** The experiments of chapter 5, data, in the order the menu shows them. */
export const dataExperiments = {
  'data.struct': structExperiment,
  'data.number': numberExperiment,
  'data.pickle': pickleExperiment,
  'data.framing': framingExperiment,
  'data.json': jsonExperiment,
  'data.zlib': zlibExperiment,
  'data.errors': errorsExperiment,
  'data.hex': hexExperiment,
} as const satisfies Readonly<Record<`data.${string}`, AnyExperiment>>;
