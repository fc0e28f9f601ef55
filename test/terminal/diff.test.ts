import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {diff} from '../../src/terminal/diff.ts';
import {continuation, glyphText, isRisky, worstWidth} from '../../src/terminal/glyphs.ts';
import {Grid} from '../../src/terminal/grid.ts';
import type {Style} from '../../src/terminal/style.ts';
import {cells, feed, lines, terminal} from './headless.ts';

const columns = 24;
const rows = 5;
const autowrapOff = '\x1b[?7l';

const styles: Style[] = [
  {},
  {fg: 'red'},
  {bold: true},
  {bg: 'blue', underline: true},
  {fg: 200, inverse: true},
  {fg: '#102030', dim: true},
];
const plainWords = ['a', ' ', '──', 'hello', '0x7f', '日', '日本語', '한글', '▶', '     ', 'x\x1b[2Jy\r\n'];
const riskyWords = ['😀', '👨‍👩‍👧', '🇩🇪', 'e\u0301', '❤️', '1️⃣', '👍🏽', '⏸', 'का', '\u{f0001}'];
/** Two of these side by side are a flag that does not exist: one cell for Ink, two for a terminal. */
const halfFlag = '🇩';

type Step =
  | {
      readonly kind: 'text';
      readonly x: number;
      readonly y: number;
      readonly word: string;
      readonly style: Style;
      readonly max: number;
    }
  | {
      readonly kind: 'fill' | 'copy';
      readonly x: number;
      readonly y: number;
      readonly w: number;
      readonly h: number;
      readonly style: Style;
    }
  | {readonly kind: 'clear'};

