import type {PaneModel, Part, PartReply} from '../view.ts';
import {paintLine} from './line.ts';
import {type PlotData, plotFrame, sampleRange} from './plot-frame.ts';
import {paintPlot} from './plot-paint.ts';
import {scales} from './plot-scale.ts';

export interface PlotOf<State> {
  readonly id: string;
  title(model: PaneModel<State>): string;
  data(model: PaneModel<State>): PlotData;
  empty?(model: PaneModel<State>): string;
}

/**
 * Values over time. The cursor is a cross-hair on a sample, and follows the newest. `v` chooses the scale, `p` draws the
 * percentiles, `+` and `-` change how many samples share a column, `o` chooses the kind of dots.
 */
export function plotPart<State>(plot: PlotOf<State>): Part<State> {
  return {
    id: plot.id,
    title: plot.title,
    follows: true,
    range: model => sampleRange(plot.data(model)),
    // Up and down go ten samples at a time: there are no rows to move by.
    perRow: () => 10,
    press: (key, {kept}) => pressPlot(key, kept),
    at(x, _y, model) {
      const frame = plotFrame(plot.data(model), model);
      const column = x - frame.left;
      if (column < 0 || column >= frame.cells) return undefined;
      const sample = frame.start + Math.floor(((column + 0.5) * frame.samples) / frame.cells);
      const {first, end} = sampleRange(plot.data(model));
      return Math.max(first, Math.min(end - 1, sample));
    },
    paint(surface, model) {
      const data = plot.data(model);
      const {first, end} = sampleRange(data);
      if (first >= end) paintLine(surface, 0, [[plot.empty?.(model) ?? 'No samples yet.', 'dim']], model.theme, {x: 1});
      else paintPlot(surface, data, model);
    },
    copies(model) {
      const data = plot.data(model);
      return [{label: 'the samples as CSV', text: csvOf(data)}];
    },
  };
}

function pressPlot(key: string, kept: Readonly<Record<string, number>>): PartReply | undefined {
  const {scale = 0, percentiles = 0, zoom = 0, form = 0} = kept;
  if (key === 'v') return {keep: {scale: (scale + 1) % scales.length}};
  if (key === 'p') return {keep: {percentiles: 1 - percentiles}};
  if (key === 'o') return {keep: {form: (form + 1) % 3}};
  if (key === '+') return {keep: {zoom: Math.max(0, zoom - 1)}};
  if (key === '-') return {keep: {zoom: Math.min(10, zoom + 1)}};
  return undefined;
}

function csvOf(data: PlotData): string {
  const {first, end} = sampleRange(data);
  const rows = [['sample', 'seconds', ...data.series.map(({label}) => label.replaceAll(',', ' '))].join(',')];
  for (let sample = first; sample < end; sample++) {
    const values = data.series.map(({values: all}) => all[sample - first] ?? Number.NaN);
    const cells = values.map(value => (Number.isFinite(value) ? String(value) : ''));
    rows.push([sample, Number((sample * data.every).toFixed(9)), ...cells].join(','));
  }
  return rows.join('\n');
}
