import {describe, expect, test} from 'vitest';
import {drawBlock, drawBraille} from '../../../scripts/picture/blocks.ts';
import {drawBoxCharacter} from '../../../scripts/picture/box-drawing.ts';
import {Pen} from '../../../scripts/picture/pen.ts';

/** Which of the pixels of a cell of 10 by 20 a filled path covers, by its rectangles. */
function pixels(draw: (pen: Pen) => void): Set<string> {
  const pen = new Pen(10, 20);
  draw(pen);
  const covered = new Set<string>();
  for (const path of pen.filled.values())
    for (const [, x, y, width, height] of path.matchAll(/M(\S+) (\S+)h(\S+)v(\S+)h\S+z/g))
      for (let px = Math.round(Number(x)); px < Math.round(Number(x) + Number(width)); px++)
        for (let py = Math.round(Number(y)); py < Math.round(Number(y) + Number(height)); py++)
          covered.add(`${px},${py}`);
  return covered;
}

const box = (character: string) => pixels(pen => drawBoxCharacter(character.codePointAt(0)!, pen));

/** Where a drawing touches the edges of its cell. */
function touches(drawn: Set<string>): {left: number[]; right: number[]; up: number[]; down: number[]} {
  const at = (fixed: 'x' | 'y', value: number) =>
    [...drawn]
      .map(pixel => pixel.split(',').map(Number) as [number, number])
      .filter(([x, y]) => (fixed === 'x' ? x : y) === value)
      .map(([x, y]) => (fixed === 'x' ? y : x))
      .sort((a, b) => a - b);
  return {left: at('x', 0), right: at('x', 9), up: at('y', 0), down: at('y', 19)};
}

describe('line drawing', () => {
  test.each([
    ['─', {left: [9], right: [9], up: [], down: []}],
    ['│', {left: [], right: [], up: [4], down: [4]}],
    ['┌', {left: [], right: [9], up: [], down: [4]}],
    ['┼', {left: [9], right: [9], up: [4], down: [4]}],
    ['━', {left: [8, 9, 10], right: [8, 9, 10], up: [], down: []}],
    ['═', {left: [7, 11], right: [7, 11], up: [], down: []}],
    ['║', {left: [], right: [], up: [2, 6], down: [2, 6]}],
    ['╬', {left: [7, 11], right: [7, 11], up: [2, 6], down: [2, 6]}],
    ['╟', {left: [], right: [9], up: [2, 6], down: [2, 6]}],
    ['┿', {left: [8, 9, 10], right: [8, 9, 10], up: [4], down: [4]}],
    ['╷', {left: [], right: [], up: [], down: [4]}],
  ])('%s meets its neighbours', (character, edges) => {
    expect(touches(box(character))).toEqual(edges);
  });

  test('the parts of a character hang together, and the lines of a double one stay apart', () => {
    const whole = (character: string) => pieces(box(character));
    for (const character of '┌┐└┘├┤┬┴┼┏┓┗┛┣┫┳┻╋╒╕╘╛╓╖╙╜╞╡╪╥╨╫') expect(whole(character), character).toBe(1);
    for (const character of '╔╗╚╝╤╧╟╢') expect(whole(character), character).toBe(2);
    expect(whole('╠')).toBe(3);
    expect(whole('╬')).toBe(4);
  });

  test('the outer line of a double corner goes around the inner one', () => {
    const corner = box('╔');
    expect(corner.has('2,7')).toBe(true);
    expect(corner.has('6,11')).toBe(true);
    expect(corner.has('2,6')).toBe(false);
    expect(corner.has('4,9')).toBe(false);
  });
});

test('blocks fill what their names say', () => {
  const size = (character: string) => pixels(pen => drawBlock(character.codePointAt(0)!, pen)).size;
  expect(size('█')).toBe(200);
  expect(size('▀')).toBe(100);
  expect(size('▄')).toBe(100);
  expect(size('▌')).toBe(100);
  expect(size('▐')).toBe(100);
  expect(size('▖')).toBe(50);
  expect(size('▛')).toBe(150);
  expect(size('▚')).toBe(100);
  const lower = pixels(pen => drawBlock(0x2584, pen));
  expect([lower.has('0,10'), lower.has('0,9')]).toEqual([true, false]);
});

test('braille has its dots where the code says', () => {
  const dots = (code: number) => {
    const pen = new Pen(8, 16);
    drawBraille(code, pen);
    return [...(pen.filled.get(1) ?? '').matchAll(/M(\S+) (\S+)a(\S+)/g)].map(([, x, y, r]) => [
      Number(x) + Number(r),
      Number(y),
    ]);
  };
  expect(dots(0x2800)).toEqual([]);
  expect(dots(0x2801)).toEqual([[2, 2]]);
  expect(dots(0x2880)).toEqual([[6, 14]]);
  expect(dots(0x28ff)).toHaveLength(8);
});

/** How many connected groups of pixels. */
function pieces(drawn: Set<string>): number {
  const left = new Set(drawn);
  let count = 0;
  for (const start of drawn) {
    if (!left.has(start)) continue;
    count++;
    const queue = [start];
    for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
      if (!left.delete(next)) continue;
      const [x, y] = next.split(',').map(Number) as [number, number];
      queue.push(`${x + 1},${y}`, `${x - 1},${y}`, `${x},${y + 1}`, `${x},${y - 1}`);
    }
  }
  return count;
}
