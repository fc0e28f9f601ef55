import type {Surface} from '../../terminal/surface.ts';
import {pad, width} from '../../terminal/width.ts';
import type {Role} from '../theme.ts';
import type {Line, PaneModel, Part, PartModel, PartReply} from '../view.ts';
import {Dots, dotForms} from './dots.ts';
import {drawingOf} from './drawing.ts';
import {paintLine} from './line.ts';
import {makeScale, percentile, type Scale, scales} from './plot-scale.ts';
import {quantity, type Unit} from './quantity.ts';

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
    range: model => rangeOf(plot.data(model)),
    // Up and down go ten samples at a time: there are no rows to move by.
    perRow: () => 10,
    press: (key, {kept}) => pressPlot(key, kept),
    at(x, _y, model) {
      const frame = frameOf(plot.data(model), model);
      const column = x - frame.left;
      if (column < 0 || column >= frame.cells) return undefined;
      const sample = frame.start + Math.floor(((column + 0.5) * frame.samples) / frame.cells);
      const {first, end} = rangeOf(plot.data(model));
      return Math.max(first, Math.min(end - 1, sample));
    },
    paint(surface, model) {
      const data = plot.data(model);
      const {first, end} = rangeOf(data);
      if (first >= end) paintLine(surface, 0, [[plot.empty?.(model) ?? 'No samples yet.', 'dim']], model.theme, {x: 1});
      else paintPlot(surface, data, model);
    },
    copies(model) {
      const data = plot.data(model);
      return [{label: 'the samples as CSV', text: csvOf(data)}];
    },
  };
}

