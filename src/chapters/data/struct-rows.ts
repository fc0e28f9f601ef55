import type {LayoutEntry} from '../../wire/struct/layout.ts';
import type {Size} from '../../wire/struct/size.ts';
import type {StructField} from './struct-shape.ts';

/** A run of up to this many fields gets a row for each; a longer one is one row. */
const longestListed = 16;

/** No more rows than this are made. */
const mostRows = 4096;

/** Values of a run that its one row shows. */
const mostShown = 8;

export interface Rows {
  readonly fields: readonly StructField[];
  /** How many there would be beyond them. */
  readonly more: number;
}

/** One struct among the bytes: where it begins, what its values are in Python's words, and its number when there are several. */
export interface Placement {
  readonly start: number;
  readonly values: readonly string[];
  readonly record?: number;
}

/** Which bytes are which value, and which are padding: of each struct in turn. */
export function rowsOf(layout: readonly LayoutEntry[], placements: readonly Placement[]): Rows {
  const fields: StructField[] = [];
  let more = 0;
  for (const placement of placements)
    for (const entry of layout) {
      if (fields.length >= mostRows) more += rowCount(entry);
      else fields.push(...rowsOfEntry(entry, placement));
    }
  return {fields, more};
}

const rowCount = (entry: LayoutEntry) =>
  entry.kind === 'value' && entry.count <= longestListed ? Number(entry.count) : 1;

function rowsOfEntry(entry: LayoutEntry, {start, values, record}: Placement): StructField[] {
  const at = [...entry.at];
  const base = {at, ...(record !== undefined && {record})};
  const offset = plus(start, entry.offset);
  if (entry.kind === 'pad') {
    const type = entry.why === 'x' ? 'pad byte' : 'alignment';
    return [{...base, offset, size: size(entry.size), count: 1, code: entry.code, type, value: '', padding: entry.why}];
  }
  const {code, c: type, count} = entry;
  const first = Number(entry.index);
  if (count > longestListed) {
    const shown = values.slice(first, first + mostShown);
    const value = shown.length === 0 ? '' : `${shown.join(', ')}, …`;
    return [{...base, offset, size: size(times(entry.size, count)), count: size(count), code, type, value}];
  }
  return Array.from({length: Number(count)}, (_, index) => ({
    ...base,
    offset: plus(start, plus(entry.offset, times(entry.size, BigInt(index)))),
    size: size(entry.size),
    count: 1,
    code,
    type,
    value: values[first + index] ?? '',
  }));
}

/** A JSON number where that is exact, else the digits. */
export function size(value: Size): number | string {
  return value <= Number.MAX_SAFE_INTEGER ? Number(value) : String(value);
}

const plus = (one: Size | string, other: Size | string) => size(BigInt(one) + BigInt(other));
const times = (one: Size, other: Size) => BigInt(one) * BigInt(other);
