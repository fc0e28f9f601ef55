import type {Theme} from '../theme.ts';

export interface SparklineOptions {
  /** What the lowest and the highest mark stand for. Default: the least and the most that is shown. */
  readonly min?: number;
  readonly max?: number;
  /** Equal steps for equal factors; values of 0 and less are shown lowest. */
  readonly log?: boolean;
}

/** The last `cells` values, one cell each, the newest at the right. What is not a number leaves its cell empty. */
export function sparkline(
  values: readonly number[],
  cells: number,
  theme: Theme,
  options: SparklineOptions = {},
): string {
  if (cells <= 0) return '';
  const {ramp} = theme.glyphs;
  const shown = values.slice(-cells);
  const known = shown.filter(Number.isFinite);
  const scale = (value: number) => (options.log === true ? Math.log(Math.max(value, Number.MIN_VALUE)) : value);
  const least = options.log === true ? Math.min(...known.filter(value => value > 0)) : Math.min(...known);
  const low = scale(options.min ?? least);
  const high = scale(options.max ?? Math.max(...known));
  let text = '';
  for (const value of shown) {
    const share = high > low ? (scale(value) - low) / (high - low) : value > 0 && options.min !== undefined ? 1 : 0;
    const step = Math.max(0, Math.min(ramp.length - 1, Math.floor(share * ramp.length)));
    text += Number.isFinite(value) ? ramp[step]! : ' ';
  }
  return text.padStart(cells);
}
