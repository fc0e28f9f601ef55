import type {Order, PaneModel, Part, PartModel} from '../view.ts';

/** The items of a part as they are shown; without an order of its own, its whole range. */
export function orderOf<State>(part: Part<State>, model: PartModel<State>): Order {
  return part.order?.(model) ?? rangeOrder(part.range?.(model) ?? {first: 0, end: 0});
}

/** Every item from `first` up to, not including, `end`. */
export function rangeOrder({first, end}: {readonly first: number; readonly end: number}): Order {
  return {length: Math.max(0, end - first), at: place => first + place, placeOf: item => item - first};
}

/** Items that only grow, such as the sequence numbers a filter let through. Those between two belong to the later one. */
export function growingOrder(items: {readonly length: number; readonly at: (place: number) => number}): Order {
  const {length} = items;
  return {
    length,
    at: items.at,
    placeOf(item) {
      let low = 0;
      let high = length;
      while (low < high) {
        const middle = (low + high) >> 1;
        if (items.at(middle) < item) low = middle + 1;
        else high = middle;
      }
      return Math.min(low, Math.max(0, length - 1));
    },
  };
}

/** Items in any order. One that is not among them counts as the first. */
export function listedOrder(items: readonly number[]): Order {
  const places = new Map(items.map((item, place) => [item, place]));
  return {length: items.length, at: place => items[place]!, placeOf: item => places.get(item) ?? 0};
}

/** A move of the cursor: so many items or rows on (negative: back), a page, or to an end. */
export type Move = {readonly items: number} | {readonly rows: number} | {readonly pages: number} | 'first' | 'last';

/** The item the cursor stands on after a move; it stays within what is shown. */
export function moved<State>(part: Part<State>, model: PartModel<State>, move: Move): number {
  const order = orderOf(part, model);
  if (order.length === 0) return model.cursor;
  const last = order.length - 1;
  if (move === 'first' || move === 'last') return order.at(move === 'first' ? 0 : last);
  const place = order.placeOf(model.cursor);
  const perRow = part.perRow?.(model) ?? 1;
  if ('items' in move) return order.at(clamp(place + move.items, last));
  const page = Math.max(1, model.size.height - (part.fixedRows?.(model) ?? 0));
  const rows = 'rows' in move ? move.rows : move.pages * page;
  const column = place % perRow;
  const row = clamp((place - column) / perRow + rows, Math.floor(last / perRow));
  return order.at(clamp(row * perRow + column, last));
}

/** Whether the part has anything to stand on now. */
export function hasItems<State>(part: Part<State>, model: PaneModel<State>): boolean {
  const range = part.range?.(model);
  return range !== undefined && range.end > range.first;
}

function clamp(value: number, last: number): number {
  return Math.max(0, Math.min(last, value));
}
