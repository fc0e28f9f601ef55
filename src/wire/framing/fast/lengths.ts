import {lengthPrefix} from '../kinds/length-prefix.ts';
import type {EndVerdict, Malformed} from '../types.ts';
import {Carry, explain, type OnFrame, verdictOf} from './carry.ts';

export interface LengthFramerOptions {
  readonly width?: 'u8' | 'u16' | 'u24' | 'u32' | 'leb128';
  readonly order?: 'big' | 'little';
  readonly maximum?: number;
}

/**
 * Length-prefixed frames at full speed, handed to a callback without copies and without events. The same frames, limit
 * and faults as the `length-prefix` framing.
 */
export class LengthFramer {
  readonly #options: Required<LengthFramerOptions>;
  readonly #prefix: Prefix;
  readonly #carry = new Carry();
  /** Bytes of the frame under way, prefix and all; 0 until its prefix is whole. */
  #whole = 0;
  #body = 0;
  #offset = 0;
  #fault: Malformed | undefined;

  constructor({width = 'u32', order = 'big', maximum = 1024 * 1024}: LengthFramerOptions = {}) {
    this.#options = {width, order, maximum};
    this.#prefix = width === 'leb128' ? new Leb128Prefix() : new FixedPrefix(widths[width], order);
  }

  /** Calls back for each frame that this chunk ends. Gives what stopped it, if something did, then and ever after. */
  forEachFrame(chunk: Uint8Array, onFrame: OnFrame): Malformed | undefined {
    if (this.#fault !== undefined) return this.#fault;
    let at = this.#carry.length === 0 ? 0 : this.#finish(chunk, onFrame);
    if (at === -1) return this.#fault;
    const prefix = this.#prefix;
    const {maximum} = this.#options;
    for (;;) {
      const length = prefix.read(chunk, at);
      if (length === cut) break;
      if (length > maximum) return this.#refuse(chunk.subarray(at, at + 10), this.#offset + at);
      const body = at + prefix.size;
      const end = body + length;
      if (end > chunk.length) {
        this.#body = prefix.size;
        this.#whole = prefix.size + length;
        break;
      }
      onFrame(chunk, body, end);
      at = end;
    }
    this.#carry.keep(chunk, at, chunk.length);
    this.#offset += chunk.length;
    return undefined;
  }

  /** What the end of the stream would mean here. */
  atEnd(): EndVerdict {
    if (this.#fault !== undefined) return {kind: 'malformed', error: this.#fault, because: this.#fault.reason};
    return verdictOf(lengthPrefix, {...this.#options}, this.#carry.peek(), this.#offset - this.#carry.length);
  }

  /** Finishes the frame that the last chunk cut, and says where the next one starts; -1 when there is none yet. */
  #finish(chunk: Uint8Array, onFrame: OnFrame): number {
    let at = 0;
    while (this.#whole === 0) {
      if (at === chunk.length) return this.#wait(at);
      this.#carry.keep(chunk, at, ++at);
      const prefix = this.#carry.peek();
      const length = this.#prefix.read(prefix, 0);
      if (length === cut) continue;
      if (length > this.#options.maximum) {
        this.#refuse(prefix, this.#offset + at - prefix.length);
        return -1;
      }
      this.#body = this.#prefix.size;
      this.#whole = this.#body + length;
    }
    const end = at + this.#whole - this.#carry.length;
    if (end > chunk.length) {
      this.#carry.keep(chunk, at, chunk.length);
      return this.#wait(chunk.length);
    }
    const frame = this.#carry.join(chunk.subarray(at), end - at);
    this.#whole = 0;
    onFrame(frame, this.#body, frame.length);
    return end;
  }

  #wait(taken: number): -1 {
    this.#offset += taken;
    return -1;
  }

  #refuse(prefix: Uint8Array, start: number): Malformed {
    this.#fault = explain(lengthPrefix, {...this.#options}, prefix, start);
    return this.#fault;
  }
}

const widths = {u8: 1, u16: 2, u24: 3, u32: 4} as const;

/** The prefix goes on in the next chunk. */
const cut = -1;

/** Reads a length; `size` is then how many bytes it took. More than any maximum stands for what is malformed. */
interface Prefix {
  size: number;
  read(bytes: Uint8Array, at: number): number;
}

class FixedPrefix implements Prefix {
  readonly size: number;
  readonly #big: boolean;

  constructor(size: number, order: 'big' | 'little') {
    this.size = size;
    this.#big = order === 'big';
  }

  read(bytes: Uint8Array, at: number): number {
    const size = this.size;
    if (at + size > bytes.length) return cut;
    if (size === 4 && this.#big)
      return ((bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!) >>> 0;
    let value = 0;
    for (let k = 0; k < size; k++) value = value * 256 + bytes[this.#big ? at + k : at + size - 1 - k]!;
    return value;
  }
}

class Leb128Prefix implements Prefix {
  size = 0;

  read(bytes: Uint8Array, at: number): number {
    let value = 0;
    for (let k = 0, weight = 1; k < 10; k++, weight *= 128) {
      const byte = bytes[at + k];
      if (byte === undefined) return cut;
      value += (byte & 0x7f) * weight;
      if (byte < 0x80) {
        this.size = k + 1;
        return value;
      }
    }
    return Number.POSITIVE_INFINITY;
  }
}
