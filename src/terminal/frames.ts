import type {After} from './decoder/reader.ts';

export interface FrameOptions {
  /** Paints and writes; called at most once at a time. */
  readonly flush: () => void;
  /** Shortest time between frames, in milliseconds. */
  readonly interval: number;
  readonly now: () => number;
  readonly after: After;
}

/**
 * Decides when a frame is written. The first change is shown at the end of the current turn of the event loop, changes that
 * follow at most once per interval; what a key changed does not wait. With nothing to show no timer runs.
 */
export class Frames {
  readonly #options: FrameOptions;
  #dirty = false;
  /** A flush waits in the microtask queue. */
  #queued = false;
  #last = Number.NEGATIVE_INFINITY;
  #cancel: (() => void) | undefined;
  readonly #held = new Set<string>();

  constructor(options: FrameOptions) {
    this.#options = options;
  }

  /** Something changed. */
  invalidate(): void {
    this.#dirty = true;
    this.#schedule();
  }

  /** What changed, or changes before this turn of the event loop ends, is shown at its end: the answer to a key press. */
  hurry(): void {
    if (this.#held.size > 0 || this.#queued) return;
    this.#queued = true;
    // React renders in a microtask of its own: one later, what Ink draws in answer is in the same frame.
    queueMicrotask(() => queueMicrotask(() => this.#run()));
  }

  /** No frame is written while anything holds: `drain` of a slow terminal, a new layout after a resize. */
  hold(reason: string): void {
    this.#held.add(reason);
    this.#stopTimer();
  }

  release(reason: string): void {
    if (this.#held.delete(reason) && this.#dirty) this.#schedule();
  }

  isHeld(reason: string): boolean {
    return this.#held.has(reason);
  }

  /** Drops what was scheduled. A later `invalidate` schedules again. */
  stop(): void {
    this.#stopTimer();
    this.#dirty = false;
  }

  #schedule(): void {
    if (this.#held.size > 0 || this.#queued) return;
    const wait = this.#last + this.#options.interval - this.#options.now();
    if (wait <= 0) this.hurry();
    else
      this.#cancel ??= this.#options.after(wait, () => {
        this.#cancel = undefined;
        this.#run();
      });
  }

  #run(): void {
    this.#queued = false;
    if (!this.#dirty || this.#held.size > 0) return;
    this.#stopTimer();
    this.#dirty = false;
    this.#last = this.#options.now();
    this.#options.flush();
  }

  #stopTimer(): void {
    this.#cancel?.();
    this.#cancel = undefined;
  }
}
