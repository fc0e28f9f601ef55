import {describe, expect, test} from 'vitest';
import {packedStyle} from '../../../src/terminal/style.ts';
import {width} from '../../../src/terminal/width.ts';
import type {HexBytes, HexField} from '../../../src/ui/parts/hex-fields.ts';
import {fieldAt} from '../../../src/ui/parts/hex-fields.ts';
import {type HexOf, hexPart} from '../../../src/ui/parts/hex-grid.ts';
import {bases, byteX, columnAt, hexLayout} from '../../../src/ui/parts/hex-layout.ts';
import {moved} from '../../../src/ui/parts/order.ts';
import {makeTheme} from '../../../src/ui/theme.ts';
import {hexSurface} from '../../../src/wire/hex/surface.ts';
import {ascii, type PaintOptions, paintPart, paneModel, unicode} from './painting.ts';

interface State {
  readonly bytes: HexBytes;
  readonly fields: readonly HexField[];
}

const declared: HexOf<State> = {
  id: 'hex',
  title: () => 'Bytes',
  bytes: model => model.state.bytes,
  fields: model => model.state.fields,
  edit: {action: 'poke'},
};
const part = hexPart(declared);

function held(bytes: Uint8Array): HexBytes {
  return {length: bytes.length, at: (start, end) => bytes.subarray(start, end)};
}

/** struct '<4sBxHI' and then text with everything a gutter must not print. */
const record = Uint8Array.of(
  ...[0x57, 0x49, 0x52, 0x45, 0x07, 0x00, 0x90, 0x1f, 0x44, 0x33, 0x22, 0x11],
  ...new TextEncoder().encode('hé\x1b[31m漢\u202e\0 and more text than fits into one row of bytes'),
);
const fields: readonly HexField[] = [
  {start: 0, end: 4, label: 'magic'},
  {start: 4, end: 5, label: 'version'},
  {start: 5, end: 6, label: 'pad', padding: true},
  {start: 6, end: 8, label: 'port'},
  {start: 8, end: 12, label: 'size'},
];
const state: State = {bytes: held(record), fields};

function paint(options: PaintOptions, theme = unicode, of = part) {
  return paintPart(of, paneModel(state, {theme}), options);
}

