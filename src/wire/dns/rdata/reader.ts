import {readName} from '../name.ts';

/** One field of RDATA as it was read. */
export interface RdataItem {
  /** `preference`, `exchange`; several of a kind are `types[0]`, `strings[1]`. */
  readonly name: string;
  readonly offset: number;
  /** Bytes; 0 for a field that may be empty and is. */
  readonly length: number;
  /** As text, alone. */
  readonly value: string;
  /** One sentence. */
  readonly meaning: string;
  /** How a master file writes it; empty for what it leaves out, such as a length. */
  readonly text: string;
  /** Set for a name only. */
  readonly domain: NameItem | undefined;
}

export interface NameItem {
  /** Offsets that its pointers lead to. */
  readonly targets: readonly number[] | undefined;
  /** The bytes without compression. */
  readonly expanded: Uint8Array;
  /** Its letters are made small in the canonical form (RFC 4034 §6.2). */
  readonly lowered: boolean;
}

/** What a kind of field tells of an item: its text is its value where nothing else is said. */
export interface ItemTold {
  readonly name: string;
  readonly value: string;
  readonly meaning: string;
  readonly text?: string;
  readonly domain?: NameItem;
}

/** Thrown while reading RDATA, and caught where it is read. */
export class MalformedRdata extends Error {
  readonly at: number;
  constructor(at: number, reason: string) {
    super(reason);
    this.at = at;
  }
}

/** Goes over one RDATA, from `at` to `end` of a message, and collects its fields. */
export class RdataReader {
  readonly message: Uint8Array;
  readonly start: number;
  readonly end: number;
  at: number;
  readonly items: RdataItem[] = [];

  constructor(message: Uint8Array, start: number, end: number) {
    this.message = message;
    this.start = start;
    this.at = start;
    this.end = end;
  }

  get left(): number {
    return this.end - this.at;
  }

  /** An unsigned number of `size` bytes, up to 6. */
  number(size: number, name: string): number {
    let value = 0;
    for (const byte of this.bytes(size, name)) value = value * 256 + byte;
    return value;
  }

  bytes(size: number, name: string): Uint8Array {
    if (size > this.left)
      throw new MalformedRdata(
        this.at,
        `The field "${name}" has ${plural(size)}, and the record ${this.left === 0 ? 'ends' : `has ${this.left} left`} here.`,
      );
    this.at += size;
    return this.message.subarray(this.at - size, this.at);
  }

  /** The name here, which must end inside the record, wherever its pointers go. */
  name(name: string): {readonly text: string; readonly targets?: readonly number[]} {
    if (this.left === 0) throw new MalformedRdata(this.at, `The record ends where the name "${name}" should start.`);
    const read = readName(this.message, this.at);
    // What a pointer leads to lies elsewhere; the fault of this record is here.
    if (read.kind === 'malformed')
      throw new MalformedRdata(read.at > this.at && read.at <= this.end ? read.at : this.at, read.reason);
    if (read.next > this.end)
      throw new MalformedRdata(this.at, `The name "${name}" goes beyond the end of the record.`);
    this.at = read.next;
    return read;
  }

  /** Notes a field that began at `offset` and ends where the reader stands. */
  add(offset: number, {name, value, meaning, text = value, domain}: ItemTold): void {
    this.items.push({name, offset, length: this.at - offset, value, meaning, text, domain});
  }
}

function plural(size: number): string {
  return size === 1 ? '1 byte' : `${size} bytes`;
}
