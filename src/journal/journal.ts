import {Arena} from './arena.ts';
import type {WireEvent} from './event.ts';

export interface JournalLimits {
  /** Events kept. */
  readonly events: number;
  /** Bytes kept, of all events together. */
  readonly bytes: number;
}

export const defaultLimits: JournalLimits = {events: 50_000, bytes: 16 * 1024 * 1024};

/** Where a journal begins: the sequence number of its first event, and the offset of its first byte. */
export interface JournalStart {
  readonly first: number;
  readonly offset: number;
}

const beginning: JournalStart = {first: 0, offset: 0};

/**
 * The bounded store of one run: a ring of events in columns, and one arena for their bytes. The oldest event makes
 * room for the newest; how many went is counted and never hidden.
 */
export class Journal {
  readonly run: number;
  readonly limits: JournalLimits;
  #arena: Arena;
  readonly #onDrop: ((event: WireEvent) => void) | undefined;
  readonly #names: string[] = [];
  readonly #ids = new Map<string, number>();
  #columns: Columns;
  #next: number;
  #first: number;

  /** `onDrop` is handed each event just before it is forgotten. `from` is where a loaded journal goes on. */
  constructor(run: number, limits = defaultLimits, onDrop?: (event: WireEvent) => void, from = beginning) {
    this.run = run;
    this.limits = limits;
    this.#arena = new Arena(limits.bytes, from.offset);
    this.#onDrop = onDrop;
    this.#next = from.first;
    this.#first = from.first;
    this.#columns = columns(Math.min(1024, limits.events));
  }

  /** Sequence number of the oldest event still here; as numbers start at 0, also how many were dropped. */
  get first(): number {
    return this.#first;
  }

  /** Sequence number the next event will get. */
  get next(): number {
    return this.#next;
  }

  /** Where the bytes of the events still here begin, and so the offset from which a copy of this journal has to count. */
  get offset(): number {
    for (let seq = this.#first; seq < this.#next; seq++) {
      const range = this.get(seq)?.bytes;
      if (range !== undefined) return range.at;
    }
    return this.#arena.end;
  }

  /** Bytes that were overwritten because the arena was full. */
  get droppedBytes(): number {
    return this.#arena.dropped;
  }

  /** `bytes` may be the length of bytes that were gone when the journal was saved: they stay gone, and known to be. */
  append(kind: string, t: number, fields: Readonly<Record<string, unknown>>, bytes?: Uint8Array | number): WireEvent {
    this.#makeRoom();
    const {times, kinds, at, length} = this.#columns;
    const row = this.#next % times.length;
    const range = typeof bytes === 'number' ? this.#arena.skip(bytes) : bytes && this.#arena.append(bytes);
    times[row] = t;
    kinds[row] = this.#intern(kind);
    at[row] = range?.at ?? 0;
    length[row] = range?.length ?? noBytes;
    this.#columns.fields[row] = fields;
    return this.get(this.#next++, true)!;
  }

  /** The event with this sequence number, or `undefined` when it was dropped or is yet to come. */
  get(seq: number, unchecked = false): WireEvent | undefined {
    if (!unchecked && (seq < this.#first || seq >= this.#next)) return undefined;
    const {times, kinds, at, length, fields} = this.#columns;
    const row = seq % times.length;
    const stamp = {...fields[row], kind: this.#names[kinds[row]!]!, t: times[row]!, seq, run: this.run};
    return length[row] === noBytes ? stamp : {...stamp, bytes: {at: at[row]!, length: length[row]!}};
  }

  /** The bytes of an event, as a copy; `undefined` when it has none or they made room for newer ones. */
  bytesOf(event: Pick<WireEvent, 'bytes'>): Uint8Array | undefined {
    return event.bytes === undefined ? undefined : this.#arena.read(event.bytes);
  }

  /** The same events and bytes, which stay when this one drops them: for a view that stands still while events go on. */
  copy(): Journal {
    const copy = new Journal(this.run, this.limits, undefined, {first: this.#first, offset: 0});
    copy.#arena = this.#arena.copy();
    for (const name of this.#names) copy.#intern(name);
    const {times, kinds, at, length, fields} = this.#columns;
    copy.#columns = {
      times: times.slice(),
      kinds: kinds.slice(),
      at: at.slice(),
      length: length.slice(),
      fields: [...fields],
    };
    copy.#next = this.#next;
    return copy;
  }

  *[Symbol.iterator](): Generator<WireEvent> {
    for (let seq = this.#first; seq < this.#next; seq++) {
      const event = this.get(seq);
      if (event !== undefined) yield event;
    }
  }

  #intern(kind: string): number {
    const known = this.#ids.get(kind);
    if (known !== undefined) return known;
    this.#ids.set(kind, this.#names.length);
    return this.#names.push(kind) - 1;
  }

  /** Doubles the columns while under the limit; afterwards the oldest event goes. */
  #makeRoom(): void {
    const rows = this.#columns.times.length;
    if (this.#next - this.#first < rows) return;
    if (rows < this.limits.events) {
      this.#columns = regrown(this.#columns, Math.min(rows * 2, this.limits.events), this.#first, this.#next);
      return;
    }
    this.#onDrop?.(this.get(this.#first)!);
    this.#first++;
  }
}

// An empty datagram is a datagram and has a range of length 0, so "no bytes" needs a value of its own.
const noBytes = 0xffff_ffff;

interface Columns {
  readonly times: Float64Array;
  readonly kinds: Uint32Array;
  readonly at: Float64Array;
  readonly length: Uint32Array;
  readonly fields: (Readonly<Record<string, unknown>> | undefined)[];
}

function columns(rows: number): Columns {
  return {
    times: new Float64Array(rows),
    kinds: new Uint32Array(rows),
    at: new Float64Array(rows),
    length: new Uint32Array(rows),
    fields: new Array(rows),
  };
}

function regrown(old: Columns, rows: number, first: number, next: number): Columns {
  const grown = columns(rows);
  for (let seq = first; seq < next; seq++) {
    const from = seq % old.times.length;
    const to = seq % rows;
    grown.times[to] = old.times[from]!;
    grown.kinds[to] = old.kinds[from]!;
    grown.at[to] = old.at[from]!;
    grown.length[to] = old.length[from]!;
    grown.fields[to] = old.fields[from];
  }
  return grown;
}
