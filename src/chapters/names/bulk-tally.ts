/** Buckets for each doubling: fine ones for percentiles (1.1 % apart), coarse ones to be looked at. */
const fine = 64;
const coarse = 4;
const octaves = 32;

export interface Bucket {
  readonly from: number;
  readonly to: number;
  readonly count: number;
}

/** Times in buckets that get wider as times get longer, so that memory does not grow with a million of them. */
export class LatencyTally {
  readonly #counts = new Uint32Array(octaves * fine);
  count = 0;
  #sum = 0;
  #min = Number.POSITIVE_INFINITY;
  #max = 0;

  add(seconds: number): void {
    this.count++;
    this.#sum += seconds;
    this.#min = Math.min(this.#min, seconds);
    this.#max = Math.max(this.#max, seconds);
    this.#counts[bucketOf(seconds)]!++;
  }

  get min(): number {
    return this.count === 0 ? 0 : this.#min;
  }

  get max(): number {
    return this.#max;
  }

  get mean(): number {
    return this.count === 0 ? 0 : this.#sum / this.count;
  }

  /** The time within which so many in a hundred were answered; 1 % off at most, and never outside of what was measured. */
  percentile(rank: number): number {
    const wanted = Math.ceil((rank / 100) * this.count);
    let seen = 0;
    for (let index = 0; index < this.#counts.length && wanted > 0; index++) {
      seen += this.#counts[index]!;
      if (seen >= wanted) return Math.max(this.min, Math.min(this.#max, timeOf(index + 0.5, fine)));
    }
    return 0;
  }

  /** The coarse buckets that hold something, shortest times first. */
  buckets(): Bucket[] {
    const per = fine / coarse;
    const found: Bucket[] = [];
    for (let index = 0; index < octaves * coarse; index++) {
      let count = 0;
      for (let k = index * per; k < (index + 1) * per; k++) count += this.#counts[k]!;
      if (count > 0) found.push({from: timeOf(index, coarse), to: timeOf(index + 1, coarse), count});
    }
    return found;
  }
}

function bucketOf(seconds: number): number {
  const index = Math.floor(Math.log2(Math.max(1, seconds * 1e6)) * fine);
  return Math.min(octaves * fine - 1, index);
}

/** Where bucket `index` begins, in seconds, to the nanosecond. */
function timeOf(index: number, per: number): number {
  return Math.round(2 ** (index / per) * 1e3) / 1e9;
}
