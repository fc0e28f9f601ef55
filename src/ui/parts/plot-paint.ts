import type {Surface} from '../../terminal/surface.ts';
import {pad, width} from '../../terminal/width.ts';
import type {Line, PartModel} from '../view.ts';
import {Dots} from './dots.ts';
import {drawingOf} from './drawing.ts';
import {paintLine} from './line.ts';
import {type PlotData, type PlotFrame, plotFrame, sampleRange, seriesRole} from './plot-frame.ts';
import {makeScale, percentiles, type Scale, scales} from './plot-scale.ts';
import {quantity} from './quantity.ts';

/** The picture with its axes, under a head that says what it shows and what the cross-hair is on. */
export function paintPlot<State>(surface: Surface, data: PlotData, model: PartModel<State>): void {
  const frame = plotFrame(data, model);
  const {theme, kept} = model;
  const shown = data.series.map(({values}) =>
    values.slice(Math.max(0, frame.start - data.first), Math.max(0, frame.start - data.first + frame.samples)),
  );
  const all = shown.flat();
  const scale = makeScale(all, scales[kept['scale'] ?? 0] ?? 'auto', data.fixed);
  const ranks = kept['percentiles'] === 1 ? percentileLines(all) : [];
  paintLine(surface, 0, headOf(data, scale, ranks, model), theme);
  const picture = surface.sub(frame.left, 1, frame.cells, frame.rows);
  for (const {value} of ranks)
    paintLevel(picture, rowOf(scale.share(value), frame.rows), theme.glyphs.dot, theme.roles.dim);
  paintCross(picture, data, frame, model);
  const dots = drawSeries(data, frame, scale);
  const styles = data.series.map((_, index) => theme.roles[seriesRole(data, index)]);
  dots.runs((x, y, text, owner) => picture.text(x, y, text, styles[owner]));
  if (data.series.length > 1) paintNames(picture, data, frame, scale, model);
  paintClips(picture, shown, data, frame, scale, model);
  paintAxes(surface, data, frame, scale, model);
}

/** Where there are several curves, each ends in the first letter of its name: colours alone would not tell them apart. */
function paintNames<State>(
  picture: Surface,
  data: PlotData,
  frame: PlotFrame,
  scale: Scale,
  {theme}: PartModel<State>,
): void {
  for (const [index, {label, values}] of data.series.entries()) {
    const last = values.findLastIndex(
      (value, at) => Number.isFinite(value) && at + data.first < frame.start + frame.samples,
    );
    const x = Math.floor(((last + data.first - frame.start) * frame.cells) / frame.samples);
    const share = Math.max(0, Math.min(1, scale.share(values[last] ?? Number.NaN)));
    if (last >= 0 && x >= 0)
      picture.text(x, rowOf(share, frame.rows), label.slice(0, 1), theme.roles[seriesRole(data, index)]);
  }
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
  const ranks = [50, 95, 99];
  const found = percentiles(values, ranks);
  return ranks.map((rank, index) => ({rank, value: found[index]!})).filter(({value}) => Number.isFinite(value));
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
  if (!focused || cursor >= sampleRange(data).end) return;
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
    line.push([` ${label} `, seriesRole(data, index)], [quantity(value, data.unit), 'strong']);
  }
  line.push([`  ${scale.name}`, 'dim']);
  for (const {rank, value} of ranks) line.push([`  p${rank} ${quantity(value, data.unit)}`, 'dim']);
  return line;
}
