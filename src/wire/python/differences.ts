import {repr} from './repr.ts';
import {type PyEntry, type PyValue, typeName} from './value.ts';

/** Where what came back is not what went in. */
export interface Difference {
  /** As Python would reach it: `[0]['name']`; empty for the whole value. */
  readonly where: string;
  readonly kind: 'type' | 'value' | 'key' | 'lost' | 'order';
  readonly was: string;
  readonly now: string;
  /** The types of both, as `type(value).__name__` gives them; `nothing` for what is lost. */
  readonly types: readonly [was: string, now: string];
}

export interface DifferenceOptions {
  /** The key that a key of a dict has become; nothing when it is the same. */
  readonly keyOf?: (key: PyValue) => PyValue | undefined;
  /** Differences to list; more are not looked for. */
  readonly most?: number;
}

/**
 * Compares a value with what came back of it, as `type(a) is type(b) and a == b` would at every place. Containers of
 * another type are one difference, and their items are compared all the same.
 */
export function differences(was: PyValue, now: PyValue, options: DifferenceOptions = {}): readonly Difference[] {
  const found: Difference[] = [];
  const {keyOf = () => undefined, most = 100} = options;
  compare(was, now, '', {found, keyOf, most});
  return found.slice(0, most);
}

interface Comparing {
  readonly found: Difference[];
  readonly keyOf: (key: PyValue) => PyValue | undefined;
  readonly most: number;
}

function compare(was: PyValue, now: PyValue, where: string, comparing: Comparing): void {
  if (comparing.found.length >= comparing.most) return;
  const say = (kind: Difference['kind']) => comparing.found.push(changed(kind, where, was, now));
  if (isRow(was) && isRow(now)) {
    if (was.t !== now.t) say('type');
    compareRows(was.v, now.v, where, comparing);
  } else if (was.t === 'dict' && now.t === 'dict') compareDicts(was.v, now.v, where, comparing);
  else if (was.t !== now.t) say('type');
  else if (repr(was) !== repr(now)) say('value');
}

interface Row {
  readonly t: 'list' | 'tuple';
  readonly v: readonly PyValue[];
}

const isRow = (value: PyValue): value is PyValue & Row => value.t === 'list' || value.t === 'tuple';

function compareRows(was: readonly PyValue[], now: readonly PyValue[], where: string, comparing: Comparing): void {
  for (const [index, item] of was.entries()) {
    const other = now[index];
    const at = `${where}[${index}]`;
    if (other !== undefined) compare(item, other, at, comparing);
    else comparing.found.push(lost(at, item));
  }
}

/** Two keys that have become one have the value of the later. */
function compareDicts(was: readonly PyEntry[], now: readonly PyEntry[], where: string, comparing: Comparing): void {
  const {found, keyOf} = comparing;
  const byKey = new Map(now.map(([key, value], place) => [named(key), {value, place}]));
  let last = -1;
  let ordered = true;
  for (const [key, value] of was) {
    const become = keyOf(key) ?? key;
    const at = `${where}[${short(key)}]`;
    const other = byKey.get(named(become));
    if (named(become) !== named(key)) found.push(changed('key', at, key, become));
    if (other === undefined) {
      found.push(lost(at, value));
      continue;
    }
    ordered &&= other.place >= last;
    last = other.place;
    compare(value, other.value, at, comparing);
  }
  if (!ordered) found.push({where, kind: 'order', was: keysOf(was), now: keysOf(now), types: ['dict', 'dict']});
}

function changed(kind: Difference['kind'], where: string, was: PyValue, now: PyValue): Difference {
  return {where, kind, was: short(was), now: short(now), types: [typeName(was), typeName(now)]};
}

function lost(where: string, was: PyValue): Difference {
  return {where, kind: 'lost', was: short(was), now: 'nothing', types: [typeName(was), 'nothing']};
}

const named = (key: PyValue) => `${typeName(key)} ${repr(key)}`;

const keysOf = (entries: readonly PyEntry[]) => cut(entries.map(([key]) => repr(key)).join(', '));

function short(value: PyValue): string {
  return cut(repr(value));
}

const cut = (text: string) => (text.length > 60 ? `${text.slice(0, 59)}…` : text);
