import type {Role} from '../theme.ts';
import type {PartModel} from '../view.ts';
import {dotForms} from './dots.ts';
import {drawingOf} from './drawing.ts';
import type {Unit} from './quantity.ts';

export interface PlotSeries {
  readonly label: string;
  /** One value for each sample, oldest first; NaN where there is none. */
  readonly values: readonly number[];
  readonly role?: Role;
}

/** Samples taken at equal distances, as many as the caller keeps. */
export interface PlotData {
  readonly series: readonly PlotSeries[];
  readonly unit?: Unit;
  /** The number of the oldest sample here: it grows when older ones are forgotten. */
  readonly first: number;
  /** Seconds between two samples; sample 0 was taken at 0 s. */
  readonly every: number;
  readonly fixed?: {readonly min: number; readonly max: number};
}

/** The samples that are here. */
export function sampleRange({first, series}: PlotData): {first: number; end: number} {
  return {first, end: first + series.reduce((most, {values}) => Math.max(most, values.length), 0)};
}

/** Where the picture lies, and which samples it shows. */
export interface PlotFrame {
  readonly left: number;
  readonly cells: number;
  readonly rows: number;
  readonly form: (typeof dotForms)[keyof typeof dotForms];
  /** Samples that share one column of dots. */
  readonly perDot: number;
  readonly start: number;
  readonly samples: number;
}

export function plotFrame<State>(data: PlotData, {size, kept, cursor, theme}: PartModel<State>): PlotFrame {
  const left = size.width < 50 ? 8 : 10;
  const cells = Math.max(1, size.width - left);
  const rows = Math.max(1, size.height - 2);
  const forms = drawingOf(theme).ascii ? (['ascii'] as const) : (['braille', 'block', 'ascii'] as const);
  const form = dotForms[forms[(kept['form'] ?? 0) % forms.length]!];
  const perDot = 2 ** (kept['zoom'] ?? 0);
  const samples = cells * form.across * perDot;
  const {first, end} = sampleRange(data);
  // The newest samples, or those around a cross-hair that has left them, half a picture at a time. Columns begin at
  // multiples, so that they stand still.
  const newest = end - samples;
  const half = samples >> 1;
  const wanted = cursor >= newest ? newest : Math.floor(cursor / half) * half - (half >> 1);
  const start = Math.ceil(Math.max(first, wanted) / perDot) * perDot;
  return {left, cells, rows, form, perDot, start, samples};
}

export function seriesRole({series}: PlotData, index: number): Role {
  return series[index]?.role ?? seriesRoles[index % seriesRoles.length]!;
}

const seriesRoles = ['accent', 'server', 'good', 'client', 'field4', 'field5'] as const;
