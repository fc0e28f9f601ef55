/**
 * A Python value as plain data: `t` names the Python type, `v` holds what JavaScript can hold of it without loss.
 * An int is always a bigint and a float always a number, so 1 and 1.0 stay apart.
 */
export type PyValue =
  | {readonly t: 'int'; readonly v: bigint}
  | {readonly t: 'float'; readonly v: number}
  | {readonly t: 'bool'; readonly v: boolean}
  | {readonly t: 'str'; readonly v: string}
  | {readonly t: 'bytes'; readonly v: Uint8Array}
  | {readonly t: 'bytearray'; readonly v: Uint8Array}
  | {readonly t: 'none'}
  | {readonly t: 'ellipsis'}
  | {readonly t: 'tuple' | 'list' | 'set' | 'frozenset'; readonly v: readonly PyValue[]}
  | {readonly t: 'dict'; readonly v: readonly PyEntry[]};

export type PyEntry = readonly [key: PyValue, value: PyValue];

/** The Python name of the value's type, as `type(value).__name__` gives it. */
export function typeName(value: PyValue): string {
  if (value.t === 'none') return 'NoneType';
  return value.t;
}
