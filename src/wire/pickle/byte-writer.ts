/** Bytes written one after the other into a buffer that doubles when it is full. */
export class ByteWriter {
  length = 0;
  #buffer = new Uint8Array(256);

  byte(...values: readonly number[]): void {
    this.#reserve(values.length);
    for (const value of values) this.#buffer[this.length++] = value;
  }

  bytes(values: Uint8Array): void {
    this.#reserve(values.length);
    this.#buffer.set(values, this.length);
    this.length += values.length;
  }

  /** Characters below U+0100, a byte each. */
  latin1(text: string): void {
    this.#reserve(text.length);
    for (let at = 0; at < text.length; at += 1) this.#buffer[this.length++] = text.charCodeAt(at);
  }

  /** An unsigned number, least significant byte first. */
  little(value: number, size: number): void {
    for (let k = 0; k < size; k += 1) this.byte(Math.floor(value / 256 ** k) % 256);
  }

  float(value: number): void {
    const view = new DataView(new ArrayBuffer(8));
    view.setFloat64(0, value);
    this.bytes(new Uint8Array(view.buffer));
  }

  finish(): Uint8Array {
    return this.#buffer.slice(0, this.length);
  }

  #reserve(more: number): void {
    if (this.length + more <= this.#buffer.length) return;
    const grown = new Uint8Array(Math.max(this.#buffer.length * 2, this.length + more));
    grown.set(this.#buffer);
    this.#buffer = grown;
  }
}
