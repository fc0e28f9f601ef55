/** One line of a comparison. Values are operations or megabytes per second of CPU time: higher is better. */
export interface BenchRow {
  readonly area: string;
  readonly what: string;
  readonly unit: string;
  readonly ours: number;
  readonly peers: readonly {readonly name: string; readonly value: number}[];
  /** What we promise ourselves: at least `ratio` times the peer of this name. */
  readonly target?: {readonly peer: string; readonly ratio: number};
  readonly note?: string;
}
