import {fillRows, writeAddress} from './fill-rows.ts';
import type {RowOptions} from './options.ts';
import {addressLimit, type RowLayout, rowLayout} from './row-layout.ts';

/** Writes rows, full and short, and what stands between and after them, into a buffer made for each batch. */
export class RowWriter {
  address: number;
  #options: RowOptions;
  #layout: RowLayout;
  #out = new Uint8Array();
  #at = 0;

  constructor(options: RowOptions) {
    this.#options = options;
    this.address = options.offset ?? 0;
    this.#layout = rowLayout(options, this.address);
  }

  /** Makes room for so many rows and as many `*` lines. */
  begin(rows: number): void {
    const widest = rowLayout(this.#options, this.address + rows * this.#layout.columns);
    this.#out = new Uint8Array(rows * (widest.template.length + 2));
    this.#at = 0;
  }

  /** What was written since `begin`. */
  finish(): Uint8Array {
    const written = this.#out.subarray(0, this.#at);
    this.#out = new Uint8Array();
    return written;
  }

  rows(input: Uint8Array, from: number, count: number): void {
    for (let done = 0; done < count; ) {
      this.#settle();
      const {columns, template} = this.#layout;
      const room = Math.ceil((addressLimit(this.#layout) - this.address) / columns);
      const rows = Math.min(count - done, room);
      const {address} = this;
      fillRows(this.#layout, {input, from: from + done * columns, rows, out: this.#out, at: this.#at, address});
      this.#at += rows * template.length;
      this.address += rows * columns;
      done += rows;
    }
  }

  star(): void {
    this.#out[this.#at++] = 0x2a;
    this.#out[this.#at++] = 0x0a;
  }

  /** The last row, with fewer bytes than columns. */
  shortRow(bytes: Uint8Array): void {
    const start = this.#at;
    const padded = new Uint8Array(this.#layout.columns);
    padded.set(bytes);
    this.rows(padded, 0, 1);
    const {digitsAt, cell, textAt, tail, columns} = this.#layout;
    for (let k = bytes.length; k < columns; k++)
      this.#out.fill(0x20, start + digitsAt[k]!, start + digitsAt[k]! + cell);
    this.#out.set(tail, start + textAt + bytes.length);
    this.#at = start + textAt + bytes.length + tail.length;
    this.address += bytes.length - columns;
  }

  addressLine(): void {
    this.#settle();
    writeAddress(this.#out, this.#at, this.address, this.#layout);
    this.#at += this.#layout.digits;
    this.#out[this.#at++] = 0x0a;
  }

  /** The address grows by a digit at 2^32, or at 10^8 in decimal, and moves all that follows it. */
  #settle(): void {
    const {address} = this;
    if (address >= addressLimit(this.#layout)) this.#layout = rowLayout(this.#options, address);
  }
}
