/** One line of a comparison: what we take or give, and what others do with the same work. */
export interface BenchRow {
  readonly area: string;
  readonly what: string;
  readonly unit: string;
  readonly ours: number;
  readonly peers: readonly {readonly name: string; readonly value: number}[];
  /** Which way is good. Operations per second are better `higher` (and that is meant when absent), times and sizes `lower`. */
  readonly better?: 'higher' | 'lower';
  /**
   * What we promise ourselves: at least `ratio` times the peer of this name (at most, where lower is better), or at most so
   * many units whatever others do. With `enough`, so many units will do however far ahead the peer is.
   */
  readonly target?:
    | {readonly peer: string; readonly ratio: number; readonly enough?: number}
    | {readonly atMost: number};
  readonly note?: string;
}

/** Whether the target is met; undefined without a target, or without the peer that it names. */
export function holds({ours, peers, better, target}: BenchRow): boolean | undefined {
  if (target === undefined) return undefined;
  if ('atMost' in target) return ours <= target.atMost;
  const peer = peers.find(({name}) => name === target.peer);
  if (peer === undefined) return undefined;
  if (better === 'lower') return ours <= target.ratio * peer.value;
  return ours >= Math.min(target.ratio * peer.value, target.enough ?? Number.POSITIVE_INFINITY);
}
