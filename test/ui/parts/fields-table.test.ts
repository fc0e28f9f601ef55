import {describe, expect, test} from 'vitest';
import {Grid} from '../../../src/terminal/grid.ts';
import {newPaneState, type PaneState, paintPane} from '../../../src/ui/pane.ts';
import {type DecodedField, fieldsPart, followFields} from '../../../src/ui/parts/fields-table.ts';
import {hexPart} from '../../../src/ui/parts/hex-grid.ts';
import {columns} from '../../../src/ui/parts/stack.ts';
import type {View} from '../../../src/ui/view.ts';
import {ascii, hostile, paintPart, paneModel, unicode} from './painting.ts';

const bytes = Uint8Array.from({length: 40}, (_, k) => 0x41 + k);
const fields: readonly DecodedField[] = [
  {start: 0, end: 12, label: 'header', value: '12 bytes', meaning: 'starts every record'},
  {start: 0, end: 4, label: 'magic', value: '"ABCD"', meaning: 'names the format', depth: 1},
  {start: 4, end: 5, label: 'version', value: '69', depth: 1},
  {start: 5, end: 8, label: '', value: '', padding: true, depth: 1},
  {start: 8, end: 12, label: hostile, value: hostile, meaning: hostile, depth: 1},
  {start: 12, end: 12, label: 'nothing', value: '[]'},
];

const table = fieldsPart<object>({
  id: 'fields',
  title: () => 'Fields',
  fields: () => fields,
  hex: 'hex',
  explain: field => ({title: field.label, says: field.meaning ?? ''}),
});

test('fields are indented by depth, at 38 columns', () => {
  const painted = paintPart(table, paneModel({}, {theme: unicode}), {width: 38, height: 7, cursor: 2});
  expect(painted.picture).toMatchInlineSnapshot(`
    "|  field           bytes  value        |
    |  header           0-11  12 bytes     |
    |    magic           0-3  "ABCD"       |
    |▸   version           4  69           |
    |    padding         5-7               |
    |    漢字👩‍👩‍👧é…       8-11  漢字👩‍👩‍👧é\\x1b[…|
    |  nothing          none  []           |"
  `);
});

test('fields are indented by depth, at 78 columns', () => {
  const painted = paintPart(table, paneModel({}, {theme: unicode}), {width: 78, height: 7, cursor: 2});
  expect(painted.picture).toMatchInlineSnapshot(`
    "|  field               bytes  value                meaning                     |
    |  header               0-11  12 bytes             starts every record         |
    |    magic               0-3  "ABCD"               names the format            |
    |▸   version               4  69                                               |
    |    padding             5-7                                                   |
    |    漢字👩‍👩‍👧é\\x1b…       8-11  漢字👩‍👩‍👧é\\x1b[31m\\u{…  漢字👩‍👩‍👧é\\x1b[31m\\u{202e}evil…|
    |  nothing              none  []                                               |"
  `);
});

test('fields are indented by depth, at 118 columns', () => {
  const painted = paintPart(table, paneModel({}, {theme: ascii}), {width: 118, height: 7, cursor: 2});
  expect(painted.picture).toMatchInlineSnapshot(`
    "|  field                       bytes  value                            meaning                                         |
    |  header                       0-11  12 bytes                         starts every record                             |
    |    magic                       0-3  "ABCD"                           names the format                                |
    |>   version                       4  69                                                                               |
    |    padding                     5-7                                                                                   |
    |    漢字👩‍👩‍👧é\\x1b[31m\\u{2~       8-11  漢字👩‍👩‍👧é\\x1b[31m\\u{202e}evil\\x00  漢字👩‍👩‍👧é\\x1b[31m\\u{202e}evil\\x00                 |
    |  nothing                      none  []                                                                               |"
  `);
});

test('colours are those of the grid, and explain gets the field', () => {
  const painted = paintPart(table, paneModel({}), {width: 78, height: 7, cursor: 2});
  const {x, y} = painted.find('magic');
  expect(painted.style(x, y)).toBe(unicode.roles.field1);
  expect(painted.style(painted.find('padding').x, painted.find('padding').y)).toBe(unicode.roles.padding);
  expect(table.explain!(painted.model)).toEqual({title: 'version', says: ''});
});

describe('beside a byte grid', () => {
  const view: View<object> = {
    parts: [
      hexPart<object>({
        id: 'hex',
        title: () => 'Bytes',
        bytes: () => ({length: bytes.length, at: (start, end) => bytes.subarray(start, end)}),
        fields: () => fields,
        ...followFields('fields', 'hex', () => fields),
      }),
      table,
    ],
    layout: size =>
      columns([{part: 'hex', atLeast: 5, share: 1}], [{part: 'fields', atLeast: 5, share: 1}], size, {wideFrom: 100}),
  };

  function paint(pane: PaneState) {
    const grid = new Grid(118, 12);
    paintPane(grid.surface(), {view, model: paneModel({}), pane, active: true});
    return grid.toLines();
  }

  test('the row follows the cursor in the bytes, to the innermost field', () => {
    const pane = newPaneState(view);
    pane.focus = 'hex';
    for (const [offset, row] of [
      [0, 1],
      [4, 2],
      [7, 3],
      [11, 4],
    ] as const) {
      pane.cursors['hex'] = offset;
      paint(pane);
      expect(pane.cursors['fields']).toBe(row);
    }
    pane.cursors['hex'] = 30;
    paint(pane);
    expect(pane.cursors['fields'], 'bytes that belong to no field leave it where it was').toBe(4);
  });

  test('the bytes follow the row: their cursor goes into the field, and stays where it is when it is in it', () => {
    const pane = newPaneState(view);
    pane.focus = 'fields';
    pane.cursors['fields'] = 4;
    paint(pane);
    expect(pane.cursors['hex']).toBe(8);
    pane.cursors['hex'] = 10;
    paint(pane);
    expect(pane.cursors['hex']).toBe(10);
    pane.cursors['fields'] = 2;
    const lines = paint(pane);
    expect(pane.cursors['hex']).toBe(4);
    expect(lines.some(line => /▸ {3}version/.test(line))).toBe(true);
  });
});