describe('the picture', () => {
  test('at 78 columns: sixteen bytes a row', () => {
    expect(paint({width: 78, height: 10, cursor: 6}).picture).toMatchInlineSnapshot(`
      "|      00 01 02 03 04 05 06 07  08 09 0a 0b 0c 0d 0e 0f                        |
      |0000  57 49 52 45 07 ·· 90 1f  44 33 22 11 68 c3 a9 1b  WIRE····D3"·h···      |
      |0010  5b 33 31 6d e6 bc a2 e2  80 ae 00 20 61 6e 64 20  [31m······· and       |
      |0020  6d 6f 72 65 20 74 65 78  74 20 74 68 61 6e 20 66  more text than f      |
      |0030  69 74 73 20 69 6e 74 6f  20 6f 6e 65 20 72 6f 77  its into one row      |
      |0040  20 6f 66 20 62 79 74 65  73                        of bytes             |
      |                                                                              |
      |                                                                              |
      |@6 0x6  port 6-7  0x90 144 0b10010000                      Enter: change bytes|
      |u16 8080 LE 36895 BE  above ASCII                                             |"
    `);
  });
  test('at 38 columns: eight', () => {
    expect(paint({width: 38, height: 14, cursor: 6}).picture).toMatchInlineSnapshot(`
      "|     00 01 02 03 04 05 06 07          |
      |0000 57 49 52 45 07 ·· 90 1f  WIRE····|
      |0008 44 33 22 11 68 c3 a9 1b  D3"·h···|
      |0010 5b 33 31 6d e6 bc a2 e2  [31m····|
      |0018 80 ae 00 20 61 6e 64 20  ··· and |
      |0020 6d 6f 72 65 20 74 65 78  more tex|
      |0028 74 20 74 68 61 6e 20 66  t than f|
      |0030 69 74 73 20 69 6e 74 6f  its into|
      |0038 20 6f 6e 65 20 72 6f 77   one row|
      |0040 20 6f 66 20 62 79 74 65   of byte|
      |0048 73                       s       |
      |                                      |
      |@6 0x6  port 6-7  0x90 144 0b10010000 |
      |u16 8080 LE 36895 BE  above ASCII     |"
    `);
  });
  test('at 118 columns, in ASCII and decimal', () => {
    expect(paint({width: 118, height: 10, cursor: 8, kept: {base: 1}}, ascii).picture).toMatchInlineSnapshot(`
      "|      00  01  02  03  04  05  06  07   08  09  0a  0b  0c  0d  0e  0f                                                 |
      |0000  087 073 082 069 007 ... 144 031  068 051 034 017 104 195 169 027  WIRE....D3".h...                              |
      |0010  091 051 049 109 230 188 162 226  128 174 000 032 097 110 100 032  [31m....... and                               |
      |0020  109 111 114 101 032 116 101 120  116 032 116 104 097 110 032 102  more text than f                              |
      |0030  105 116 115 032 105 110 116 111  032 111 110 101 032 114 111 119  its into one row                              |
      |0040  032 111 102 032 098 121 116 101  115                               of bytes                                     |
      |                                                                                                                      |
      |                                                                                                                      |
      |@8 0x8  size 8-11  0x44 68 0b01000100 'D'  u16 13124 LE 17459 BE  u32 287454020 LE 1144201745 BE   Enter: change bytes|
      |u64 1993339161819624260 LE 4914309076558784795 BE                                                                     |"
    `);
  });
  test('in bits, at 38 columns and with little height', () => {
    expect(paint({width: 38, height: 5, cursor: 4, kept: {base: 3}}).picture).toMatchInlineSnapshot(`
      "|0000 01010111 01001001  WI            |
      |0002 01010010 01000101  RE            |
      |0004 00000111 ········  ··            |
      |0006 10010000 00011111  ··            |
      |@4 0x4  version 4  0x07 7 0b00000111  |"
    `);
  });
});

describe('colours and marks', () => {
  const {roles} = unicode;

  test('a field has its colour by its place among the fields, padding is dim dots, the selected field is underlined', () => {
    const {style} = paint({width: 78, height: 10, cursor: 6});
    expect(style(6, 1)).toBe(roles.field0);
    expect(style(56, 1)).toBe(roles.field0);
    expect(style(8, 1), 'the gap within a field').toBe(roles.field0);
    expect(style(18, 1)).toBe(roles.field1);
    expect(style(21, 1)).toBe(roles.padding);
    expect(packedStyle(style(27, 1))).toEqual({...packedStyle(roles.field3), bits: 8 | 1});
    expect([style(6, 2), style(18, 2), style(37, 2)], 'by kind: [ and é and NUL').toEqual([
      roles.plain,
      roles.call,
      roles.dim,
    ]);
  });

  test('without colours the selection is still one unbroken underlined stretch, in the digits and in the text', () => {
    for (const theme of [unicode, makeTheme('contrast')]) {
      const {style} = paint({width: 78, height: 10, cursor: 9, focused: false}, theme);
      const underlined = (x: number) => (packedStyle(style(x, 1)).bits & 8) !== 0;
      expect([31, 32, 33, 34, 35, 36, 41].map(underlined), 'bytes 8 to 11').toEqual([
        true,
        true,
        true,
        true,
        true,
        true,
        true,
      ]);
      expect([64, 65, 66, 67].map(underlined)).toEqual([true, true, true, true]);
      expect(underlined(42)).toBe(false);
      expect(underlined(68)).toBe(false);
    }
  });

  test('the cursor is inverse in both columns, and only where the keys go', () => {
    const inverse = (focused: boolean) => {
      const {style} = paint({width: 78, height: 10, cursor: 6, focused});
      return [24, 25, 26, 62, 63].map(x => (packedStyle(style(x, 1)).bits & 16) !== 0);
    };
    expect(inverse(true)).toEqual([true, true, false, true, false]);
    expect(inverse(false)).toEqual([false, false, false, false, false]);
  });

  test('what another part has selected lights up over rows', () => {
    const linked = hexPart({
      ...declared,
      highlight: ({cursors}) => (cursors['list'] === 1 ? {start: 14, end: 18} : undefined),
    });
    const {style} = paint({width: 78, height: 10, cursor: 0, cursors: {list: 1}}, unicode, linked);
    const bits = (x: number, y: number) => packedStyle(style(x, y)).bits;
    expect([bits(46, 1), bits(49, 1), bits(52, 1), bits(6, 2), bits(9, 2), bits(12, 2)]).toEqual([0, 9, 9, 9, 9, 0]);
  });

  test('an inner field is painted over the outer one and found first', () => {
    const nested: HexField[] = [
      {start: 0, end: 8, label: 'outer'},
      {start: 2, end: 4, label: 'inner'},
    ];
    const painted = paintPart(part, paneModel({...state, fields: nested}), {width: 78, height: 10, cursor: 20});
    expect([6, 12, 18].map(x => painted.style(x, 1))).toEqual([roles.field0, roles.field1, roles.field0]);
    expect([0, 1, 2, 3, 4, 7, 8].map(offset => fieldAt(nested, offset))).toEqual([0, 0, 1, 1, 0, 0, -1]);
  });
});