function rangeOf({first, series}: PlotData): {first: number; end: number} {
  return {first, end: first + series.reduce((most, {values}) => Math.max(most, values.length), 0)};
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

/** Where the picture lies, and which samples it shows. */
interface PlotFrame {
  readonly left: number;
  readonly cells: number;
  readonly rows: number;
  readonly form: (typeof dotForms)[keyof typeof dotForms];
  /** Samples that share one column of dots. */
  readonly perDot: number;
  readonly start: number;
  readonly samples: number;
}

function frameOf<State>(data: PlotData, {size, kept, cursor, theme}: PartModel<State>): PlotFrame {
  const left = size.width < 50 ? 8 : 10;
  const cells = Math.max(1, size.width - left);
  const rows = Math.max(1, size.height - 2);
  const forms = drawingOf(theme).ascii ? (['ascii'] as const) : (['braille', 'block', 'ascii'] as const);
  const form = dotForms[forms[(kept['form'] ?? 0) % forms.length]!];
  const perDot = 2 ** (kept['zoom'] ?? 0);
  const samples = cells * form.across * perDot;
  const {first, end} = rangeOf(data);
  // The newest samples, or those around a cross-hair that has left them. Columns begin at multiples, so that they stand still.
  const newest = Math.ceil(end / perDot) * perDot - samples;
  const start =
    cursor >= newest ? Math.max(newest, Math.floor(first / perDot) * perDot) : Math.max(first, cursor - (samples >> 1));
  return {left, cells, rows, form, perDot, start: Math.floor(start / perDot) * perDot, samples};
}

function paintPlot<State>(surface: Surface, data: PlotData, model: PartModel<State>): void {
  const frame = frameOf(data, model);
  const {theme, kept} = model;
  const shown = data.series.map(({values}) =>
    values.slice(Math.max(0, frame.start - data.first), Math.max(0, frame.start - data.first + frame.samples)),
  );
  const scale = makeScale(shown.flat(), scales[kept['scale'] ?? 0] ?? 'auto', data.fixed);
  const ranks = kept['percentiles'] === 1 ? percentileLines(shown.flat()) : [];
  paintLine(surface, 0, headOf(data, scale, ranks, model), theme);
  const picture = surface.sub(frame.left, 1, frame.cells, frame.rows);
  for (const {value} of ranks)
    paintLevel(picture, rowOf(scale.share(value), frame.rows), theme.glyphs.dot, theme.roles.dim);
  paintCross(picture, data, frame, model);
  const dots = drawSeries(data, frame, scale);
  for (let row = 0; row < frame.rows; row++) {
    for (let cell = 0; cell < frame.cells; cell++) {
      const dot = dots.at(cell, row);
      if (dot !== undefined) picture.text(cell, row, dot.text, theme.roles[roleOf(data, dot.owner)]);
    }
  }
  paintClips(picture, shown, data, frame, scale, model);
  paintAxes(surface, data, frame, scale, model);
}

function drawSeries(data: PlotData, frame: PlotFrame, scale: Scale): Dots {
  const dots = new Dots(frame.cells, frame.rows, frame.form);
  const rowAt = (value: number) => Math.round((1 - Math.max(0, Math.min(1, scale.share(value)))) * (dots.height - 1));
  for (const [owner, {values}] of data.series.entries()) {
    let before: number | undefined;
    for (let column = 0; column < dots.width; column++) {
      let top = Number.POSITIVE_INFINITY;
      let bottom = Number.NEGATIVE_INFINITY;
      for (let k = 0; k < frame.perDot; k++) {
        const value = values[frame.start - data.first + column * frame.perDot + k];
        if (value === undefined || !Number.isFinite(value)) continue;
        const row = rowAt(value);
        top = Math.min(top, row);
        bottom = Math.max(bottom, row);
      }
      if (bottom < 0) {
        before = undefined;
        continue;
      }
      // A steep step is drawn as a line up to, not including, the row before, so that the curve does not fall apart.
      const last = bottom;
      if (before !== undefined && before < top - 1) top = before + 1;
      if (before !== undefined && before > bottom + 1) bottom = before - 1;
      dots.column(column, top, bottom, owner);
      before = last;
    }
  }
  return dots;
}

function percentileLines(values: readonly number[]): {rank: number; value: number}[] {
  return [50, 95, 99]
    .map(rank => ({rank, value: percentile(values, rank)}))
    .filter(({value}) => Number.isFinite(value));
}

function rowOf(share: number, rows: number): number {
  return Math.round((1 - share) * (rows - 1));
}

function paintLevel(picture: Surface, row: number, glyph: string, style: number): void {
  if (row < 0 || row >= picture.height) return;
  for (let x = 0; x < picture.width; x += 2) picture.text(x, row, glyph, style);
}

function paintCross<State>(
  picture: Surface,
  data: PlotData,
  frame: PlotFrame,
  {cursor, theme, focused}: PartModel<State>,
): void {
  if (!focused || cursor >= rangeOf(data).end) return;
  const x = Math.floor(((cursor - frame.start) * frame.cells) / frame.samples);
  for (let y = 0; y < picture.height; y++) picture.text(x, y, theme.glyphs.vertical, theme.roles.dim);
}

/** Columns whose values go over the top or the bottom say so, and the highest of them says how far. */
function paintClips<State>(
  picture: Surface,
  shown: readonly (readonly number[])[],
  data: PlotData,
  frame: PlotFrame,
  scale: Scale,
  {theme}: PartModel<State>,
): void {
  const {up} = drawingOf(theme);
  let most = Number.NEGATIVE_INFINITY;
  let mostAt = 0;
  for (const values of shown) {
    for (const [index, value] of values.entries()) {
      if (!(scale.share(value) > 1)) continue;
      const sample = Math.max(frame.start, data.first) + index;
      const x = Math.floor(((sample - frame.start) * frame.cells) / frame.samples);
      picture.text(x, 0, up, theme.roles.warn);
      if (value > most) [most, mostAt] = [value, x];
    }
  }
  if (most === Number.NEGATIVE_INFINITY) return;
  const label = quantity(most, data.unit);
  const x = mostAt + 1 + width(label) <= picture.width ? mostAt + 1 : mostAt - width(label);
  picture.text(Math.max(0, x), 0, label, theme.roles.warn);
}

function paintAxes<State>(
  surface: Surface,
  data: PlotData,
  frame: PlotFrame,
  scale: Scale,
  {theme}: PartModel<State>,
): void {
  const {tee} = drawingOf(theme);
  const {vertical} = theme.glyphs;
  const middle = frame.rows >= 7 ? (frame.rows - 1) >> 1 : -1;
  for (let row = 0; row < frame.rows; row++) {
    const share = row === 0 ? 1 : row === frame.rows - 1 ? 0 : row === middle ? 1 - row / (frame.rows - 1) : undefined;
    const label = share === undefined ? '' : quantity(scale.value(share), data.unit);
    const line: Line = [
      [pad(label, frame.left - 1, 'right'), 'dim'],
      [share === undefined ? vertical : tee, 'dim'],
    ];
    paintLine(surface, row + 1, line, theme, {width: frame.left});
  }
  const from = `${quantity(frame.start * data.every, 's')}`;
  const to = `${quantity((frame.start + frame.samples) * data.every, 's')}`;
  const gap = frame.cells - width(from) - width(to);
  const times = gap > 0 ? `${from}${' '.repeat(gap)}${to}` : from;
  if (surface.height > frame.rows + 1) paintLine(surface, frame.rows + 1, [[times, 'dim']], theme, {x: frame.left});
}

/** What is plotted, its value under the cross-hair, the scale and the percentiles. */
function headOf<State>(
  data: PlotData,
  scale: Scale,
  ranks: readonly {rank: number; value: number}[],
  {cursor}: PartModel<State>,
): Line {
  const line: Line[number][] = [[`${quantity(cursor * data.every, 's')} `, 'dim']];
  for (const [index, {label, values}] of data.series.entries()) {
    const value = values[cursor - data.first] ?? Number.NaN;
    line.push([` ${label} `, roleOf(data, index)], [quantity(value, data.unit), 'strong']);
  }
  line.push([`  ${scale.name}`, 'dim']);
  for (const {rank, value} of ranks) line.push([`  p${rank} ${quantity(value, data.unit)}`, 'dim']);
  return line;
}

function roleOf({series}: PlotData, index: number): Role {
  return series[index]?.role ?? seriesRoles[index % seriesRoles.length]!;
}

const seriesRoles = ['accent', 'server', 'good', 'client', 'field4', 'field5'] as const;

function csvOf(data: PlotData): string {
  const {first, end} = rangeOf(data);
  const rows = [['sample', 'seconds', ...data.series.map(({label}) => label.replaceAll(',', ' '))].join(',')];
  for (let sample = first; sample < end; sample++) {
    const values = data.series.map(({values: all}) => all[sample - first] ?? Number.NaN);
    const cells = values.map(value => (Number.isFinite(value) ? String(value) : ''));
    rows.push([sample, Number((sample * data.every).toFixed(9)), ...cells].join(','));
  }
  return rows.join('\n');
}
