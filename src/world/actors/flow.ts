/**
 * Back-pressure from the reader of events to the thread that makes them, across two or more processes: the thread counts
 * what it tells, the reader says what it has taken, and at most `window` lie between. So nothing has to be thrown away
 * and nothing piles up: a thread that tells too much is slowed down, or sums up instead (`credit`).
 */
export interface Flow {
  /** How much may be told before the reader must catch up. */
  credit(): number;
  /** Waits, blocking this thread, until there is credit. To be called before telling. */
  wait(): void;
  told(weight: number): void;
}

const window = 1024;
const taken = 0;
const released = 1;

export function createFlowMemory(): SharedArrayBuffer {
  return new SharedArrayBuffer(2 * Int32Array.BYTES_PER_ELEMENT);
}

/** For the thread. */
export function createFlow(memory: SharedArrayBuffer): Flow {
  const cells = new Int32Array(memory);
  let count = 0;
  // Both counters wrap at 32 bits, their difference does not.
  const credit = (): number => window - ((count - Atomics.load(cells, taken)) | 0);
  return {
    credit,
    wait() {
      while (credit() <= 0 && Atomics.load(cells, released) === 0)
        Atomics.wait(cells, taken, Atomics.load(cells, taken), 1000);
    },
    told(weight) {
      count = (count + weight) | 0;
    },
  };
}

/** For the process: the reader took so much. */
export function take(memory: SharedArrayBuffer, weight: number): void {
  const cells = new Int32Array(memory);
  Atomics.add(cells, taken, weight);
  Atomics.notify(cells, taken);
}

/** For the process at its end: nobody must wait any more. */
export function release(memory: SharedArrayBuffer): void {
  const cells = new Int32Array(memory);
  Atomics.store(cells, released, 1);
  Atomics.notify(cells, taken);
}
