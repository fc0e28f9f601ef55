import {describe, expect, test} from 'vitest';
import {width} from '../../../src/terminal/width.ts';
import {moved} from '../../../src/ui/parts/order.ts';
import {SortMemory} from '../../../src/ui/parts/sort-memory.ts';
import {tablePart} from '../../../src/ui/parts/table.ts';
import {placeColumns} from '../../../src/ui/parts/table-columns.ts';
import type {PartModel} from '../../../src/ui/view.ts';
import {ascii, hostile, type PaintOptions, paintPart, paneModel, unicode} from './painting.ts';

interface Connection {
  readonly peer: string;
  readonly bytes: number;
  readonly state: string;
}
type State = Readonly<Record<number, Connection>>;

const item = (state: State, id: number): Connection => state[id]!;
const items = new WeakMap<State, readonly number[]>();

const part = tablePart<State>({
  id: 'connections',
  title: () => 'Connections',
  items({state}) {
    const known = items.get(state) ?? Object.keys(state).map(Number);
    items.set(state, known);
    return known;
  },
  columns: [
    {
      id: 'peer',
      head: 'peer',
      width: 14,
      grow: 1,
      rank: 9,
      cell: (id, {state}) => item(state, id).peer,
      key: (id, {state}) => item(state, id).peer,
    },
    {
      id: 'bytes',
      head: 'bytes',
      width: 8,
      align: 'right',
      rank: 5,
      cell: (id, {state}) => String(item(state, id).bytes),
      key: (id, {state}) => item(state, id).bytes,
    },
    {id: 'state', head: 'state', width: 12, rank: 3, cell: (id, {state}) => [[item(state, id).state, 'good']]},
    {id: 'id', head: 'id', width: 20, grow: 2, rank: 1, cell: id => `the number ${id}`},
  ],
  empty: () => 'Nobody is connected. Press n to connect.',
});

const state: State = {
  10: {peer: '127.0.2.1:40112', bytes: 5, state: 'ESTABLISHED'},
  11: {peer: '漢字.example:443', bytes: 70_000, state: 'FIN_WAIT2'},
  14: {peer: hostile, bytes: 12, state: 'CLOSE_WAIT'},
};

function paint(options: PaintOptions, theme = unicode) {
  return paintPart(part, paneModel(state, {theme}), options);
}

describe('columns', () => {
  test('at 78 columns', () => {
    expect(paint({width: 78, height: 5, cursor: 11}).picture).toMatchInlineSnapshot(`
      "|  peer                    bytes  state         id                             |
      |  127.0.2.1:40112             5  ESTABLISHED   the number 10                  |
      |▸ 漢字.example:443        70000  FIN_WAIT2     the number 11                  |
      |  漢字👩‍👩‍👧é\\x1b[31m\\u{…        12  CLOSE_WAIT    the number 14                  |
      |                                                                              |"
    `);
  });

  test('at 118 columns, in ASCII, sorted downwards', () => {
    expect(
      paint({width: 118, height: 5, cursor: 11, kept: {sort: 3, turned: 1}}, ascii).picture,
    ).toMatchInlineSnapshot(`
      "|  peer                               bytes v  state         id                                                        |
      |> 漢字.example:443                     70000  FIN_WAIT2     the number 11                                             |
      |  漢字👩‍👩‍👧é\\x1b[31m\\u{202e}evil\\x00         12  CLOSE_WAIT    the number 14                                             |
      |  127.0.2.1:40112                          5  ESTABLISHED   the number 10                                             |
      |                                                                                                                      |"
    `);
  });

  test('at 38 columns the least important have gone', () => {
    expect(paint({width: 38, height: 5, cursor: 14}).picture).toMatchInlineSnapshot(`
      "|  peer                           bytes|
      |  127.0.2.1:40112                    5|
      |  漢字.example:443               70000|
      |▸ 漢字👩‍👩‍👧é\\x1b[31m\\u{202e}ev…        12|
      |                                      |"
    `);
  });

  test.each([1, 3, 9, 16, 24])('at %i columns nothing breaks', cells => {
    for (const line of paint({width: cells, height: 5}).lines) expect(width(line)).toBeLessThanOrEqual(cells);
  });

  test('what is left over is shared exactly, and what is kept fits', () => {
    const make = (id: string, cells: number, rank: number, grow: number) => ({
      id,
      head: id,
      width: cells,
      rank,
      grow,
      cell: () => '',
    });
    const columns = [make('a', 10, 3, 1), make('b', 10, 1, 2), make('c', 10, 2, 0)];
    expect(placeColumns(columns, 41).map(({column, width: cells}) => [column.id, cells])).toEqual([
      ['a', 12],
      ['b', 15],
      ['c', 10],
    ]);
    expect(placeColumns(columns, 33).map(({column, width: cells}) => [column.id, cells])).toEqual([
      ['a', 21],
      ['c', 10],
    ]);
    expect(placeColumns(columns, 5).map(({column, width: cells}) => [column.id, cells])).toEqual([['a', 5]]);
  });

  test('an empty table says what to do', () => {
    expect(paintPart(part, paneModel({}), {width: 60, height: 3}).lines[1]).toBe(
      '  Nobody is connected. Press n to connect.',
    );
  });
});

