import type {NumberState} from '../../../chapters/data/number.ts';
import type {BitSpan, NumberDescribed} from '../../../chapters/data/number-shape.ts';
import type {Surface} from '../../../terminal/surface.ts';
import {paintLine} from '../../parts/line.ts';
import type {Role} from '../../theme.ts';
import type {Line, Part, PartModel, PartReply} from '../../view.ts';

/** Bit by bit, the most significant first. Items count from the left; bit 0 is the last of them. */
export const bitsPart: Part<NumberState> = {
  id: 'bits',
  title: ({state: {number}}) =>
    `${number?.bits.length ?? 0} bits${number?.fits === false ? ', too few for it: the low ones' : ''}`,
  range: ({state: {number}}) => ({first: 0, end: number?.bits.length ?? 0}),
  perRow: ({size, state}) => perRow(size.width, state.number?.bits.length ?? 0),
  fixedRows: ({size}) => statusRows(size.height),
  paint: paintBits,
  at(x, y, model) {
    const bits = model.state.number?.bits ?? '';
    const columns = perRow(model.size.width, bits.length);
    if (y >= model.size.height - statusRows(model.size.height)) return undefined;
    const first = model.top - (model.top % columns) + y * columns;
    for (let column = 0; column < columns && first + column < bits.length; column++)
      if (cellOf(column) === x) return first + column;
    return undefined;
  },
  linked({focus, cursors, cursor, state: {number}}) {
    const span = focus === 'spans' ? number?.spans[cursors['spans'] ?? 0] : undefined;
    if (span === undefined) return undefined;
    return cursor >= span.start && cursor < span.end ? cursor : span.start;
  },
  grabs: key => ['enter', 't', '0', '1'].includes(key),
  press: pressBit,
  copies: ({state: {number}}) => (number === undefined ? [] : [{label: 'the bits', text: number.bits}]),
};

export const spanRoles: readonly Role[] = ['field0', 'field1', 'field2', 'field3', 'field4', 'field5'];

/** The index of the span a bit lies in, or -1. */
export function spanAt(spans: readonly BitSpan[], item: number): number {
  return spans.findIndex(({start, end}) => item >= start && item < end);
}

/** Rows that so many bits take in so many cells. */
export const bitRows = (cells: number, length: number) => Math.ceil(length / perRow(cells, length));

/** Digits of the number of the first bit of a row, and a gap. */
const margin = 5;

/** A gap after four bits, and a wider one after eight. */
const cellOf = (column: number) => margin + column + Math.floor(column / 4) + Math.floor(column / 8);

function perRow(cells: number, length: number): number {
  const fitting = [64, 32, 16, 8].find(columns => cellOf(columns - 1) < cells) ?? 4;
  return Math.max(1, Math.min(fitting, length));
}

const statusRows = (height: number) => (height >= 2 ? 1 : 0);

function paintBits(surface: Surface, model: PartModel<NumberState>): void {
  const {number} = model.state;
  if (number === undefined) return;
  const {theme, cursor, focused, top} = model;
  const {bits, spans} = number;
  const columns = perRow(surface.width, bits.length);
  const rows = surface.height - statusRows(surface.height);
  const lit = spanAt(spans, cursor);
  for (let y = 0, first = top - (top % columns); y < rows && first < bits.length; y++, first += columns) {
    surface.text(0, y, String(bits.length - 1 - first).padStart(margin - 1), theme.roles.dim);
    for (let item = first; item < Math.min(bits.length, first + columns); item++) {
      const span = spanAt(spans, item);
      const role: Role = item === cursor && focused ? 'cursor' : (spanRoles[span % spanRoles.length] ?? 'plain');
      const x = cellOf(item - first);
      surface.text(x, y, bits[item]!, theme.roles[role]);
      if (span === lit && span >= 0) surface.restyle({underline: true}, x, y, 1, 1);
    }
  }
  if (statusRows(surface.height) > 0)
    paintLine(surface, surface.height - 1, statusOf(number, cursor, focused), theme, {x: 1});
}

function statusOf({bits, spans, type, signed}: NumberDescribed, cursor: number, focused: boolean): Line {
  const bit = bits.length - 1 - cursor;
  const span = spans[spanAt(spans, cursor)];
  const sign = signed && cursor === 0 ? '-' : '';
  const worth = type === 'int' ? `, worth ${sign}2^${bit}` : type === 'float' ? `, of the ${span?.name}` : '';
  return [[`bit ${bit} is ${bits[cursor] ?? ''}`, 'strong'], worth, [focused ? '  Enter turns it over' : '', 'dim']];
}

function pressBit(key: string, {cursor, state: {number}}: PartModel<NumberState>): PartReply | undefined {
  const bits = number?.bits ?? '';
  if (cursor >= bits.length) return undefined;
  const turn = {action: 'toggle', args: {bit: bits.length - 1 - cursor}};
  if (key === 'enter' || key === 't') return turn;
  if (key !== '0' && key !== '1') return undefined;
  const next = {cursor: Math.min(bits.length - 1, cursor + 1)};
  return bits[cursor] === key ? next : {...turn, ...next};
}
