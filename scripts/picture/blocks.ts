import type {Pen} from './pen.ts';

type Rectangle = readonly [left: number, top: number, width: number, height: number];

/** U+2580 to U+259F as rectangles in eighths of the cell; the three shades are a whole cell, thinned. */
export function drawBlock(code: number, pen: Pen): void {
  for (const [left, top, width, height] of rectangles(code))
    pen.rectangle(
      (left / 8) * pen.width,
      (top / 8) * pen.height,
      (width / 8) * pen.width,
      (height / 8) * pen.height,
      shade(code),
    );
}

function rectangles(code: number): readonly Rectangle[] {
  if (code === 0x2580) return [[0, 0, 8, 4]];
  if (code <= 0x2588) return [[0, 0x2588 - code, 8, code - 0x2580]];
  if (code <= 0x258f) return [[0, 0, 0x2590 - code, 8]];
  if (code === 0x2590) return [[4, 0, 4, 8]];
  if (code <= 0x2593) return [[0, 0, 8, 8]];
  if (code === 0x2594) return [[0, 0, 8, 1]];
  if (code === 0x2595) return [[7, 0, 1, 8]];
  return quadrants[code - 0x2596]!.map(quarter => [(quarter % 2) * 4, Math.floor(quarter / 2) * 4, 4, 4]);
}

/** U+2596 to U+259F: which quarters are filled: 0 upper left, 1 upper right, 2 lower left, 3 lower right. */
const quadrants: readonly (readonly number[])[] = [
  [2],
  [3],
  [0],
  [0, 2, 3],
  [0, 3],
  [0, 1, 2],
  [0, 1, 3],
  [1],
  [1, 2],
  [1, 2, 3],
];

function shade(code: number): number {
  return code >= 0x2591 && code <= 0x2593 ? (code - 0x2590) / 4 : 1;
}

/** U+2800 to U+28FF: bit k of the code is dot k+1; dots 1 to 3 and 7 stand on the left, 4 to 6 and 8 on the right. */
export function drawBraille(code: number, pen: Pen): void {
  const places = [
    [0, 0],
    [0, 1],
    [0, 2],
    [1, 0],
    [1, 1],
    [1, 2],
    [0, 3],
    [1, 3],
  ] as const;
  const radius = Math.min(pen.width / 4, pen.height / 8) * 0.8;
  for (const [bit, [column, row]] of places.entries())
    if ((code >> bit) & 1) pen.dot(((column * 2 + 1) / 4) * pen.width, ((row * 2 + 1) / 8) * pen.height, radius);
}
