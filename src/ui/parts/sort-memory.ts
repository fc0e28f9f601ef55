/** How rows are to be sorted. `id` names the choice: when it changes, all is sorted anew. */
export interface Sorting {
  readonly id: string;
  readonly down: boolean;
  key(item: number): number | bigint | string;
}

/** Seconds between two sortings of rows that nobody is reading. */
const patience = 1;

/**
 * The order of rows that change while they are read. As long as the reader is in the list it stays: new rows come at the
 * end and vanished ones leave. Otherwise all is sorted anew, at most once a second.
 */
export class SortMemory {
  #id = '';
  #sortedAt = Number.NEGATIVE_INFINITY;
  #order: readonly number[] = [];
  #items: readonly number[] = [];

  /** The rows in order; the same array as before when nothing changed. `now` is in seconds. */
  sorted(items: readonly number[], sorting: Sorting, reading: boolean, now: number): readonly number[] {
    const id = `${sorting.id} ${sorting.down}`;
    const wait = reading || (now - this.#sortedAt < patience && now >= this.#sortedAt);
    if (id === this.#id && wait) {
      if (!same(items, this.#items)) this.#order = keptOrder(this.#order, items);
    } else {
      this.#order = sortItems(items, sorting);
      this.#sortedAt = now;
      this.#id = id;
    }
    this.#items = items;
    return this.#order;
  }
}

function same(a: readonly number[], b: readonly number[]): boolean {
  return a === b || (a.length === b.length && a.every((item, place) => item === b[place]));
}

function keptOrder(order: readonly number[], items: readonly number[]): readonly number[] {
  const here = new Set(items);
  const known = new Set(order);
  return [...order.filter(item => here.has(item)), ...items.filter(item => !known.has(item))];
}

/** Equal keys keep the order the items came in; numbers come before texts. */
function sortItems(items: readonly number[], {key, down}: Sorting): readonly number[] {
  const keyed = items.map(item => ({item, key: key(item)}));
  const sign = down ? -1 : 1;
  keyed.sort((a, b) => sign * compare(a.key, b.key));
  return keyed.map(({item}) => item);
}

function compare(a: number | bigint | string, b: number | bigint | string): number {
  if (typeof a === 'string' && typeof b === 'string') return a < b ? -1 : a > b ? 1 : 0;
  if (typeof a === 'string' || typeof b === 'string') return typeof a === 'string' ? 1 : -1;
  return a < b ? -1 : a > b ? 1 : 0;
}