describe('sorting', () => {
  const order = (model: PartModel<State>) => {
    const found = part.order!(model)!;
    return Array.from({length: found.length}, (_, place) => found.at(place));
  };

  test('< and > walk through the columns that can be sorted, I turns around', () => {
    const {model} = paint({width: 78, height: 5});
    let kept = {};
    const press = (key: string) => {
      kept = {...kept, ...part.press!(key, {...model, kept})!.keep};
      return order({...model, kept});
    };
    expect(order(model)).toEqual([10, 11, 14]);
    expect(press('>'), 'by peer').toEqual([10, 11, 14]);
    expect(press('I')).toEqual([14, 11, 10]);
    expect(press('>'), 'by bytes').toEqual([10, 14, 11]);
    expect(press('I')).toEqual([11, 14, 10]);
    expect(press('>')).toEqual([10, 11, 14]);
    expect(press('<')).toEqual([10, 14, 11]);
    expect(part.press!('z', model)).toBeUndefined();
  });

  test('the cursor stays on its item, and moves as the rows stand', () => {
    const painted = paint({width: 78, height: 5, cursor: 14, kept: {sort: 3, turned: 1}});
    expect(painted.lines.findIndex(line => line.startsWith('▸'))).toBe(2);
    expect(moved(part, painted.model, {rows: 1})).toBe(10);
    expect(part.at!(5, 1, painted.model)).toBe(11);
  });

  test('while somebody reads, the order stays: new rows come at the end and vanished ones leave', () => {
    const memory = new SortMemory();
    let sizes: Record<number, number> = {1: 5, 2: 9, 3: 7};
    const sorting = {id: 'size', down: true, key: (id: number) => sizes[id]!};
    expect(memory.sorted([1, 2, 3], sorting, true, 0)).toEqual([2, 3, 1]);
    sizes = {1: 50, 3: 7, 4: 99};
    expect(memory.sorted([1, 3, 4], sorting, true, 10)).toEqual([3, 1, 4]);
    expect(memory.sorted([1, 3, 4], sorting, false, 10)).toEqual([4, 1, 3]);
    sizes = {1: 50, 3: 700, 4: 99};
    expect(memory.sorted([1, 3, 4], sorting, false, 10.5), 'not twice a second').toEqual([4, 1, 3]);
    expect(memory.sorted([1, 3, 4], {...sorting, down: false}, true, 10.6), 'but at once when asked').toEqual([
      1, 4, 3,
    ]);
  });

  test('numbers, big numbers and texts sort by their value, and equals keep their order', () => {
    const keys = ['b', 10n, 2, 'a', 2];
    const sorting = {id: 'mixed', down: false, key: (id: number) => keys[id]!};
    expect(new SortMemory().sorted([0, 1, 2, 3, 4], sorting, false, 0)).toEqual([2, 4, 1, 3, 0]);
  });
});

test('copying takes whole cells, also those that are not shown', () => {
  const {model} = paint({width: 38, height: 5, cursor: 10});
  expect(part.copies!(model).map(copy => copy.text.split('\n')[0])).toEqual([
    '127.0.2.1:40112  5  ESTABLISHED  the number 10',
    '127.0.2.1:40112\t5\tESTABLISHED\tthe number 10',
    'peer\tbytes\tstate\tid',
  ]);
});
