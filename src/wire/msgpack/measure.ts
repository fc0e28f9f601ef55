/** Where the value at `start` ends, or what keeps it from ending. */
export type Measured =
  | {readonly kind: 'end'; readonly at: number}
  /** More bytes than there are, or items that have not begun. */
  | {readonly kind: 'need-more'; readonly atLeast: number}
  | {readonly kind: 'malformed'; readonly at: number; readonly reason: string};

/**
 * Walks over one MessagePack value without making anything of it, so that a length nobody can keep costs nothing. It
 * counts what is still open instead of calling itself, and refuses nesting deeper than `deepest`.
 */
export function measure(bytes: Uint8Array, start: number, deepest = 100): Measured {
  const open: number[] = [1];
  for (let at = start; ; ) {
    while (open.length > 0 && open.at(-1) === 0) open.pop();
    if (open.length === 0) return {kind: 'end', at};
    const first = bytes[at];
    if (first === undefined) return {kind: 'need-more', atLeast: open.reduce((sum, items) => sum + items, 0)};
    open[open.length - 1]!--;
    const shape = shapeOf(first);
    if (shape === undefined) return {kind: 'malformed', at, reason: '0xc1 is never used in MessagePack.'};
    const body = at + 1 + shape.count;
    if (body > bytes.length) return {kind: 'need-more', atLeast: body - bytes.length};
    const amount = shape.count === 0 ? shape.fixed : unsigned(bytes, at + 1, shape.count) + shape.fixed;
    if (shape.of === 'bytes') {
      at = body + amount;
      if (at > bytes.length) return {kind: 'need-more', atLeast: at - bytes.length};
      continue;
    }
    if (open.length > deepest) return {kind: 'malformed', at, reason: `The value is nested more than ${deepest} deep.`};
    open.push(shape.of === 'pairs' ? amount * 2 : amount);
    at = body;
  }
}

/** `count` bytes of length follow the first byte, and then that many bytes, items or pairs, and `fixed` more. */
interface Shape {
  readonly count: 0 | 1 | 2 | 4;
  readonly fixed: number;
  readonly of: 'bytes' | 'items' | 'pairs';
}

/** The MessagePack specification, “Overview”, from 0xc0 on. The type byte of an extension is counted as fixed. */
const shapes: ReadonlyMap<number, readonly [count: Shape['count'], fixed: number, of?: Shape['of']]> = new Map([
  [0xc0, [0, 0]],
  [0xc2, [0, 0]],
  [0xc3, [0, 0]],
  [0xc4, [1, 0]],
  [0xc5, [2, 0]],
  [0xc6, [4, 0]],
  [0xc7, [1, 1]],
  [0xc8, [2, 1]],
  [0xc9, [4, 1]],
  [0xca, [0, 4]],
  [0xcb, [0, 8]],
  [0xcc, [0, 1]],
  [0xcd, [0, 2]],
  [0xce, [0, 4]],
  [0xcf, [0, 8]],
  [0xd0, [0, 1]],
  [0xd1, [0, 2]],
  [0xd2, [0, 4]],
  [0xd3, [0, 8]],
  [0xd4, [0, 2]],
  [0xd5, [0, 3]],
  [0xd6, [0, 5]],
  [0xd7, [0, 9]],
  [0xd8, [0, 17]],
  [0xd9, [1, 0]],
  [0xda, [2, 0]],
  [0xdb, [4, 0]],
  [0xdc, [2, 0, 'items']],
  [0xdd, [4, 0, 'items']],
  [0xde, [2, 0, 'pairs']],
  [0xdf, [4, 0, 'pairs']],
]);

function shapeOf(first: number): Shape | undefined {
  if (first < 0x80 || first >= 0xe0) return {count: 0, fixed: 0, of: 'bytes'};
  if (first < 0x90) return {count: 0, fixed: first & 0x0f, of: 'pairs'};
  if (first < 0xa0) return {count: 0, fixed: first & 0x0f, of: 'items'};
  if (first < 0xc0) return {count: 0, fixed: first & 0x1f, of: 'bytes'};
  const row = shapes.get(first);
  return row && {count: row[0], fixed: row[1], of: row[2] ?? 'bytes'};
}

function unsigned(bytes: Uint8Array, at: number, size: number): number {
  let value = 0;
  for (let k = 0; k < size; k++) value = value * 256 + bytes[at + k]!;
  return value;
}
