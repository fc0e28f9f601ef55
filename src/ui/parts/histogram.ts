import type {Surface} from '../../terminal/surface.ts';
import type {Role} from '../theme.ts';
import type {Explanation, Line, PaneModel, Part, PartModel} from '../view.ts';
import {drawingOf} from './drawing.ts';
import {lineWidth, paintLine} from './line.ts';
import {quantity, type Unit} from './quantity.ts';

/** Values in ranges; those between two that are named are empty. */
export interface HistogramBucket {
  readonly from: number;
  readonly to: number;
  readonly count: number;
}

export interface HistogramData {
  /** In order, each `to` being the next `from` wherever two touch. Together they are wider by equal factors. */
  readonly buckets: readonly HistogramBucket[];
  readonly unit?: Unit;
  /** Values that are marked under the bars, the most important first. */
  readonly marks?: readonly {readonly label: string; readonly value: number}[];
}

/** Range `n` goes from `base * 2 ** (n / perOctave)` up to where the next begins. */
export interface HistogramScale {
  readonly base: number;
  readonly perOctave: number;
}

export interface HistogramOf<State> {
  readonly id: string;
  title(model: PaneModel<State>): string;
  readonly scale: HistogramScale;
  data(model: PaneModel<State>): HistogramData;
  empty?(model: PaneModel<State>): string;
  explain?(model: PartModel<State>): Explanation | undefined;
}

/**
 * How often which values came: a bar for each range, ranges getting wider by equal factors. The cursor is a cross-hair on a
 * bar and reads it out exactly. `v` shows the heights as factors, so that the few beside the many can be seen.
 */
export function histogramPart<State>(histogram: HistogramOf<State>): Part<State> {
  const {id, title, explain, scale} = histogram;
  const barsOf = (model: PaneModel<State>) => bars(histogram.data(model), scale);
  return {
    id,
    title,
    range(model) {
      const {first, counts} = barsOf(model);
      return {first, end: first + counts.length};
    },
    perRow: () => 5,
    press: (key, {kept}) => (key === 'v' ? {keep: {scale: 1 - (kept['scale'] ?? 0)}} : undefined),
    at(x, _y, model) {
      const shown = barsOf(model);
      const {left, width} = frameOf(shown, model);
      const index = Math.floor((x - left) / width);
      return index >= 0 && index < shown.counts.length ? shown.first + index : undefined;
    },
    paint(surface, model) {
      const data = histogram.data(model);
      const shown = bars(data, scale);
      if (shown.counts.length === 0) {
        paintLine(surface, 0, [[histogram.empty?.(model) ?? 'Nothing yet.', 'dim']], model.theme, {x: 1});
        return;
      }
      paintLine(surface, 0, headOf(data, shown, model, scale), model.theme);
      paintBars(surface, shown, model);
      paintFoot(surface, data, shown, model, scale);
    },
    ...(explain !== undefined && {explain}),
    copies: model => [{label: 'the histogram as CSV', text: csvOf(histogram.data(model))}],
  };
}

interface Bars {
  /** The number of the first range: it stays the same when others come before it. */
  readonly first: number;
  readonly counts: readonly number[];
  readonly total: number;
}

function bars({buckets}: HistogramData, scale: HistogramScale): Bars {
  if (buckets.length === 0) return {first: 0, counts: [], total: 0};
  const numberOf = ({from}: HistogramBucket) => Math.round(placeOf(from, scale));
  const first = numberOf(buckets[0]!);
  const counts: number[] = new Array(numberOf(buckets.at(-1)!) - first + 1).fill(0);
  for (const bucket of buckets) counts[numberOf(bucket) - first]! += bucket.count;
  return {first, counts, total: counts.reduce((sum, count) => sum + count, 0)};
}

const placeOf = (value: number, {base, perOctave}: HistogramScale): number => Math.log2(value / base) * perOctave;

const valueAt = (place: number, {base, perOctave}: HistogramScale): number => base * 2 ** (place / perOctave);

/** Cells of a bar, and where the first one begins. Bars that do not fit are left out on the right. */
function frameOf<State>({counts}: Bars, {size}: PartModel<State>): {left: number; width: number; rows: number} {
  const left = size.width < 50 ? 6 : 8;
  const width = Math.max(1, Math.min(6, Math.floor((size.width - left) / counts.length)));
  return {left, width, rows: Math.max(1, size.height - 2)};
}