describe('changing bytes', () => {
  /** Presses keys as a shell would: replies are kept, the cursor moves, the action changes the bytes. */
  function typing(keys: readonly string[], cursor: number, editable = true) {
    const bytes = record.slice();
    const of = hexPart({...declared, edit: {action: 'poke', editable: () => editable}});
    const model = paneModel({bytes: held(bytes), fields});
    let painted = paintPart(of, model, {width: 78, height: 10, cursor});
    const taken: boolean[] = [];
    for (const key of keys) {
      taken.push(of.grabs!(key, painted.model));
      const reply = of.press!(key, painted.model);
      if (reply?.action === 'poke') bytes[reply.args!['offset'] as number] = reply.args!['value'] as number;
      const kept = {...painted.model.kept, ...reply?.keep};
      painted = paintPart(of, model, {width: 78, height: 10, cursor: reply?.cursor ?? painted.model.cursor, kept});
    }
    return {bytes, painted, taken};
  }

  test('two digits make a byte and move on; Enter begins and ends', () => {
    const {bytes, painted, taken} = typing(['enter', 'd', 'e', 'A', '4', 'enter', 'f'], 4);
    expect([...bytes.subarray(3, 7)]).toEqual([0x45, 0xde, 0xa4, 0x90]);
    expect(painted.model.cursor).toBe(6);
    expect(taken).toEqual([true, true, true, true, true, true, false]);
  });

  test('half a byte is at once a byte, and the half that comes next is marked', () => {
    const {bytes, painted} = typing(['enter', 'd'], 4);
    expect(bytes[4]).toBe(0xd7);
    expect(painted.lines[8]).toContain('typing hex');
    expect([18, 19].map(x => (packedStyle(painted.style(x, 1)).bits & 16) !== 0)).toEqual([false, true]);
  });

  test('Backspace goes back and begins the byte anew; Esc ends; the last byte holds the cursor', () => {
    expect([...typing(['enter', 'd', 'backspace', '1'], 4).bytes.subarray(3, 5)]).toEqual([0x15, 0xd7]);
    expect(typing(['enter', 'escape', 'd'], 4).bytes).toEqual(record);
    const last = record.length - 1;
    expect(typing(['enter', '1', '2', '3'], last).bytes[last]).toBe(0x32);
  });

  test('editing begins in hex, whatever the base was', () => {
    const {painted} = typing(['b', 'b', 'enter'], 0);
    expect(painted.model.kept['base']).toBe(0);
    expect(typing(['b', 'b'], 0).painted.lines[1]).toContain('127 111 122 105');
  });

  test('bytes that may not be changed are not, and no key is taken', () => {
    const {bytes, taken} = typing(['enter', 'd', 'e'], 4, false);
    expect(bytes).toEqual(record);
    expect(taken).toEqual([false, false, false]);
    const never = hexPart({...declared, edit: undefined} as unknown as HexOf<State>);
    expect(never.grabs!('enter', paint({width: 78, height: 10}).model)).toBe(false);
  });
});

