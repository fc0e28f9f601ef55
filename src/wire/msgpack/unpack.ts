import {uniqueEntries} from '../python/hash.ts';
import {type PyEntry, type PyValue, typeName} from '../python/value.ts';
import {measure} from './measure.ts';

/** What `msgpack.unpackb` gives for the first value in the bytes, or why it gives none. */
export type Unpacked =
  | {readonly ok: true; readonly value: PyValue; readonly consumed: number}
  | {readonly ok: false; readonly class: 'ValueError'; readonly message: string};

/**
 * Reads one value as Python's msgpack 1 does with its defaults: arrays become lists, and a map's keys must be str or
 * bytes. Extension types are refused.
 */
export function unpackMessage(bytes: Uint8Array): Unpacked {
  const end = measure(bytes, 0);
  if (end.kind === 'need-more') return refusal('Unpack failed: incomplete input');
  if (end.kind === 'malformed') return refusal(end.reason);
  try {
    return {ok: true, value: new Unpacker(bytes).value(), consumed: end.at};
  } catch (error) {
    if (error instanceof Refused) return refusal(error.message);
    throw error;
  }
}

class Refused extends Error {}

const refusal = (message: string) => ({ok: false, class: 'ValueError', message}) as const;

/** Reads what `measure` has found complete, so no length is checked again. */
class Unpacker {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  value(): PyValue {
    const code = this.#bytes[this.#at++]!;
    if (code < 0x80 || code >= 0xe0) return {t: 'int', v: BigInt.asIntN(8, BigInt(code))};
    if (code < 0x90) return this.#map(code & 0x0f);
    if (code < 0xa0) return this.#array(code & 0x0f);
    if (code < 0xc0) return this.#text(code & 0x1f);
    const read = readers[code];
    if (read === undefined) throw new Refused(`the code 0x${code.toString(16)} is an extension type`);
    return read(this);
  }

  unsigned(size: number): number {
    let value = 0;
    for (let left = size; left > 0; left--) value = value * 256 + this.#bytes[this.#at++]!;
    return value;
  }

  integer(size: number, signed: boolean): PyValue {
    let value = 0n;
    for (let left = size; left > 0; left--) value = value * 256n + BigInt(this.#bytes[this.#at++]!);
    return {t: 'int', v: signed ? BigInt.asIntN(8 * size, value) : value};
  }

  float(size: 4 | 8): PyValue {
    const v = size === 4 ? this.#view.getFloat32(this.#at) : this.#view.getFloat64(this.#at);
    this.#at += size;
    return {t: 'float', v};
  }

  bytes(lengthSize: number): PyValue {
    return {t: 'bytes', v: this.#take(this.unsigned(lengthSize))};
  }

  text(lengthSize: number): PyValue {
    return this.#text(this.unsigned(lengthSize));
  }

  array(lengthSize: number): PyValue {
    return this.#array(this.unsigned(lengthSize));
  }

  map(lengthSize: number): PyValue {
    return this.#map(this.unsigned(lengthSize));
  }

  #take(length: number): Uint8Array {
    const taken = this.#bytes.slice(this.#at, this.#at + length);
    this.#at += length;
    return taken;
  }

  #text(length: number): PyValue {
    const bytes = this.#take(length);
    try {
      return {t: 'str', v: new TextDecoder('utf-8', {fatal: true, ignoreBOM: true}).decode(bytes)};
    } catch {
      throw new Refused('a text is not UTF-8');
    }
  }

  #array(length: number): PyValue {
    return {t: 'list', v: Array.from({length}, () => this.value())};
  }

  #map(length: number): PyValue {
    const entries = Array.from({length}, (): PyEntry => [this.#key(), this.value()]);
    return {t: 'dict', v: uniqueEntries(entries)};
  }

  #key(): PyValue {
    const key = this.value();
    if (key.t === 'str' || key.t === 'bytes') return key;
    throw new Refused(`${typeName(key)} is not allowed for map key when strict_map_key=True`);
  }
}

const readers: Readonly<Record<number, (from: Unpacker) => PyValue>> = {
  192: () => ({t: 'none'}),
  194: () => ({t: 'bool', v: false}),
  195: () => ({t: 'bool', v: true}),
  196: from => from.bytes(1),
  197: from => from.bytes(2),
  198: from => from.bytes(4),
  202: from => from.float(4),
  203: from => from.float(8),
  204: from => from.integer(1, false),
  205: from => from.integer(2, false),
  206: from => from.integer(4, false),
  207: from => from.integer(8, false),
  208: from => from.integer(1, true),
  209: from => from.integer(2, true),
  210: from => from.integer(4, true),
  211: from => from.integer(8, true),
  217: from => from.text(1),
  218: from => from.text(2),
  219: from => from.text(4),
  220: from => from.array(2),
  221: from => from.array(4),
  222: from => from.map(2),
  223: from => from.map(4),
};