function paintBars<State>(surface: Surface, shown: Bars, model: PartModel<State>): void {
  const {theme, cursor, focused, kept} = model;
  const {left, width, rows} = frameOf(shown, model);
  const {ramp, vertical} = theme.glyphs;
  const most = shown.counts.reduce((a, b) => Math.max(a, b), 1);
  const share = (count: number) => (kept['scale'] === 1 ? Math.log1p(count) / Math.log1p(most) : count / most);
  for (let row = 0; row < rows; row++) {
    const label = row === 0 ? quantity(most) : row === rows - 1 && rows > 1 ? '0' : '';
    const axis = label === '' ? vertical : drawingOf(theme).tee;
    paintLine(
      surface,
      row + 1,
      [
        [label.padStart(left - 1), 'dim'],
        [axis, 'dim'],
      ],
      theme,
      {width: left},
    );
  }
  for (const [index, count] of shown.counts.entries()) {
    if (count === 0) continue;
    const eighths = Math.max(1, Math.round(share(count) * rows * ramp.length));
    const role: Role = focused && cursor === shown.first + index ? 'warn' : 'accent';
    for (let row = 0; row * ramp.length < eighths; row++) {
      const glyph = ramp[Math.min(ramp.length, eighths - row * ramp.length) - 1]!;
      const bar = glyph.repeat(width > 2 ? width - 1 : width);
      surface.text(left + index * width, rows - row, bar, theme.roles[role]);
    }
  }
}

/** What the cross-hair is on; without the keys, what is marked. */
function headOf<State>(data: HistogramData, shown: Bars, model: PartModel<State>, scale: HistogramScale): Line {
  const {cursor, focused} = model;
  const marks = (data.marks ?? []).flatMap<Line[number]>(({label, value}) => [
    [`${label} `, 'dim'],
    [`${quantity(value, data.unit)}  `, 'strong'],
  ]);
  const count = shown.counts[cursor - shown.first];
  if (!focused || count === undefined) return marks;
  const below = shown.counts.slice(0, cursor - shown.first + 1).reduce((sum, one) => sum + one, 0);
  const percent = (part: number) => quantity((part / Math.max(1, shown.total)) * 100, '%');
  const [from, to] = [cursor, cursor + 1].map(number => quantity(valueAt(number, scale), data.unit));
  return [
    [`${from} to ${to} `, 'strong'],
    [`${count}`, 'warn'],
    [` of ${shown.total}, ${percent(count)}; `, 'plain'],
    [`${percent(below)} within ${to}  `, 'dim'],
    ...marks,
  ];
}

/** Under the bars: the values at both ends, and the marks that have room. */
function paintFoot<State>(
  surface: Surface,
  data: HistogramData,
  shown: Bars,
  model: PartModel<State>,
  scale: HistogramScale,
): void {
  const {theme} = model;
  const {left, width, rows} = frameOf(shown, model);
  if (surface.height < rows + 2) return;
  const end = left + shown.counts.length * width;
  const texts = [
    {x: left, text: quantity(valueAt(shown.first, scale), data.unit), role: 'dim' as Role},
    ...(data.marks ?? []).flatMap(({label, value}) =>
      value > 0
        ? [{x: left + Math.floor((placeOf(value, scale) - shown.first) * width), text: label, role: 'warn' as Role}]
        : [],
    ),
  ];
  const to = quantity(valueAt(shown.first + shown.counts.length, scale), data.unit);
  texts.splice(1, 0, {x: Math.min(surface.width, end) - lineWidth([to]), text: to, role: 'dim'});
  // What would run into what stands there already is left out.
  const taken: {from: number; to: number}[] = [];
  for (const {x, text, role} of texts) {
    const until = x + lineWidth([text]);
    if (x < left || until > surface.width || taken.some(one => x <= one.to && until >= one.from)) continue;
    taken.push({from: x, to: until});
    paintLine(surface, rows + 1, [[text, role]], theme, {x});
  }
}

function csvOf({buckets}: HistogramData): string {
  return ['from,to,count', ...buckets.map(({from, to, count}) => `${from},${to},${count}`)].join('\n');
}
