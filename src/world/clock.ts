/** Seconds on the monotonic clock since the program's start. */
export interface Clock {
  /** Seconds since `epoch`. Never goes back, has nothing to do with the time of day. */
  now(): number;
  /** The moment that counts as 0, in nanoseconds of the machine's monotonic clock. */
  readonly epoch: bigint;
}

/**
 * `process.hrtime` is the machine's monotonic clock, the same for every process on it: a child that is told the epoch
 * stamps its events on its parent's time line, and no offset has to be guessed.
 */
export function createClock(epoch: bigint = process.hrtime.bigint()): Clock {
  return {epoch, now: () => Number(process.hrtime.bigint() - epoch) / 1e9};
}
