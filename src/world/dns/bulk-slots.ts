/** A question in flight. Objects are used again: nothing is made for each of a million questions. */
export interface Slot {
  number: number;
  /** Where its message is kept between tries. */
  readonly message: Buffer;
  length: number;
  /** The UDP socket it went out of; -1 over TCP and TLS. */
  socket: number;
  id: number;
  tries: number;
  /** Milliseconds: the first sending, and the last. */
  firstAt: number;
  lastAt: number;
  overStream: boolean;
  /** Neighbours in the order of their last sending, which is the order in which they time out. */
  before: Slot | undefined;
  after: Slot | undefined;
}

/** Header, a name of 255 bytes, type, class and an OPT record without options. */
const longestMessage = 12 + 255 + 4 + 11;

/**
 * All questions in flight. Everyone has the same time, so whoever was sent first times out first: a list in that order is a
 * clock with one hand, and no question needs a timer.
 */
export class Slots {
  readonly #free: Slot[] = [];
  #oldest: Slot | undefined;
  #newest: Slot | undefined;
  size = 0;

  take(number: number, now: number): Slot {
    const slot = this.#free.pop() ?? made();
    slot.number = number;
    slot.tries = 0;
    slot.firstAt = now;
    slot.overStream = false;
    slot.socket = -1;
    this.size++;
    this.#append(slot, now);
    return slot;
  }

  /** Its time starts again. */
  renew(slot: Slot, now: number): void {
    this.#remove(slot);
    this.#append(slot, now);
  }

  release(slot: Slot): void {
    this.#remove(slot);
    this.size--;
    this.#free.push(slot);
  }

  /** The one that was sent longest ago, if that is before `moment`. */
  overdue(moment: number): Slot | undefined {
    return this.#oldest !== undefined && this.#oldest.lastAt <= moment ? this.#oldest : undefined;
  }

  get oldest(): Slot | undefined {
    return this.#oldest;
  }

  #append(slot: Slot, now: number): void {
    slot.lastAt = now;
    slot.before = this.#newest;
    slot.after = undefined;
    if (this.#newest === undefined) this.#oldest = slot;
    else this.#newest.after = slot;
    this.#newest = slot;
  }

  #remove(slot: Slot): void {
    if (slot.before === undefined) this.#oldest = slot.after;
    else slot.before.after = slot.after;
    if (slot.after === undefined) this.#newest = slot.before;
    else slot.after.before = slot.before;
  }
}

function made(): Slot {
  return {
    number: 0,
    message: Buffer.allocUnsafe(longestMessage),
    length: 0,
    socket: -1,
    id: 0,
    tries: 0,
    firstAt: 0,
    lastAt: 0,
    overStream: false,
    before: undefined,
    after: undefined,
  };
}
