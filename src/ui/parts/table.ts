import type {Explanation, Order, PaneModel, Part, PartModel, PartReply} from '../view.ts';
import {lineText} from './line.ts';
import {listMargin, listPart} from './list.ts';
import {listedOrder, orderOf, rangeOrder} from './order.ts';
import {SortMemory} from './sort-memory.ts';
import {placeColumns, type TableColumn, tableHead, tableRow} from './table-columns.ts';

export interface TableOf<State> {
  readonly id: string;
  title(model: PaneModel<State>): string;
  readonly columns: readonly TableColumn<State>[];
  /** The rows by their identities. An array that is replaced when it changes, never changed in place. */
  items(model: PaneModel<State>): readonly number[];
  /** The column it is sorted by at first, by its id. Default: the order of `items`. */
  readonly sortedBy?: {readonly column: string; readonly down?: boolean};
  empty?(model: PaneModel<State>): string;
  readonly follows?: boolean;
  linked?(model: PartModel<State>): number | undefined;
  grabs?(key: string, model: PartModel<State>): boolean;
  press?(key: string, model: PartModel<State>): PartReply | undefined;
  explain?(model: PartModel<State>): Explanation | undefined;
}

/**
 * Rows in columns. `<` and `>` choose the column it is sorted by, `I` turns the order around. The order stays as it is
 * while the reader is in the table. Columns that do not fit are left out, the least important first.
 */
export function tablePart<State>(table: TableOf<State>): Part<State> {
  const orders = tableOrders(table);
  const placedFor = widthMemo((cells: number) => placeColumns(table.columns, cells));
  const placed = (model: PartModel<State>) => placedFor(model.size.width - listMargin);
  const {empty, follows, linked, grabs, explain} = table;
  const part: Part<State> = listPart<State>({
    id: table.id,
    title: table.title,
    range: model => rangeOf(table.items(model)),
    order: orders,
    head: model => tableHead(placed(model), sortOf(table, model), model.theme),
    row: (item, model) => tableRow(item, placed(model), model),
    ...(empty !== undefined && {empty}),
    ...(follows !== undefined && {follows}),
    ...(linked !== undefined && {linked}),
    ...(grabs !== undefined && {grabs}),
    ...(explain !== undefined && {explain}),
    press: (key, model) => table.press?.(key, model) ?? pressSort(table, key, model),
    copies(model) {
      if (orderOf(part, model).length === 0) return [];
      const cells = table.columns.map(({cell}) => textOf(cell(model.cursor, model)));
      return [
        {label: 'the row', text: cells.filter(text => text !== '').join('  ')},
        {label: 'the row with tabs', text: cells.join('\t')},
        {label: 'the table with tabs', text: wholeTable(table, orderOf(part, model), model)},
      ];
    },
  });
  return part;
}

/** The most rows that are copied at once. */
const mostCopied = 10_000;

function wholeTable<State>({columns}: TableOf<State>, order: Order, model: PartModel<State>): string {
  const rows = Array.from({length: Math.min(order.length, mostCopied)}, (_, place) =>
    columns.map(({cell}) => textOf(cell(order.at(place), model))).join('\t'),
  );
  return [columns.map(({head}) => head).join('\t'), ...rows].join('\n');
}

function textOf(cell: ReturnType<TableColumn<unknown>['cell']>): string {
  return typeof cell === 'string' ? cell : lineText(cell);
}

function rangeOf(items: readonly number[]): {first: number; end: number} {
  return {first: items[0] ?? 0, end: items.length === 0 ? (items[0] ?? 0) : (items[0] ?? 0) + items.length};
}

/** The order now. Memory of it is kept for each run, known by its ask. */
function tableOrders<State>(table: TableOf<State>): (model: PartModel<State>) => Order {
  const memories = new WeakMap<object, {memory: SortMemory; last: readonly number[]; order: Order}>();
  return model => {
    const items = table.items(model);
    const sort = sortOf(table, model);
    if (items.length === 0) return rangeOrder({first: 0, end: 0});
    let kept = memories.get(model.ask);
    if (kept === undefined) {
      kept = {memory: new SortMemory(), last: [], order: rangeOrder({first: 0, end: 0})};
      memories.set(model.ask, kept);
    }
    const key = sort?.column.key;
    const rows =
      sort === undefined || key === undefined
        ? items
        : kept.memory.sorted(
            items,
            {id: sort.column.id, down: sort.down, key: item => key(item, model)},
            model.focused,
            model.now,
          );
    if (rows !== kept.last) {
      kept.last = rows;
      kept.order = listedOrder(rows);
    }
    return kept.order;
  };
}

/** `kept.sort` is 0 for what the table says of itself, 1 for unsorted, and from 2 on a column; `kept.turned` reverses. */
function sortOf<State>(
  {columns, sortedBy}: TableOf<State>,
  {kept}: PartModel<State>,
): {column: TableColumn<State>; down: boolean} | undefined {
  const choice = kept['sort'] ?? 0;
  const column = choice === 0 ? columns.find(({id}) => id === sortedBy?.column) : columns[choice - 2];
  const down = choice === 0 && sortedBy?.down === true;
  return column?.key === undefined ? undefined : {column, down: (kept['turned'] === 1) !== down};
}

function pressSort<State>(table: TableOf<State>, key: string, model: PartModel<State>): PartReply | undefined {
  if (key === 'I') return {keep: {turned: model.kept['turned'] === 1 ? 0 : 1}};
  if (key !== '<' && key !== '>') return undefined;
  const choices = [1, ...table.columns.flatMap((column, index) => (column.key === undefined ? [] : [index + 2]))];
  const current = sortOf(table, model);
  const now = choices.indexOf(current === undefined ? 1 : table.columns.indexOf(current.column) + 2);
  const next = choices[(now + (key === '>' ? 1 : choices.length - 1)) % choices.length]!;
  return {keep: {sort: next, turned: 0}};
}

/** Keeps the answer for the last width: rows of one frame all ask for the same. */
function widthMemo<T>(make: (cells: number) => T): (cells: number) => T {
  let last: {cells: number; made: T} | undefined;
  return cells => {
    if (last?.cells !== cells) last = {cells, made: make(cells)};
    return last.made;
  };
}
