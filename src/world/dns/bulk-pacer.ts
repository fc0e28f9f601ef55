/** The longest it saves up for: after a pause there is no burst. */
const savedSeconds = 0.02;

/** Lets so many through in each second, evenly. Times are milliseconds of any monotonic clock. */
export class Pacer {
  #rate: number;
  #credit = 1;
  #at: number;

  /** `rate` 0 lets everything through. */
  constructor(rate: number, now: number) {
    this.#rate = rate;
    this.#at = now;
  }

  change(rate: number, now: number): void {
    this.#rate = rate;
    this.#at = now;
    this.#credit = Math.min(this.#credit, 1);
  }

  /** Whether one more may go now. */
  take(now: number): boolean {
    if (this.#rate === 0) return true;
    const most = Math.max(1, this.#rate * savedSeconds);
    this.#credit = Math.min(most, this.#credit + ((now - this.#at) / 1000) * this.#rate);
    this.#at = now;
    if (this.#credit < 1) return false;
    this.#credit--;
    return true;
  }
}
