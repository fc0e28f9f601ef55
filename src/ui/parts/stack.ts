import type {Placed, Size} from '../view.ts';

/** One part of a column: how many rows it wants at least, and its share of what is left over. */
export interface Wish {
  readonly part: string;
  readonly atLeast: number;
  readonly share?: number;
  /** Left out first when there is no room; lower goes first. Default 1. */
  readonly rank?: number;
}

/** Places parts under each other. When there is no room for all, the lowest ranks are left out, never squeezed to nothing. */
export function stack(wishes: readonly Wish[], size: Size, x = 0, width = size.width): Placed[] {
  let kept = [...wishes];
  const needed = () => kept.reduce((sum, wish) => sum + wish.atLeast, 0);
  while (kept.length > 1 && needed() > size.height) {
    const lowest = Math.min(...kept.map(wish => wish.rank ?? 1));
    const index = kept.findLastIndex(wish => (wish.rank ?? 1) === lowest);
    kept = kept.toSpliced(index, 1);
  }
  const spare = Math.max(0, size.height - needed());
  const shares = kept.reduce((sum, wish) => sum + (wish.share ?? 0), 0);
  let y = 0;
  let given = 0;
  let seen = 0;
  return kept.map(wish => {
    seen += wish.share ?? 0;
    const upTo = shares === 0 ? 0 : Math.floor((spare * seen) / shares);
    const height = Math.min(size.height - y, wish.atLeast + upTo - given);
    given = upTo;
    const placed = {part: wish.part, x, y, width, height};
    y += height;
    return placed;
  });
}

/** Two columns side by side with one empty column between, or one under the other when it is narrower than `wideFrom`. */
export function columns(
  left: readonly Wish[],
  right: readonly Wish[],
  size: Size,
  options: {wideFrom: number; leftShare?: number},
): Placed[] {
  if (size.width < options.wideFrom) return stack([...left, ...right], size);
  const leftWidth = Math.floor((size.width - 1) * (options.leftShare ?? 0.5));
  return [...stack(left, size, 0, leftWidth), ...stack(right, size, leftWidth + 1, size.width - leftWidth - 1)];
}
