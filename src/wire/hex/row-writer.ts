import {fillRows, writeAddress} from './fill-rows.ts';
import type {RowOptions} from './options.ts';
import {addressLimit, type RowLayout, rowLayout} from './row-layout.ts';

/** Rows written at once: what they take, in and out, stays in the processor's cache while it is gone over column by column. */
const blockRows = 256;

/**
 * Writes rows, full and short, and what stands between and after them, into a buffer made for each batch, or into the same
 * one each time with `reuse`: fresh memory costs as much as a third of all the rest.
 */
export class RowWriter {
  address: number;
  #options: RowOptions;
  #layout: RowLayout;
  #reuse: boolean;
  #out = new Uint8Array();
  #at = 0;
  /** So far from its start the buffer holds nothing but full rows of this layout: they need not be blanked again. */
  #covered = 0;

  constructor(options: RowOptions, reuse: boolean) {
    this.#options = options;
    this.#reuse = reuse;
    this.address = options.offset ?? 0;
    this.#layout = rowLayout(options, this.address);
  }

  /** Makes room for so many rows and as many `*` lines. */
  begin(rows: number): void {
    const widest = rowLayout(this.#options, this.address + rows * this.#layout.columns);
    const size = rows * (widest.template.length + 2);
    this.#at = 0;
    if (this.#reuse && size <= this.#out.length) return;
    this.#out = new Uint8Array(size);
    this.#covered = 0;
  }

  /** What was written since `begin`. */
  finish(): Uint8Array {
    return this.#out.subarray(0, this.#at);
  }

  rows(input: Uint8Array, from: number, count: number): void {
    for (let done = 0; done < count; ) {
      this.#settle();
      const {columns, template} = this.#layout;
      const room = Math.ceil((addressLimit(this.#layout) - this.address) / columns);
      const rows = Math.min(count - done, room, blockRows);
      const end = this.#at + rows * template.length;
      const blank = end > this.#covered;
      const block = {
        input,
        from: from + done * columns,
        rows,
        out: this.#out,
        at: this.#at,
        address: this.address,
        blank,
      };
      fillRows(this.#layout, block);
      if (this.#at <= this.#covered) this.#covered = Math.max(this.#covered, end);
      this.#at = end;
      this.address += rows * columns;
      done += rows;
    }
  }

  star(): void {
    this.#uncover();
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
    this.#covered = Math.min(this.#covered, start);
  }

  addressLine(): void {
    this.#settle();
    this.#uncover();
    writeAddress(this.#out, this.#at, this.address, this.#layout);
    this.#at += this.#layout.digits;
    this.#out[this.#at++] = 0x0a;
  }

  /** The address grows by a digit at 2^32, or at 10^8 in decimal, and moves all that follows it. */
  #settle(): void {
    const {address} = this;
    if (address < addressLimit(this.#layout)) return;
    this.#layout = rowLayout(this.#options, address);
    this.#covered = 0;
  }

  /** Something else than a full row comes: from here on rows may lie elsewhere. */
  #uncover(): void {
    this.#covered = Math.min(this.#covered, this.#at);
  }
}
