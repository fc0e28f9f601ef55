import type {StyleId} from '../../terminal/style.ts';
import type {Surface} from '../../terminal/surface.ts';
import type {Theme} from '../theme.ts';
import {drawingOf} from './drawing.ts';

export type ArrowStyle = 'light' | 'heavy';

type Point = readonly [x: number, y: number];

/** Bits for the sides of a cell that a line leaves by: up 1, right 2, down 4, left 8. */
const lightLines: Readonly<Record<number, string>> = {5: '│', 10: '─', 6: '┌', 12: '┐', 3: '└', 9: '┘'};
const heavyLines: Readonly<Record<number, string>> = {5: '┃', 10: '━', 6: '┏', 12: '┓', 3: '┗', 9: '┛'};
const lightAscii: Readonly<Record<number, string>> = {5: '|', 10: '-'};
const heavyAscii: Readonly<Record<number, string>> = {5: '!', 10: '='};

/** Draws a line along points that lie straight above or beside each other, with an arrow's head on the last. */
export function paintArrow(
  surface: Surface,
  path: readonly Point[],
  theme: Theme,
  style: StyleId,
  weight: ArrowStyle,
): void {
  const {ascii, up, down} = drawingOf(theme);
  const lines = ascii ? (weight === 'heavy' ? heavyAscii : lightAscii) : weight === 'heavy' ? heavyLines : lightLines;
  const cells = cellsOf(path);
  for (const [index, [x, y]] of cells.entries()) {
    const before = cells[index - 1];
    const after = cells[index + 1];
    if (after === undefined && before !== undefined) {
      const head = {1: down, 2: theme.glyphs.left, 4: up, 8: theme.glyphs.right}[side([x, y], before)];
      surface.text(x, y, head ?? '', style);
      continue;
    }
    const entered = before === undefined ? 0 : side([x, y], before);
    const left = after === undefined ? 0 : side([x, y], after);
    const sides = entered === 0 ? left | opposite(left) : entered | left;
    surface.text(x, y, lines[sides] ?? '+', style);
  }
}

/** Every cell of the path, in order. */
function cellsOf(path: readonly Point[]): Point[] {
  const cells: Point[] = path.slice(0, 1);
  for (const [toX, toY] of path.slice(1)) {
    let [x, y] = cells.at(-1)!;
    while (x !== toX || y !== toY) {
      x += Math.sign(toX - x);
      y += Math.sign(toY - y);
      cells.push([x, y]);
    }
  }
  return cells;
}

/** The side of a cell on which its neighbour lies. */
function side([x, y]: Point, [otherX, otherY]: Point): number {
  return otherY < y ? 1 : otherX > x ? 2 : otherY > y ? 4 : 8;
}

function opposite(bit: number): number {
  return bit < 4 ? bit << 2 : bit >> 2;
}
