import {describe, expect, test} from 'vitest';
import {Grid} from '../../src/terminal/grid.ts';
import {packedStyle} from '../../src/terminal/style.ts';

const framed = () => {
  const grid = new Grid(8, 4);
  grid.fill(0, 0, 8, 4, '.');
  return grid;
};

describe('Surface', () => {
  test('draws in its own coordinates and nowhere else', () => {
    const grid = framed();
    const surface = grid.surface(2, 1, 4, 2);
    expect([surface.width, surface.height]).toEqual([4, 2]);
    expect(surface.text(0, 0, 'abcdef')).toBe(4);
    expect(surface.text(-1, 1, 'abc')).toBe(3);
    surface.text(0, 2, 'below');
    surface.text(0, -1, 'above');
    expect(grid.toLines()).toEqual(['........', '..abcd..', '..bc....', '........']);
  });

  test('pieces chain by what they advanced', () => {
    const grid = new Grid(8, 1);
    const surface = grid.surface();
    let x = 0;
    for (const piece of ['a', '日', 'b']) x += surface.text(x, 0, piece);
    expect([x, grid.toLines()]).toEqual([4, ['a日b']]);
    expect(surface.text(4, 0, 'long', 0, 2)).toBe(2);
    expect(grid.toLines()).toEqual(['a日blo']);
  });

  test('a wide glyph cut by the edge of the surface becomes a space, on both sides', () => {
    const grid = framed();
    grid.surface(2, 0, 3, 1).text(0, 0, '日本');
    grid.surface(2, 1, 3, 1).text(-1, 0, '日本');
    expect(grid.toLines().slice(0, 2)).toEqual(['..日 ...', '.. 本...']);
  });

  test('fill takes all of it, or a part', () => {
    const grid = framed();
    const surface = grid.surface(1, 1, 6, 2);
    surface.fill(0, '#');
    surface.fill(0, '+', 4, 1);
    surface.fill(0, '-', -3, 0, 4, 1);
    expect(grid.toLines()).toEqual(['........', '.-#####.', '.####++.', '........']);
  });

  test('restyle takes all of it, or a part', () => {
    const grid = framed();
    grid.surface(1, 1, 2, 1).restyle({inverse: true});
    grid.surface(1, 2, 2, 1).restyle({bold: true}, 1, 0, 9, 9);
    const bits = Array.from({length: 4}, (_, y) =>
      [...grid.styles.subarray(y * 8, y * 8 + 4)].map(id => packedStyle(id).bits),
    );
    expect(bits).toEqual([
      [0, 0, 0, 0],
      [0, 16, 16, 0],
      [0, 0, 1, 0],
      [0, 0, 0, 0],
    ]);
  });

  test('a part of a surface stays inside it', () => {
    const grid = framed();
    const part = grid.surface(2, 1, 4, 2).sub(1, 1, 10, 10);
    expect([part.width, part.height]).toEqual([10, 10]);
    part.fill(0, '#');
    part.sub(-3, -3, 4, 4).text(0, 3, 'wxyz');
    expect(grid.toLines()).toEqual(['........', '........', '...z##..', '........']);
  });

  test('a surface with no room draws nothing', () => {
    const grid = framed();
    for (const surface of [grid.surface(3, 1, 0, 2), grid.surface(3, 1, -4, 2), grid.surface(20, 20, 5, 5)]) {
      surface.fill(0, '#');
      surface.text(0, 0, 'text');
      surface.restyle({bold: true});
    }
    expect(grid.toLines()).toEqual(['........', '........', '........', '........']);
  });
});
