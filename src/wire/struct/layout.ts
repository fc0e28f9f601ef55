import type {CodeKind} from './codes.ts';
import type {Format} from './format.ts';
import {exact, type Size} from './size.ts';

/** A stretch of a struct: a run of equal fields, or padding. A run stays one entry whatever its count. */
export type LayoutEntry = LayoutValue | LayoutPad;

export interface LayoutValue {
  readonly kind: 'value';
  readonly code: string;
  readonly type: CodeKind;
  /** The C type, as Python's documentation names it. */
  readonly c: string;
  /** Where the first of them begins. */
  readonly offset: Size;
  /** Bytes of each. */
  readonly size: Size;
  /** How many of them; 1 for `s` and `p`. */
  readonly count: Size;
  /** The place of the first among the values. */
  readonly index: Size;
  /** Where it stands in the format text. */
  readonly at: readonly [start: number, end: number];
}

export interface LayoutPad {
  readonly kind: 'pad';
  readonly code: 'x' | '';
  /** `x` was written in the format; `alignment` is put before the code at `at` in native mode. */
  readonly why: 'x' | 'alignment';
  readonly offset: Size;
  readonly size: Size;
  readonly at: readonly [start: number, end: number];
}

/** A field as the vectors of the tests write it. */
export type Field = readonly [offset: Size, size: Size, code: string];

export function layoutOf(format: Format): LayoutEntry[] {
  const entries: LayoutEntry[] = [];
  let index = 0n;
  for (const {code, offset, itemSize, items, bytes, padding, at} of format.runs) {
    if (padding > 0n) {
      const start = exact(offset - padding);
      entries.push({kind: 'pad', code: '', why: 'alignment', offset: start, size: exact(padding), at});
    }
    if (code.kind === 'pad') {
      if (bytes > 0n) entries.push({kind: 'pad', code: 'x', why: 'x', offset: exact(offset), size: exact(bytes), at});
    } else if (items > 0n) {
      const sizes = {offset: exact(offset), size: exact(itemSize), count: exact(items), index: exact(index)};
      entries.push({kind: 'value', code: code.code, type: code.kind, c: code.type, ...sizes, at});
    }
    index += items;
  }
  return entries;
}

/** Each single field in turn, made as it is asked for. */
export function* fieldsOf(layout: readonly LayoutEntry[]): Generator<Field, undefined> {
  for (const entry of layout) {
    if (entry.kind === 'pad') continue;
    for (let done = 0n; done < entry.count; done++)
      yield [exact(BigInt(entry.offset) + done * BigInt(entry.size)), entry.size, entry.code];
  }
}
