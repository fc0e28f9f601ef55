import {parseHex} from '../text/parse-hex.ts';
import {visible} from '../text/visible.ts';
import type {DumpOptions} from './options.ts';

export type Undumped =
  | {readonly kind: 'bytes'; readonly bytes: Uint8Array; readonly offset: number}
  | {readonly kind: 'error'; readonly line: number; readonly sentence: string};

export interface UndumpOptions {
  /** Guessed from the text when absent. */
  readonly style?: DumpOptions['style'];
  /** The most bytes to make: a dump can name an address far away. 64 MiB when absent. */
  readonly limit?: number;
  // What cannot be seen in the text: that it is from `xxd -e`, `xxd -b` or `xxd -d`.
  readonly littleEndian?: LittleEndian;
  readonly bits?: boolean;
  readonly decimalOffset?: boolean;
}

/** Bytes in a group and in a row. A short group begins with blanks, so where digits end cannot be told without them. */
export interface LittleEndian {
  readonly group: number;
  readonly columns: number;
}

/**
 * The bytes of a hex dump, as `xxd -r` gives them, also from `hexdump -C`, `xxd -p` and `xxd -i`. The first address becomes
 * `offset`; a gap between addresses is NUL (or, after `*` in the manner of hexdump, the row before it again); a row whose
 * address lies in what is there already overwrites it. Unlike `xxd -r`, what makes no sense is an error, with its line.
 */
export function undump(text: string, options: UndumpOptions = {}): Undumped {
  const style = options.style ?? guessStyle(text);
  if (style === 'plain' || style === 'include') return undumpDigits(text, style);
  const target = new Target(options.limit ?? 0x400_0000);
  const lines = text.split(/\r?\n/);
  for (const [index, line] of lines.entries()) {
    const complaint = style === 'xxd' ? xxdLine(line, options, target) : hexdumpLine(line, target);
    if (complaint !== undefined) return {kind: 'error', line: index + 1, sentence: complaint};
  }
  return target.result();
}

/** Rows start with an address and a colon in xxd, with an address of eight digits and two spaces in hexdump. */
export function guessStyle(text: string): DumpOptions['style'] {
  const first = text.split('\n').find(line => line.trim() !== '') ?? '';
  if (/^[0-9a-f]+:/i.test(first)) return 'xxd';
  if (/^[0-9a-f]{8,}( {2}|\s*$)/i.test(first) && !/^[0-9a-f]{60}\s*$/i.test(first)) return 'hexdump';
  return /0x|\[\]/i.test(first) ? 'include' : 'plain';
}

/** Grows as rows arrive; its first byte belongs to the first address. */
class Target {
  #bytes = new Uint8Array(1024);
  #length = 0;
  #start: number | undefined;
  #row: Uint8Array = new Uint8Array();
  #repeat = false;
  #limit: number;

  constructor(limit: number) {
    this.#limit = limit;
  }

  repeatNext(): void {
    this.#repeat = true;
  }

  /** Puts a row at its address; without bytes, the address only says how far the dump goes. */
  put(address: number, row: Uint8Array): string | undefined {
    this.#start ??= address;
    const at = address - this.#start;
    if (at < 0) return `Address ${address.toString(16)} lies before the first. Put the lowest address first.`;
    const end = at + row.length;
    if (end > this.#limit)
      return `This row would make ${end} bytes, and ${this.#limit} is the limit. Check the address, or raise the limit.`;
    this.#grow(end);
    if (this.#repeat && this.#row.length > 0)
      for (let gap = this.#length; gap < at; gap++)
        this.#bytes[gap] = this.#row[(gap - this.#length) % this.#row.length]!;
    this.#bytes.set(row, at);
    this.#length = Math.max(this.#length, end);
    this.#row = row;
    this.#repeat = false;
    return undefined;
  }

  result(): Undumped {
    return {kind: 'bytes', bytes: this.#bytes.slice(0, this.#length), offset: this.#start ?? 0};
  }

  #grow(size: number): void {
    if (size <= this.#bytes.length) return;
    const grown = new Uint8Array(Math.min(this.#limit, Math.max(size, this.#bytes.length * 2)));
    grown.set(this.#bytes);
    this.#bytes = grown;
  }
}

function xxdLine(line: string, options: UndumpOptions, target: Target): string | undefined {
  if (line.trim() === '' || line === '*') return undefined;
  const match = (options.decimalOffset ? /^([0-9]+):\s?/ : /^([0-9a-f]+):\s?/i).exec(line);
  if (match === null) return 'No address before a colon. A row of xxd looks like "00000010: 6865 6c6c".';
  const address = Number.parseInt(match[1]!, options.decimalOffset ? 10 : 16);
  const rest = line.slice(match[0].length);
  if (options.littleEndian !== undefined) return littleEndianRow(rest, address, options.littleEndian, target);
  const digits = /^(?:[^\s]+ ?)*/.exec(rest)![0].trim();
  return digitsRow(digits, options.bits ?? false, address, target);
}

function hexdumpLine(line: string, target: Target): string | undefined {
  if (line.trim() === '') return undefined;
  if (line === '*') {
    target.repeatNext();
    return undefined;
  }
  const match = /^([0-9a-f]+)(?:\s+([^|]*)(?:\|.*)?)?$/i.exec(line);
  if (match === null) return 'No address at the start. A row of hexdump -C looks like "00000010  68 65 6c 6c".';
  return digitsRow(match[2] ?? '', false, Number.parseInt(match[1]!, 16), target);
}

function digitsRow(digits: string, bits: boolean, address: number, target: Target): string | undefined {
  if (bits) {
    const joined = digits.replaceAll(' ', '');
    if (!/^(?:[01]{8})*$/.test(joined)) return 'Each byte must be eight digits, 0 or 1.';
    return target.put(
      address,
      Uint8Array.from(joined.match(/.{8}/g) ?? [], byte => Number.parseInt(byte, 2)),
    );
  }
  const parsed = parseHex(digits);
  if (parsed.kind === 'error') return parsed.sentence;
  return target.put(address, parsed.bytes);
}

function littleEndianRow(
  rest: string,
  address: number,
  {group, columns}: LittleEndian,
  target: Target,
): string | undefined {
  const bytes: number[] = [];
  for (let k = 0; k < Math.ceil(columns / group); k++) {
    const at = k * (2 * group + 1);
    const digits = rest.slice(at, at + 2 * group).trim();
    if (digits === '') break;
    const parsed = parseHex(digits);
    if (parsed.kind === 'error') return parsed.sentence;
    bytes.push(...parsed.bytes.reverse());
  }
  return target.put(address, Uint8Array.from(bytes));
}

function undumpDigits(text: string, style: 'plain' | 'include'): Undumped {
  const digits = style === 'plain' ? text : (/\{([^}]*)\}/.exec(text)?.[1] ?? text);
  const parsed = parseHex(digits);
  if (parsed.kind === 'bytes') return {...parsed, offset: 0};
  const before = text.slice(0, text.indexOf(digits) + parsed.at);
  return {kind: 'error', line: before.split('\n').length, sentence: visible(parsed.sentence)};
}
