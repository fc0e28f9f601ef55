import {describe, expect, test} from 'vitest';
import {continuation} from '../../src/terminal/glyphs.ts';
import {Grid} from '../../src/terminal/grid.ts';
import {packedStyle, styleId} from '../../src/terminal/style.ts';

const grid = (...lines: string[]): Grid => {
  const made = new Grid(8, Math.max(1, lines.length));
  for (const [y, line] of lines.entries()) made.text(0, y, line);
  return made;
};

describe('Grid.text', () => {
  test.each([
    [0, 'abc', undefined, 'abc', 3],
    [6, 'abc', undefined, '      ab', 2],
    [-1, 'abc', undefined, 'bc', 3],
    [8, 'abc', undefined, '', 0],
    [0, 'abcdef', 3, 'abc', 3],
    [0, '日本', undefined, '日本', 4],
    [7, '日', undefined, '', 1],
    [-1, '日x', undefined, ' x', 3],
    [0, '日本', 3, '日', 3],
    [0, 'e\u0301x', undefined, 'e\u0301x', 2],
    [0, 'a\u200bb\u202ec', undefined, 'abc', 3],
    [0, '\x1b[31mred', undefined, '·[31mred', 8],
    [0, 'a\r\n\tb', undefined, 'a···b', 5],
    [0, '', undefined, '', 0],
  ])('at %i, %j with at most %s cells', (x, text, max, line, advance) => {
    const made = new Grid(8, 1);
    expect(made.text(x, 0, text, 0, max)).toBe(advance);
    expect(made.toLines()).toEqual([line]);
  });

  test('rows outside are not drawn', () => {
    const made = grid('a');
    expect(made.text(0, -1, 'x') + made.text(0, 1, 'x')).toBe(0);
    expect(made.toLines()).toEqual(['a']);
  });

  test.each([
    [0, 'x', 'x 本語'],
    [1, 'x', ' x本語'],
    [1, 'xx', ' xx 語'],
    [3, 'x', '日 x語'],
    [1, '漢', ' 漢 語'],
  ])('over wide glyphs at %i, %j: half a glyph becomes a space', (x, text, line) => {
    const made = grid('日本語');
    made.text(x, 0, text);
    expect(made.toLines()).toEqual([line]);
  });

  test('text that draws nothing breaks nothing', () => {
    const made = grid('日本語');
    made.text(1, 0, '');
    made.text(-3, 0, 'ab');
    made.text(1, 0, '\u200b');
    expect(made.toLines()).toEqual(['日本語']);
  });

  test('a wide glyph holds two cells of the same style', () => {
    const made = new Grid(4, 1);
    made.text(1, 0, '日', {bold: true});
    expect([...made.ids]).toEqual([0x20, 0x65e5, continuation, 0x20]);
    expect(made.styles[1]).toBe(made.styles[2]);
    expect(packedStyle(made.styles[1]!)).toMatchObject({bits: 1});
  });
});

describe('Grid.fill, restyle, copyRect, ansi', () => {
  test('fill is clipped and breaks the glyphs its edges cut', () => {
    const made = grid('日本語', '日本語', 'x');
    made.fill(1, -1, 2, 3, '#', {fg: 'red'});
    expect(made.toLines()).toEqual([' ## 語', ' ## 語', 'x']);
    made.fill(-5, 2, 100, 9, '\x1b');
    expect(made.toLines()[2]).toBe('········');
  });

  test('restyle changes the look and leaves the text', () => {
    const made = new Grid(4, 1);
    made.text(0, 0, 'ab', {fg: 'red', bold: true});
    made.restyle(1, 0, 9, 1, {inverse: true, bold: false});
    expect(made.toLines()).toEqual(['ab']);
    expect([...made.styles].map(id => packedStyle(id))).toEqual([
      {fg: 1, bg: -1, bits: 1},
      {fg: 1, bg: -1, bits: 16},
      {fg: -1, bg: -1, bits: 16},
      {fg: -1, bg: -1, bits: 16},
    ]);
  });

  test('copyRect takes the same place of another grid; edges cut glyphs on both sides', () => {
    const target = grid('日本語', 'abcdefgh');
    target.copyRect(grid('漢字仮名', '漢字仮名'), 1, 0, 4, 2);
    expect(target.toLines()).toEqual(['  字', 'a 字 fgh']);
  });

  test('a copied rectangle may reach beyond the grid', () => {
    const target = grid('abcdefgh');
    target.copyRect(grid('ABCDEFGH'), -2, -1, 4, 9);
    expect(target.toLines()).toEqual(['ABcdefgh']);
  });

  test('ansi interprets SGR and leaves every other sequence out', () => {
    const made = new Grid(12, 1);
    made.ansi(
      0,
      0,
      '\x1b[1;31ma\x1b[22mb\x1b[0m\x1b[2K\x1b]8;;http://x\x07c\x1b]8;;\x07\x1b[38;5;200md\x1b[48;2;1;2;3me\x1b[39;49mf\x1b(B\x1b7g\x1b[4:3mh',
    );
    expect(made.toLines()).toEqual(['abcdefgh']);
    expect([...made.styles.subarray(0, 8)].map(id => packedStyle(id))).toEqual([
      {fg: 1, bg: -1, bits: 1},
      {fg: 1, bg: -1, bits: 0},
      {fg: -1, bg: -1, bits: 0},
      {fg: 200, bg: -1, bits: 0},
      {fg: 200, bg: 0x1010203, bits: 0},
      {fg: -1, bg: -1, bits: 0},
      {fg: -1, bg: -1, bits: 0},
      {fg: -1, bg: -1, bits: 8},
    ]);
  });

  test('ansi writes no further than asked, and an unfinished sequence is not text', () => {
    const made = new Grid(8, 1);
    made.ansi(2, 0, 'abcdef\x1b[3', 3);
    expect(made.toLines()).toEqual(['  abc']);
  });

  test('resize and clear leave blanks', () => {
    const made = grid('abc');
    made.resize(2, 2);
    expect([made.toLines(), made.ids.length, made.styles.length]).toEqual([['', ''], 4, 4]);
    made.text(0, 0, 'x', {bold: true});
    made.clear();
    expect([made.toLines(), made.styles[0]]).toEqual([['', ''], 0]);
  });

  test('copyFrom makes two grids equal', () => {
    const made = new Grid(8, 1);
    const other = grid('日x');
    other.restyle(0, 0, 1, 1, {fg: 'red'});
    made.copyFrom(other);
    expect([made.ids, made.styles]).toEqual([other.ids, other.styles]);
    expect(made.styles[0]).toBe(styleId({fg: 'red'}));
  });
});
