import {type PyEntry, type PyValue, typeName} from './value.ts';

/** The name of the type in a value that keeps it out of a set or from being a key of a dict; or undefined. */
export function unhashable(value: PyValue): string | undefined {
  if (value.t === 'tuple') return value.v.map(unhashable).find(name => name !== undefined);
  return ['list', 'dict', 'set', 'bytearray'].includes(value.t) ? typeName(value) : undefined;
}

/** The items of a set: of equal ones the first stays. */
export function uniqueItems(items: readonly PyValue[]): PyValue[] {
  return uniqueEntries(items.map(item => [item, item])).map(([key]) => key);
}

/** The entries of a dict: of equal keys the first stays, with the last value. */
export function uniqueEntries(entries: readonly PyEntry[]): PyEntry[] {
  const kept = new Map<unknown, PyEntry>();
  for (const [key, value] of entries) {
    const identity = identityOf(key);
    kept.set(identity, [kept.get(identity)?.[0] ?? key, value]);
  }
  return [...kept.values()];
}

/** Equal exactly when Python says that the values are: 1, 1.0 and True are one key, and a NaN equals nothing. */
function identityOf(value: PyValue): unknown {
  if (value.t === 'float' && Number.isNaN(value.v)) return {};
  return textOf(value);
}

function textOf(value: PyValue): string {
  switch (value.t) {
    case 'int':
      return `number ${value.v}`;
    case 'bool':
      return `number ${Number(value.v)}`;
    case 'float':
      return `number ${Number.isInteger(value.v) ? BigInt(value.v) : value.v}`;
    case 'str':
      return `str ${JSON.stringify(value.v)}`;
    case 'bytes':
    case 'bytearray':
      return `bytes ${value.v.join()}`;
    case 'tuple':
    case 'list':
      return `(${value.v.map(textOf).join()})`;
    case 'set':
    case 'frozenset':
      return `{${value.v.map(textOf).sort().join()}}`;
    case 'dict':
      return `{${value.v.map(([key, item]) => `${textOf(key)}: ${textOf(item)}`).join()}}`;
    default:
      return value.t;
  }
}
