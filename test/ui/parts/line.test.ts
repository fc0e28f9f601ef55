import {describe, expect, test} from 'vitest';
import {Grid} from '../../../src/terminal/grid.ts';
import {clipLine, fitLine, lineText, lineWidth, type PaintLine, paintLine} from '../../../src/ui/parts/line.ts';
import type {Line} from '../../../src/ui/view.ts';
import {ascii, hostile, unicode} from './painting.ts';

function paint(line: Line, cells: number, options: PaintLine = {}, theme = unicode) {
  const grid = new Grid(cells, 1);
  const taken = paintLine(grid.surface(), 0, line, theme, options);
  return {text: grid.toLines()[0], taken, styles: [...grid.styles]};
}

const line: Line = ['state ', ['FIN_WAIT2', 'warn'], [' 漢字', 'good']];

describe('painting', () => {
  test('spans keep their roles, and the cells they took are counted', () => {
    const {text, taken, styles} = paint(line, 24);
    expect(text).toBe('state FIN_WAIT2 漢字');
    expect(taken).toBe(20);
    expect([styles[0], styles[6], styles[16], styles[20]]).toEqual([0, unicode.roles.warn, unicode.roles.good, 0]);
  });

  test.each([
    [20, 'state FIN_WAIT2 漢字', 20],
    [19, 'state FIN_WAIT2 漢…', 19],
    [18, 'state FIN_WAIT2 …', 17],
    [16, 'state FIN_WAIT2…', 16],
    [7, 'state …', 7],
    [1, '…', 1],
    [0, '', 0],
  ])('in %i cells it ends in one ellipsis', (cells, text, taken) => {
    expect(paint(line, cells)).toMatchObject({text, taken});
  });

  test('one role over all, from a column on, in so many cells', () => {
    const {text, taken, styles} = paint(line, 24, {over: 'cursor', x: 2, width: 9});
    expect(text).toBe('  state FI…');
    expect(taken).toBe(9);
    expect(new Set(styles.slice(2, 11))).toEqual(new Set([unicode.roles.cursor]));
    expect(styles[11]).toBe(0);
  });

  test('what would not be seen is shown, and what is measured is what is painted', () => {
    const shown = '漢字👩‍👩‍👧e\u0301\\x1b[31m\\u{202e}evil\\x00';
    expect(paint([hostile], 60)).toMatchObject({text: shown, taken: lineWidth([hostile])});
    expect(lineText([hostile])).toBe(shown);
  });

  test('in ASCII our own marks are ASCII too, and what people typed stays', () => {
    expect(paint(['“5 µs” → RFC 9293 §3 … 漢'], 40, {}, ascii).text).toBe('"5 us" > RFC 9293 S3 ~ 漢');
    expect(paint(['abcdef'], 4, {}, ascii).text).toBe('abc~');
  });
});

test('clipping never cuts a glyph in two', () => {
  expect(lineText(clipLine(line, 18))).toBe('state FIN_WAIT2 漢');
  expect(lineText(clipLine(line, 17))).toBe('state FIN_WAIT2 ');
  expect(clipLine(line, 0)).toEqual([]);
});

test('fitting gives exactly the cells asked for', () => {
  for (const align of ['left', 'right'] as const)
    for (let cells = 0; cells < 30; cells++)
      expect(lineWidth(fitLine(line, cells, align, unicode)), `${cells}`).toBe(cells);
  expect(lineText(fitLine(['ab'], 4, 'right', unicode))).toBe('  ab');
  expect(lineText(fitLine(['漢字漢'], 4, 'left', unicode))).toBe('漢… ');
  expect(lineText(fitLine(['abcdef'], 4, 'left', ascii))).toBe('abc~');
});
