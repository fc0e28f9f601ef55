/** The first row to show so that `index` is in sight, moved as little as possible. */
export function scrolled({top, index}: {readonly top: number; readonly index: number}, count: number, rows: number) {
  const least = Math.min(top, index, Math.max(0, count - rows));
  return Math.max(0, least, index - rows + 1);
}
