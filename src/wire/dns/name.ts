import {mostLabelBytes, mostNameBytes, show, textOf} from './name-text.ts';

export {type ParsedName, parseName} from './parse-name.ts';
export {reverseName} from './reverse.ts';

/** A name as text, and the offset behind it where it stands (a pointer ends it there). */
export type NameRead =
  | {
      readonly kind: 'name';
      readonly text: string;
      readonly next: number;
      /** Where each compression pointer leads, in the order they are followed; absent when there is none. */
      readonly targets?: readonly number[];
    }
  | {readonly kind: 'malformed'; readonly at: number; readonly reason: string};

/**
 * Reads the name at `start` (RFC 1035 §3.1, compressed as in §4.1.4). Pointers must go backwards, so there is no loop,
 * and no more of them are followed than a name can have labels, so there is no long way either. Dots, backslashes and
 * bytes that are not printable ASCII are written `\.` and `\DDD` (RFC 4343 §2.1), so two names never look the same.
 */
export function readName(message: Uint8Array, start: number): NameRead {
  let targets: number[] | undefined;
  let next = -1;
  let least = start;
  let length = 1;
  let shown = 0;
  for (let at = start; ; ) {
    const size = message[at];
    if (size === undefined) return malformed(at, 'The message ends inside a name.');
    if (size === 0) {
      const text = shown === 0 ? '.' : textOf(shown);
      if (next === -1) next = at + 1;
      return targets === undefined ? {kind: 'name', text, next} : {kind: 'name', text, next, targets};
    }
    if (size >= 0xc0) {
      const low = message[at + 1];
      if (low === undefined) return malformed(at, 'The message ends inside a compression pointer.');
      const target = ((size & 0x3f) << 8) | low;
      if (target >= least)
        return malformed(at, `A compression pointer goes to ${target}, and it may only go backwards.`);
      if (next === -1) next = at + 2;
      targets ??= [];
      if (targets.push(target) > mostPointers)
        return malformed(at, `The name has more than ${mostPointers} compression pointers.`);
      least = target;
      at = target;
      continue;
    }
    if (size > mostLabelBytes) return malformed(at, `0x${size.toString(16)} starts neither a label nor a pointer.`);
    const end = at + 1 + size;
    if (end > message.length) return malformed(at, `A label of ${size} bytes goes beyond the message.`);
    length += size + 1;
    if (length > mostNameBytes) return malformed(at, 'The name has more than 255 bytes.');
    shown = show(message, at + 1, end, shown);
    at = end;
  }
}

/** The wire form, uncompressed, of an absolute name as {@link readName} and `parseName` give it. Throws a RangeError for any other text. */
export function nameBytes(name: string): Uint8Array {
  const bytes = new Uint8Array(name.length + 1);
  let length = 0;
  let labelAt = 0;
  if (name !== '.')
    for (let at = 0; at < name.length; at++) {
      const code = name.charCodeAt(at);
      if (code === dot) {
        closeLabel(bytes, labelAt, length, name);
        length++;
        labelAt = length;
        continue;
      }
      if (code === backslash) {
        const digits = isDigit(name.charCodeAt(at + 1));
        bytes[++length] = digits ? decimalAt(name, at + 1) : octetAt(name, at + 1);
        at += digits ? 3 : 1;
      } else if (code > 0x7f) throw new RangeError(`Not a name: ${name}`);
      else bytes[++length] = code;
    }
  if (labelAt !== length || length >= mostNameBytes) throw new RangeError(`Not an absolute name: ${name}`);
  return bytes.slice(0, length + 1);
}

/** The labels as text, leftmost first; none for the root. */
export function labelsOf(name: string): readonly string[] {
  if (name === '.') return [];
  if (!name.includes('\\')) return name.slice(0, -1).split('.');
  const labels: string[] = [];
  for (let rest = name; rest !== '.'; rest = parentOf(rest)) labels.push(rest.slice(0, firstDot(rest)));
  return labels;
}

/** The name without its leftmost label; the root's parent is the root. */
export function parentOf(name: string): string {
  const rest = name.slice(firstDot(name) + 1);
  return rest === '' ? '.' : rest;
}

/** The wildcard right below a name (RFC 4592 §2.1.1). */
export function wildcardOf(name: string): string {
  return name === '.' ? '*.' : `*.${name}`;
}

/** Whether the name is the ancestor or below it; letter case does not matter (RFC 4343 §3). */
export function isSubdomain(name: string, ancestor: string): boolean {
  if (ancestor === '.') return true;
  const [below, above] = [name.toLowerCase(), ancestor.toLowerCase()];
  if (!below.endsWith(above)) return false;
  const cut = below.length - above.length;
  if (cut === 0) return true;
  if (below.charCodeAt(cut - 1) !== dot) return false;
  let backslashes = 0;
  while (below.charCodeAt(cut - 2 - backslashes) === backslash) backslashes++;
  return backslashes % 2 === 0;
}

export function sameName(one: string, other: string): boolean {
  return one === other || one.toLowerCase() === other.toLowerCase();
}

/** Canonical order (RFC 4034 §6.1): label by label from the right, as bytes, with small letters. */
export function compareNames(one: string, other: string): number {
  const [ones, others] = [sortable(one), sortable(other)];
  for (let index = 0; index < ones.length && index < others.length; index++) {
    const [left, right] = [ones[index]!, others[index]!];
    if (left !== right) return left < right ? -1 : 1;
  }
  return ones.length - others.length;
}

function decimalAt(name: string, at: number): number {
  const [first, second, third] = [name.charCodeAt(at), name.charCodeAt(at + 1), name.charCodeAt(at + 2)];
  const byte = (first - 0x30) * 100 + (second - 0x30) * 10 + third - 0x30;
  if (!isDigit(second) || !isDigit(third) || byte > 0xff) throw new RangeError(`Not a name: ${name}`);
  return byte;
}

function octetAt(name: string, at: number): number {
  const code = name.charCodeAt(at);
  if (!(code <= 0x7f)) throw new RangeError(`Not a name: ${name}`);
  return code;
}

const isDigit = (code: number) => code >= 0x30 && code <= 0x39;

function closeLabel(bytes: Uint8Array, labelAt: number, length: number, name: string): void {
  const size = length - labelAt;
  if (size === 0 || size > mostLabelBytes) throw new RangeError(`Not a name: ${name}`);
  bytes[labelAt] = size;
}

function firstDot(name: string): number {
  for (let at = 0; at < name.length; at++) {
    const code = name.charCodeAt(at);
    if (code === dot) return at;
    if (code === backslash) at++;
  }
  return name.length;
}

/** Labels from the right, each as one string of its bytes with small letters. */
function sortable(name: string): readonly string[] {
  return labelsOf(name.toLowerCase())
    .map(label => label.replace(/\\(\d{3}|.)/g, (_, escaped: string) => rawOf(escaped)))
    .reverse();
}

const rawOf = (escaped: string) => (escaped.length === 3 ? String.fromCharCode(Number(escaped)) : escaped);

const dot = 0x2e;
const backslash = 0x5c;

/** A label takes two bytes at least, so a name has 127 of them, and needs no more pointers than that. */
const mostPointers = 127;

function malformed(at: number, reason: string): NameRead {
  return {kind: 'malformed', at, reason};
}
