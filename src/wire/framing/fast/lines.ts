import {delimiter} from '../kinds/delimiter.ts';
import type {EndVerdict, Malformed} from '../types.ts';
import {Carry, explain, type OnFrame, verdictOf} from './carry.ts';

/**
 * Lines (or whatever one byte ends) at full speed, handed to a callback without copies and without events. The same
 * frames, limit and faults as the `delimiter` framing.
 */
export class LineFramer {
  readonly #byte: number;
  readonly #maximum: number;
  readonly #carry = new Carry();
  #offset = 0;
  #fault: Malformed | undefined;

  constructor({delimiter = 0x0a, maximum = 64 * 1024}: {delimiter?: number; maximum?: number} = {}) {
    this.#byte = delimiter;
    this.#maximum = maximum;
  }

  /** Calls back for each line that this chunk ends. Gives what stopped it, if something did, then and ever after. */
  forEachFrame(chunk: Uint8Array, onFrame: OnFrame): Malformed | undefined {
    if (this.#fault !== undefined) return this.#fault;
    const maximum = this.#maximum;
    const byte = this.#byte;
    let from = 0;
    let end = chunk.indexOf(byte);
    if (this.#carry.length > 0) {
      if (this.#carry.length + (end === -1 ? chunk.length : end) > maximum) return this.#tooLong(chunk, 0);
      if (end === -1) return this.#wait(chunk, 0);
      const line = this.#carry.join(chunk, end);
      onFrame(line, 0, line.length);
      from = end + 1;
      end = chunk.indexOf(byte, from);
    }
    for (; end !== -1; end = chunk.indexOf(byte, from)) {
      if (end - from > maximum) return this.#tooLong(chunk, from);
      onFrame(chunk, from, end);
      from = end + 1;
    }
    return chunk.length - from > maximum ? this.#tooLong(chunk, from) : this.#wait(chunk, from);
  }

  /** The same, with each line as text, decoded from UTF-8 many lines at a time. */
  forEachText(chunk: Uint8Array, onText: (line: string) => void): Malformed | undefined {
    const last = chunk.lastIndexOf(this.#byte);
    const start = this.#carry.length === 0 ? 0 : chunk.indexOf(this.#byte) + 1;
    const text =
      this.#byte < 0x80 && this.#fault === undefined && last >= start
        ? utf8.decode(chunk.subarray(start, last + 1))
        : '';
    // Only where every byte became one character is the length of a line known without its bytes.
    if (text.length === 0 || text.length !== last + 1 - start)
      return this.forEachFrame(chunk, (bytes, from, end) => onText(utf8.decode(bytes.subarray(from, end))));
    const fault =
      start === 0
        ? undefined
        : this.forEachFrame(chunk.subarray(0, start), (bytes, from, end) =>
            onText(utf8.decode(bytes.subarray(from, end))),
          );
    if (fault !== undefined) return fault;
    const ends = String.fromCharCode(this.#byte);
    for (let from = 0, end = text.indexOf(ends); end !== -1; from = end + 1, end = text.indexOf(ends, from)) {
      if (end - from > this.#maximum) {
        this.#offset += from;
        return this.#tooLong(chunk.subarray(start + from), 0);
      }
      onText(text.slice(from, end));
    }
    this.#offset += text.length;
    return this.forEachFrame(chunk.subarray(last + 1), () => undefined);
  }

  /** What the end of the stream would mean here. */
  atEnd(): EndVerdict {
    if (this.#fault !== undefined) return {kind: 'malformed', error: this.#fault, because: this.#fault.reason};
    return verdictOf(delimiter, this.#options(), this.#carry.peek(), this.#offset - this.#carry.length);
  }

  #wait(chunk: Uint8Array, from: number): undefined {
    this.#carry.keep(chunk, from, chunk.length);
    this.#offset += chunk.length;
  }

  #tooLong(chunk: Uint8Array, from: number): Malformed {
    const start = this.#offset + from - this.#carry.length;
    const line = this.#carry.join(chunk.subarray(from, from + this.#maximum + 1), this.#maximum + 1);
    this.#fault = explain(delimiter, this.#options(), line, start);
    return this.#fault;
  }

  #options() {
    return {delimiter: Uint8Array.of(this.#byte), maximum: this.#maximum};
  }
}

const utf8 = new TextDecoder('utf-8', {ignoreBOM: true});
