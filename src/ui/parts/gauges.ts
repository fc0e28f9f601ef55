import type {Surface} from '../../terminal/surface.ts';
import type {Role, Theme} from '../theme.ts';
import type {Line, PaneModel, Part} from '../view.ts';
import {drawingOf} from './drawing.ts';
import {lineWidth, paintLine} from './line.ts';
import {quantity, type Unit} from './quantity.ts';

/** How full something is: a queue, a buffer, a window. */
export interface Gauge {
  readonly label: string;
  readonly value: number;
  /** Absent when nobody knows it: then there is a number and no bar. */
  readonly max?: number;
  readonly unit?: Unit;
  readonly role?: Role;
  /** A word on its state, such as `frozen`. By default it says when it is full. */
  readonly note?: string;
}

/** From this width on a gauge takes one row; below, its bar stands under its label. */
const oneRowFrom = 50;

/** Bars under each other, their labels and ends lined up. */
export function gaugesPart<State>(
  id: string,
  title: string | ((model: PaneModel<State>) => string),
  gauges: (model: PaneModel<State>) => readonly Gauge[],
): Part<State> {
  return {
    id,
    title: model => (typeof title === 'string' ? title : title(model)),
    paint(surface, model) {
      paintGauges(surface, gauges(model), model.theme);
    },
  };
}

/** Rows that these gauges take at this width. */
export function gaugeRows(gauges: readonly Gauge[], cells: number): number {
  return gauges.length * (cells < oneRowFrom ? 2 : 1);
}

/** Paints gauges from the top of the surface on and gives the rows they took. */
export function paintGauges(surface: Surface, gauges: readonly Gauge[], theme: Theme): number {
  const cells = surface.width;
  if (cells < oneRowFrom) {
    for (const [index, gauge] of gauges.entries()) paintNarrow(surface, index * 2, gauge, theme);
    return gauges.length * 2;
  }
  const labels = Math.min(24, cells >> 2, Math.max(0, ...gauges.map(gauge => lineWidth([gauge.label]))));
  const figures = gauges.map(gauge => figureOf(gauge));
  const figure = Math.min(cells >> 1, Math.max(0, ...figures.map(lineWidth)));
  const bar = Math.max(4, Math.min(40, cells - labels - figure - 3));
  for (const [y, gauge] of gauges.entries()) {
    paintLine(surface, y, [gauge.label], theme, {width: labels});
    paintLine(surface, y, [barOf(gauge, bar, theme)], theme, {x: labels + 1, width: bar});
    paintLine(surface, y, figures[y]!, theme, {x: labels + bar + 2});
  }
  return gauges.length;
}

function paintNarrow(surface: Surface, y: number, gauge: Gauge, theme: Theme): void {
  const figure = figureOf(gauge);
  const room = Math.max(4, surface.width - lineWidth(figure) - 1);
  paintLine(surface, y, [gauge.label], theme, {width: room});
  paintLine(surface, y, figure, theme, {x: Math.max(room + 1, surface.width - lineWidth(figure))});
  paintLine(surface, y + 1, [barOf(gauge, surface.width, theme)], theme);
}

/** `▕████░░▏`, exactly so many cells. A little is never drawn as nothing, and not quite full never as full. */
export function barText(value: number, max: number | undefined, cells: number, theme: Theme): string {
  const {open, shut, sliver} = drawingOf(theme);
  const {full, empty} = theme.glyphs;
  const room = Math.max(0, cells - 2);
  if (max === undefined) return ' '.repeat(cells);
  const share = max > 0 ? Math.max(0, Math.min(1, value / max)) : value > 0 ? 1 : 0;
  const rounded = Math.round(share * room);
  const filled = share < 1 ? Math.min(rounded, room - 1) : room;
  const trace = value > 0 && filled === 0 && room > 0 ? sliver : '';
  return `${open}${full.repeat(Math.max(0, filled))}${trace}${empty.repeat(Math.max(0, room - filled - trace.length))}${shut}`.slice(
    0,
    cells,
  );
}

function barOf({value, max, role}: Gauge, cells: number, theme: Theme): Line[number] {
  const full = max !== undefined && value >= max && max > 0;
  return [barText(value, max, cells, theme), role ?? (full ? 'warn' : 'accent')];
}

function figureOf({value, max, unit = '', note}: Gauge): Line {
  const line: Line[number][] = [[quantity(value, unit), 'strong']];
  if (max !== undefined) line.push([` of ${quantity(max, unit)}`, 'dim']);
  const state = note ?? (max !== undefined && max > 0 && value >= max ? (value > max ? 'over' : 'full') : undefined);
  if (state !== undefined) line.push([`  ${state}`, 'warn']);
  return line;
}