describe('places', () => {
  test.each(bases.flatMap(base => [38, 78, 118, 200].map(cells => [base.name, cells] as const)))(
    'in %s at %i columns every cell of a byte leads back to it, and a row fits',
    (name, cells) => {
      const layout = hexLayout(cells, 1000, bases.find(base => base.name === name)!);
      expect(layout.textAt + layout.perRow).toBeLessThanOrEqual(cells);
      for (let column = 0; column < layout.perRow; column++) {
        expect(columnAt(layout, byteX(layout, column))).toBe(column);
        expect(columnAt(layout, byteX(layout, column) + layout.base.digits - 1)).toBe(column);
        expect(columnAt(layout, layout.textAt + column)).toBe(column);
      }
      expect(columnAt(layout, 0)).toBeUndefined();
      expect(columnAt(layout, layout.textAt + layout.perRow)).toBeUndefined();
    },
  );

  test.each([78, 118, 170])('in hex the columns lie where the layout of wire/hex puts them, at %i columns', cells => {
    const layout = hexLayout(cells, 1 << 20, bases[0]);
    const surface = hexSurface({columns: layout.perRow, digits: layout.offsetDigits});
    expect(Array.from({length: layout.perRow}, (_, column) => byteX(layout, column))).toEqual(surface.hexAt);
    expect(layout.textAt).toBe(surface.textAt[0]);
  });

  test('a click finds its byte, on digits and text, and nothing beyond the end', () => {
    const {model} = paint({width: 78, height: 10, cursor: 0});
    expect(part.at!(6, 2, model)).toBe(16);
    expect(part.at!(57, 2, model)).toBe(17);
    expect(part.at!(6, 0, model)).toBeUndefined();
    expect(part.at!(31, 5, model)).toBe(0x48);
    expect(part.at!(34, 5, model)).toBeUndefined();
    expect(part.at!(6, 8, model)).toBeUndefined();
  });

  test('a gibibyte asks for no more bytes than ten thousand do, and its end is one key away', () => {
    const asked: number[] = [];
    const length = 2 ** 30;
    const huge: HexBytes = {
      length,
      at(start, end) {
        asked.push(end - start);
        return Uint8Array.from({length: end - start}, (_, k) => (start + k) & 0xff);
      },
    };
    const model = paneModel<State>({bytes: huge, fields: []});
    const first = paintPart(part, model, {width: 78, height: 30});
    const end = moved(part, first.model, 'last');
    const painted = paintPart(part, model, {width: 78, height: 30, cursor: end, pane: first.pane});
    expect(painted.lines[27]).toMatch(/^3ffffff0 {2}f0 f1 .* fe ff {2}·{16}$/);
    expect(moved(part, painted.model, {rows: -1})).toBe(length - 17);
    expect(moved(part, painted.model, {pages: -1})).toBe(length - 1 - 27 * 16);
    expect(Math.max(...asked)).toBe(27 * 16);
  });

  test('no bytes: a sentence, and nothing to stand on or copy', () => {
    const none = paintPart(part, paneModel({bytes: held(new Uint8Array()), fields}), {width: 38, height: 3});
    expect(none.lines[0]).toBe(' No bytes yet.');
    expect(part.copies!(none.model)).toEqual([]);
    expect(part.grabs!('enter', none.model)).toBe(false);
  });

  test.each([1, 5, 12, 20, 38])('at %i columns nothing breaks', cells => {
    const {lines} = paint({width: cells, height: 7, cursor: 6});
    for (const line of lines) expect(width(line)).toBeLessThanOrEqual(cells);
  });
});

test('copying takes the selected field in the forms one pastes elsewhere', () => {
  const copies = part.copies!(paint({width: 78, height: 10, cursor: 1}).model);
  expect(copies.map(copy => copy.text)).toEqual([
    '57495245',
    "b'WIRE'",
    '"WIRE"',
    "Buffer.from('57495245', 'hex')",
    'WIRE',
    '00000000  57 49 52 45                                       |WIRE|\n00000004\n',
  ]);
  expect(copies[0]!.label).toBe('4 bytes as hex');
});
