import type {WireEvent} from './event.ts';
import type {FilterTest} from './filter.ts';

/** As much of a journal as an index reads. */
export interface Rows {
  readonly first: number;
  readonly end: number;
  get(seq: number): WireEvent | undefined;
}

/**
 * The sequence numbers that pass a filter, oldest first. Each event is tested once, when it is new; those the journal
 * dropped leave from the front. One index belongs to one journal.
 */
export class FilterIndex {
  readonly #test: FilterTest;
  readonly #text: (event: WireEvent) => string;
  #passed: number[] = [];
  #gone = 0;
  #tested = 0;
  #end = 0;

  /** `text` gives what a row is shown with. */
  constructor(test: FilterTest, text: (event: WireEvent) => string) {
    this.#test = test;
    this.#text = text;
  }

  /** Tests what is new and shows what this journal has: a frozen view has an earlier end. */
  update(rows: Rows): void {
    for (let seq = Math.max(this.#tested, rows.first); seq < rows.end; seq++) {
      const event = rows.get(seq);
      if (event !== undefined && this.#test(event, this.#text(event))) this.#passed.push(seq);
    }
    this.#tested = Math.max(this.#tested, rows.end);
    this.#gone = this.#placeOf(rows.first);
    if (this.#gone > 4096 && this.#gone * 2 > this.#passed.length) {
      this.#passed = this.#passed.slice(this.#gone);
      this.#gone = 0;
    }
    this.#end = Math.max(this.#gone, this.#placeOf(rows.end));
  }

  /** Rows that pass and are still here. */
  get length(): number {
    return this.#end - this.#gone;
  }

  /** The sequence number of a row, 0 being the oldest that passes. */
  at(place: number): number {
    return this.#passed[this.#gone + place]!;
  }

  /** How many passed before this sequence number, those that left included. */
  #placeOf(seq: number): number {
    let low = this.#gone;
    let high = this.#passed.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#passed[middle]! < seq) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
