import {nameBytes, parentOf, readName} from './name.ts';
import type {Edns, Question, ResourceRecord} from './types.ts';

/** Where the writer stood, to go back to. */
export interface Mark {
  readonly length: number;
  readonly suffixes: number;
}

/** Writes a message from front to back, and compresses names as it goes (RFC 1035 §4.1.4). */
export class MessageWriter {
  private bytes = new Uint8Array(512);
  private at = 0;
  private readonly compress: boolean;
  /** Ends of names that stand in the message, with their offsets. Letter case is kept, so it matters here. */
  private readonly offsets = new Map<string, number>();
  /** The same in the order they came, so that those of a record that is taken back can go too. */
  private readonly suffixes: string[] = [];

  constructor(compress: boolean) {
    this.compress = compress;
  }

  get length(): number {
    return this.at;
  }

  mark(): Mark {
    return {length: this.at, suffixes: this.suffixes.length};
  }

  back({length, suffixes}: Mark): void {
    this.at = length;
    for (const suffix of this.suffixes.splice(suffixes)) this.offsets.delete(suffix);
  }

  word(value: number): void {
    this.room(2);
    this.bytes[this.at++] = value >> 8;
    this.bytes[this.at++] = value;
  }

  setWord(at: number, value: number): void {
    this.bytes[at] = value >> 8;
    this.bytes[at + 1] = value;
  }

  raw(bytes: Uint8Array): void {
    this.room(bytes.length);
    this.bytes.set(bytes, this.at);
    this.at += bytes.length;
  }

  name(name: string): void {
    const whole = nameBytes(name);
    let from = 0;
    for (let suffix = name; this.compress && suffix !== '.'; suffix = parentOf(suffix)) {
      const offset = this.offsets.get(suffix);
      if (offset !== undefined) {
        this.word(0xc000 | offset);
        return;
      }
      // A pointer has 14 bits.
      if (this.at < 0x4000) {
        this.offsets.set(suffix, this.at);
        this.suffixes.push(suffix);
      }
      const end = from + 1 + whole[from]!;
      this.raw(whole.subarray(from, end));
      from = end;
    }
    this.raw(whole.subarray(from));
  }

  question({name, type, class: code}: Question): void {
    this.name(name);
    this.word(type);
    this.word(code);
  }

  record({name, type, class: code, ttl, data}: ResourceRecord): void {
    this.name(name);
    this.word(type);
    this.word(code);
    this.word(ttl >>> 16);
    this.word(ttl & 0xffff);
    const lengthAt = this.at;
    this.word(0);
    this.data(type, data);
    this.setWord(lengthAt, this.at - lengthAt - 2);
  }

  /** RFC 6891 §6.1. */
  opt({udpSize, version, dnssecOk, z, options}: Edns, rcode: number): void {
    this.raw(root);
    this.word(optType);
    this.word(udpSize);
    this.word(((rcode >> 4) << 8) | version);
    this.word((dnssecOk ? 0x8000 : 0) | z);
    this.word(optionBytes(options));
    for (const {code, data} of options) {
      this.word(code);
      this.word(data.length);
      this.raw(data);
    }
  }

  finish(): Uint8Array {
    return this.bytes.slice(0, this.at);
  }

  private data(type: number, data: Uint8Array): void {
    const names = this.compress ? compressibleNames(type, data) : undefined;
    if (names === undefined) {
      this.raw(data);
      return;
    }
    this.raw(data.subarray(0, names.start));
    for (const text of names.texts) this.name(text);
    this.raw(data.subarray(names.end));
  }

  private room(size: number): void {
    if (this.at + size <= this.bytes.length) return;
    const larger = new Uint8Array(Math.max(2 * this.bytes.length, this.at + size));
    larger.set(this.bytes.subarray(0, this.at));
    this.bytes = larger;
  }
}

/** Bytes of an OPT record with these options. */
export function optBytes({options}: Edns): number {
  return 11 + optionBytes(options);
}

function optionBytes(options: Edns['options']): number {
  return options.reduce((sum, {data}) => sum + 4 + data.length, 0);
}

/** What is malformed has none, and goes out as it is: whoever wrote it wants to see what the other side does. */
function compressibleNames(type: number, data: Uint8Array) {
  const layout = compressible[type];
  if (layout === undefined) return undefined;
  const [start, names] = layout;
  const texts: string[] = [];
  let end = start;
  for (let left = names; left > 0; left--) {
    const read = readName(data, end);
    if (read.kind === 'malformed' || read.targets !== undefined) return undefined;
    texts.push(read.text);
    end = read.next;
  }
  return {start, texts, end};
}

const root = new Uint8Array(1);
const optType = 41;

/**
 * The types whose data may have compressed names: those of RFC 1035 only, for a receiver cannot know where the names of
 * later ones are (RFC 3597 §4). How many bytes stand before the names, and how many names there are.
 */
export const compressible: Readonly<Record<number, readonly [before: number, names: number]>> = {
  2: [0, 1],
  3: [0, 1],
  4: [0, 1],
  5: [0, 1],
  6: [0, 2],
  7: [0, 1],
  8: [0, 1],
  9: [0, 1],
  12: [0, 1],
  14: [0, 2],
  15: [2, 1],
};