const steps = (words: string[]): fc.Arbitrary<Step[][]> => {
  const x = fc.integer({min: -3, max: columns + 1});
  const y = fc.integer({min: -1, max: rows});
  const size = fc.integer({min: 0, max: 12});
  const style = fc.constantFrom(...styles);
  const step: fc.Arbitrary<Step> = fc.oneof(
    {
      weight: 8,
      arbitrary: fc.record({
        kind: fc.constant('text' as const),
        x,
        y,
        word: fc.array(fc.constantFrom(...words), {maxLength: 5}).map(some => some.join('')),
        style,
        max: fc.integer({min: 0, max: columns}),
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({kind: fc.constantFrom('fill' as const, 'copy' as const), x, y, w: size, h: size, style}),
    },
    {weight: 1, arbitrary: fc.constant({kind: 'clear' as const})},
  );
  return fc.array(fc.array(step, {maxLength: 4}), {maxLength: 8});
};

/** Another layer, to copy rectangles from: full of wide glyphs, so that edges cut them. */
const layer = new Grid(columns, rows);
for (let y = 0; y < rows; y++) layer.text(y % 2, y, '日本語テキスト漢字仮名交', styles[y % styles.length]);

function apply(grid: Grid, step: Step): void {
  if (step.kind === 'clear') grid.clear();
  else if (step.kind === 'text') grid.text(step.x, step.y, step.word, step.style, step.max);
  else if (step.kind === 'fill') grid.fill(step.x, step.y, step.w, step.h, '·', step.style);
  else grid.copyRect(layer, step.x, step.y, step.w, step.h);
}

/** Every continuation has a glyph before it, and no control is in any cell. */
function wellFormed(grid: Grid): boolean {
  return grid.ids.every((id, cell) =>
    id === continuation
      ? cell % grid.width > 0 && grid.ids[cell - 1] !== 0x20
      : !/[[\p{Control}\p{Format}]--[\u200d\u{e0020}-\u{e007f}]]/v.test(glyphText(id)),
  );
}

const repainted = async (grid: Grid, graphemes: boolean) => {
  const blank = new Grid(grid.width, grid.height);
  blank.forget();
  const fresh = terminal(grid.width, grid.height, graphemes);
  await feed(fresh, autowrapOff + diff(blank, grid, 3));
  return fresh;
};

describe('diff', () => {
  test('any sequence of changes leaves the same cells as a full repaint', async () => {
    await fc.assert(
      fc.asyncProperty(steps([...plainWords, ...riskyWords]), async frames => {
        const [front, back] = [new Grid(columns, rows), new Grid(columns, rows)];
        const shown = terminal(columns, rows);
        await feed(shown, autowrapOff);
        for (const frame of frames) {
          for (const step of frame) apply(back, step);
          expect(wellFormed(back)).toBe(true);
          await feed(shown, diff(front, back, 3));
          front.copyFrom(back);
          expect(diff(front, back, 3)).toBe('');
        }
        const fresh = await repainted(back, true);
        expect(cells(shown)).toEqual(cells(fresh));
        expect(lines(shown)).toEqual(back.toLines());
      }),
      {numRuns: 250},
    );
  });

  test('a terminal that measures emoji otherwise still shows every other cell right', async () => {
    await fc.assert(
      fc.asyncProperty(steps([...plainWords, ...riskyWords, halfFlag]), async frames => {
        const [front, back] = [new Grid(columns, rows), new Grid(columns, rows)];
        const shown = terminal(columns, rows, false);
        await feed(shown, autowrapOff);
        for (const frame of frames) {
          for (const step of frame) apply(back, step);
          await feed(shown, diff(front, back, 3));
          front.copyFrom(back);
        }
        const seen = cells(shown);
        const wrong: string[] = [];
        for (let cell = 0; cell < back.ids.length; cell++) {
          const id = back.ids[cell]!;
          const text = id === continuation ? '' : glyphText(id);
          const near = back.ids[cell - 1] ?? 0x20;
          if (isRisky(id) || (id === continuation && isRisky(near))) continue;
          const got = seen[Math.floor(cell / columns)]![cell % columns]!.text;
          if (got !== text) wrong.push(`cell ${cell}: ${JSON.stringify(got)}, not ${JSON.stringify(text)}`);
        }
        expect(wrong).toEqual([]);
      }),
      {numRuns: 250},
    );
  });

  test('one changed cell costs one jump, one style and one glyph', () => {
    const [front, back] = [new Grid(columns, rows), new Grid(columns, rows)];
    back.text(3, 2, 'x', {fg: 'green', bold: true});
    expect(diff(front, back, 1)).toBe('\x1b[3;4H\x1b[0;1;32mx\x1b[m');
  });

  test('a gap of four cells is written again, a gap of five is jumped over', () => {
    const [front, back] = [new Grid(columns, rows), new Grid(columns, rows)];
    for (const grid of [front, back]) grid.text(0, 0, 'abcdefghij');
    back.text(0, 0, 'A');
    back.text(5, 0, 'F');
    expect(diff(front, back, 1)).toBe('\x1b[1;1HAbcdeF');
    back.text(5, 0, 'fG');
    expect(diff(front, back, 1)).toBe('\x1b[1;1HA\x1b[1;7HG');
  });

  test('a gap that looks different is jumped over', () => {
    const [front, back] = [new Grid(columns, rows), new Grid(columns, rows)];
    for (const grid of [front, back]) grid.text(1, 0, 'bc', {bold: true});
    back.text(0, 0, 'A');
    back.text(3, 0, 'D');
    expect(diff(front, back, 1)).toBe('\x1b[1;1HA\x1b[1;4HD');
  });

  test('nothing but CUP, SGR and text leaves, whatever comes in', () => {
    fc.assert(
      fc.property(fc.string({unit: 'binary', maxLength: 60}), text => {
        const [front, back] = [new Grid(columns, rows), new Grid(columns, rows)];
        back.text(0, 0, text);
        back.ansi(0, 1, text);
        back.ansi(0, 2, `\x1b[31m${text}\x1b]0;title\x07\x1bP1$r\x1b\\`);
        const left = diff(front, back, 3).replace(/\x1b\[(?:\d+;\d+H|[\d;]*m)/g, '');
        expect(left).not.toMatch(/[\p{Control}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u);
      }),
      {numRuns: 500},
    );
  });

  test('a risky glyph disturbs at most what its worst width covers', () => {
    expect(isRisky('😀'.codePointAt(0)!)).toBe(true);
    expect(isRisky('日'.codePointAt(0)!)).toBe(false);
    expect(worstWidth('😀'.codePointAt(0)!)).toBe(2);
  });
});
