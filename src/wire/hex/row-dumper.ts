import {columnsOf, type RowOptions} from './options.ts';
import {RowWriter} from './row-writer.ts';

/** Cuts what arrives into rows, leaves out the rows that are squeezed, and keeps the bytes that do not fill a row yet. */
export class RowDumper {
  #writer: RowWriter;
  #squeeze: 'none' | 'equal' | 'nul';
  #style: RowOptions['style'];
  #columns: number;
  #rest: Uint8Array;
  #held = 0;
  #previous: Uint8Array | undefined;
  #starred = false;
  #nulRows = 0;
  #any = false;

  constructor(options: RowOptions, reuse: boolean) {
    this.#writer = new RowWriter(options, reuse);
    this.#style = options.style;
    this.#columns = columnsOf(options);
    this.#rest = new Uint8Array(this.#columns);
    if (options.style === 'hexdump') this.#squeeze = (options.squeeze ?? true) ? 'equal' : 'none';
    else this.#squeeze = options.squeeze ? 'nul' : 'none';
  }

  push(chunk: Uint8Array): Uint8Array {
    this.#any ||= chunk.length > 0;
    const columns = this.#columns;
    let read = 0;
    if (this.#held > 0) {
      read = Math.min(columns - this.#held, chunk.length);
      this.#rest.set(chunk.subarray(0, read), this.#held);
      this.#held += read;
      if (this.#held < columns) return nothing;
    }
    const rows = Math.floor((chunk.length - read) / columns);
    this.#writer.begin(rows + 2);
    if (this.#held === columns) this.#rows(this.#rest.slice(), 0, 1);
    if (rows > 0) this.#rows(chunk, read, rows);
    const left = chunk.subarray(read + rows * columns);
    this.#rest.set(left);
    this.#held = left.length;
    return this.#writer.finish();
  }

  end(): Uint8Array {
    this.#writer.begin(4);
    if (this.#held > 0) {
      this.#flushNuls();
      this.#writer.shortRow(this.#rest.subarray(0, this.#held));
    } else this.#lastNuls();
    if (this.#style === 'hexdump' && this.#any) this.#writer.addressLine();
    return this.#writer.finish();
  }

  #rows(input: Uint8Array, from: number, count: number): void {
    if (this.#squeeze === 'none') this.#writer.rows(input, from, count);
    else if (this.#squeeze === 'equal') this.#unequal(input, from, count);
    else this.#notNul(input, from, count);
  }

  /** A row equal to the one before it is not printed; `*` stands for however many there are (hexdump(1), -v). */
  #unequal(input: Uint8Array, from: number, count: number): void {
    const columns = this.#columns;
    let start = 0;
    for (let row = 0; row < count; row++) {
      const at = from + row * columns;
      const same = row > 0 ? equal(input, at, input, at - columns, columns) : this.#equalsPrevious(input, at);
      if (same) {
        this.#writer.rows(input, from + start * columns, row - start);
        if (!this.#starred) this.#writer.star();
        this.#writer.address += columns;
        start = row + 1;
      }
      this.#starred = same;
    }
    this.#writer.rows(input, from + start * columns, count - start);
    this.#previous = input.slice(from + (count - 1) * columns, from + count * columns);
  }

  #equalsPrevious(input: Uint8Array, at: number): boolean {
    return this.#previous !== undefined && equal(input, at, this.#previous, 0, this.#columns);
  }

  /** In a run of NUL rows the first is printed, one more is printed too, and two or more are `*` (xxd(1), -a). */
  #notNul(input: Uint8Array, from: number, count: number): void {
    const columns = this.#columns;
    let start = 0;
    for (let row = 0; row < count; row++) {
      const nul = isNul(input, from + row * columns, columns);
      if (!nul) this.#flushNuls();
      else if (++this.#nulRows > 1) {
        this.#writer.rows(input, from + start * columns, row - start);
        this.#writer.address += columns;
        start = row + 1;
      }
    }
    this.#writer.rows(input, from + start * columns, count - start);
  }

  #flushNuls(): void {
    const hidden = this.#nulRows - 1;
    this.#nulRows = 0;
    if (hidden === 1) this.#nulRow(1);
    else if (hidden > 1) this.#writer.star();
  }

  /** At the end of input the last row is printed whatever it holds. */
  #lastNuls(): void {
    const hidden = this.#nulRows - 1;
    if (hidden === 2) this.#nulRow(2);
    else if (hidden > 2) this.#writer.star();
    if (hidden > 0) this.#nulRow(1);
  }

  /** Prints the NUL row that lies so many rows back. */
  #nulRow(back: number): void {
    const end = this.#writer.address;
    this.#writer.address = end - back * this.#columns;
    this.#writer.rows(new Uint8Array(this.#columns), 0, 1);
    this.#writer.address = end;
  }
}

const nothing = new Uint8Array();

function equal(a: Uint8Array, from: number, b: Uint8Array, at: number, length: number): boolean {
  for (let k = 0; k < length; k++) if (a[from + k] !== b[at + k]) return false;
  return true;
}

function isNul(bytes: Uint8Array, from: number, length: number): boolean {
  for (let k = from; k < from + length; k++) if (bytes[k] !== 0) return false;
  return true;
}
