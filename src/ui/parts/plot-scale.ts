/** Ways to choose what the top and the bottom of a plot stand for, in the order the key walks through them. */
export const scales = ['auto', 'from 0', 'log', 'clipped'] as const;
export type ScaleName = (typeof scales)[number];

export interface Scale {
  readonly name: ScaleName | 'fixed';
  readonly low: number;
  readonly high: number;
  /** From 0 at the bottom to 1 at the top; outside when the value is. */
  share(value: number): number;
  /** The value at a share of the height. */
  value(share: number): number;
}

/**
 * The scale for these values. `auto` spans what there is, `from 0` shows proportions, `log` shows factors, `clipped` lets the
 * highest hundredth go over the top so that one spike does not flatten the rest. Fixed ends win over all of them.
 */
export function makeScale(values: readonly number[], name: ScaleName, fixed?: {min: number; max: number}): Scale {
  if (fixed !== undefined) return linear('fixed', fixed.min, fixed.max);
  const known = values.filter(Number.isFinite);
  if (known.length === 0) return linear(name, 0, 1);
  const least = smallest(known);
  const most = largest(known);
  if (name === 'from 0') return linear(name, Math.min(0, least), Math.max(0, most));
  if (name === 'clipped') return linear(name, Math.min(0, least), Math.max(percentiles(known, [99])[0]!, least));
  if (name === 'auto') return linear(name, least, most);
  const positive = known.filter(value => value > 0);
  return positive.length === 0 ? linear(name, least, most) : logarithmic(smallest(positive), most);
}

/** The values below or at which so many in a hundred lie, by nearest rank; NaN when there are no values. */
export function percentiles(values: readonly number[], ranks: readonly number[]): number[] {
  const sorted = Float64Array.from(values.filter(Number.isFinite)).sort();
  return ranks.map(rank => sorted[Math.max(0, Math.ceil((rank / 100) * sorted.length) - 1)] ?? Number.NaN);
}

function linear(name: Scale['name'], low: number, high: number): Scale {
  const span = high - low;
  return {
    name,
    low,
    high,
    share: value => (span > 0 ? (value - low) / span : 0.5),
    value: share => low + share * span,
  };
}

function logarithmic(low: number, high: number): Scale {
  const span = Math.log(high / low);
  return {
    name: 'log',
    low,
    high,
    share: value => (value <= 0 ? 0 : span > 0 ? Math.log(value / low) / span : 0.5),
    value: share => low * Math.exp(span * share),
  };
}

// Spreading a long array over the arguments of Math.min overflows the stack.
function smallest(values: readonly number[]): number {
  return values.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
}

function largest(values: readonly number[]): number {
  return values.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
}
