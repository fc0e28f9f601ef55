import {describe, expect, test} from 'vitest';
import {listPart} from '../../../src/ui/parts/list.ts';
import {growingOrder, hasItems, listedOrder, moved, rangeOrder} from '../../../src/ui/parts/order.ts';
import {hostile, paintPart, paneModel, unicode} from './painting.ts';

const part = listPart<{first: number; end: number}>({
  id: 'list',
  title: () => 'List',
  range: model => model.state,
  head: () => ['what it is'],
  row: item => [`row ${item} `, [hostile, 'good']],
  empty: () => 'Nothing has happened.',
});

describe('the list', () => {
  test('shows its head, its rows and a mark at the cursor', () => {
    const painted = paintPart(part, paneModel({first: 100, end: 103}), {width: 40, height: 5, cursor: 101});
    expect(painted.picture).toMatchInlineSnapshot(`
      "|  what it is                            |
      |  row 100 漢字👩‍👩‍👧é\\x1b[31m\\u{202e}evil\\x…|
      |▸ row 101 漢字👩‍👩‍👧é\\x1b[31m\\u{202e}evil\\x…|
      |  row 102 漢字👩‍👩‍👧é\\x1b[31m\\u{202e}evil\\x…|
      |                                        |"
    `);
    expect([painted.style(0, 2), painted.style(39, 2)]).toEqual([unicode.roles.cursor, unicode.roles.cursor]);
    expect(painted.style(4, 0)).toBe(unicode.roles.dim);
    expect(part.copies!(painted.model)[0]!.text).toBe('row 101 漢字👩‍👩‍👧e\u0301\\x1b[31m\\u{202e}evil\\x00');
  });

  test('without the keys the mark stays and the row is not inverse', () => {
    const painted = paintPart(part, paneModel({first: 100, end: 103}), {
      width: 40,
      height: 5,
      cursor: 101,
      focused: false,
    });
    expect(painted.lines[2]).toMatch(/^▸ row 101/);
    expect(painted.style(20, 2)).toBe(unicode.roles.good);
  });

  test('when it is empty it says why, and there is nothing to copy', () => {
    const painted = paintPart(part, paneModel({first: 0, end: 0}), {width: 40, height: 3});
    expect(painted.lines[1]).toBe('  Nothing has happened.');
    expect(part.copies!(painted.model)).toEqual([]);
    expect(hasItems(part, paneModel({first: 0, end: 0}))).toBe(false);
    expect(hasItems(part, paneModel({first: 4, end: 5}))).toBe(true);
  });

  test('a click finds the row under it, and nothing below the last', () => {
    const {model} = paintPart(part, paneModel({first: 100, end: 103}), {width: 40, height: 6});
    expect([0, 1, 3, 4].map(y => part.at!(0, y, model))).toEqual([undefined, 100, 102, undefined]);
  });

  test('items that leave at the front take the cursor along only when it stood on them', () => {
    const first = paintPart(part, paneModel({first: 0, end: 500}), {width: 40, height: 6, cursor: 50});
    const later = paintPart(part, paneModel({first: 20, end: 520}), {width: 40, height: 6, pane: first.pane});
    expect([later.model.cursor, later.model.top]).toEqual([50, first.model.top]);
    const gone = paintPart(part, paneModel({first: 200, end: 700}), {width: 40, height: 6, pane: first.pane});
    expect([gone.model.cursor, gone.model.top]).toEqual([200, 200]);
  });
});

describe('moving', () => {
  const {model} = paintPart(part, paneModel({first: 100, end: 200}), {width: 40, height: 11, cursor: 150});

  test.each([
    [{items: 1}, 151],
    [{items: -1}, 149],
    [{rows: 5}, 155],
    [{pages: 1}, 160],
    [{pages: -1}, 140],
    [{rows: 1000}, 199],
    [{items: -1000}, 100],
    ['first', 100],
    ['last', 199],
  ] as const)('%j goes to %i', (move, item) => {
    expect(moved(part, model, move)).toBe(item);
  });

  test('in rows of several items the column is kept, except where the last row is shorter', () => {
    const grid = {...part, perRow: () => 16, fixedRows: () => 0};
    const at = (cursor: number) => ({...model, state: {first: 0, end: 100}, cursor});
    expect(moved(grid, at(37), {rows: -1})).toBe(21);
    expect(moved(grid, at(5), {rows: -1})).toBe(5);
    expect(moved(grid, at(87), {rows: 1})).toBe(99);
    expect(moved(grid, at(99), {rows: 1})).toBe(99);
    expect(moved(grid, at(99), {rows: -1})).toBe(83);
  });
});

test('orders: places and items lead to each other, and what is missing to a neighbour', () => {
  const seqs = [3, 7, 12];
  const growing = growingOrder({length: 3, at: place => seqs[place]!});
  expect([0, 3, 4, 7, 12, 13].map(growing.placeOf)).toEqual([0, 0, 1, 1, 2, 2]);
  const listed = listedOrder([9, 2, 5]);
  expect([9, 2, 5, 77].map(listed.placeOf)).toEqual([0, 1, 2, 0]);
  const range = rangeOrder({first: 10, end: 5});
  expect(range.length).toBe(0);
});
