/** Whose words errors use. Python 3.12 speaks as 3.13 does. */
export type Profile = '3.13' | '3.11';

export interface IntegerCode {
  readonly code: string;
  readonly little: boolean;
  readonly native: boolean;
  /** Bytes. */
  readonly size: number;
  readonly min: bigint;
  readonly max: bigint;
}

/** What CPython says when an int does not fit a code. The value is known to be outside `min` to `max`. */
export function rangeMessage(field: IntegerCode, value: bigint, profile: Profile): string {
  // A pointer is converted as an object address, and only the overflow of that is reported.
  if (field.code === 'P') return 'int too large to convert';
  return profile === '3.13' ? requires(field) : rangeMessage311(field, value);
}

const requires = (field: IntegerCode, name = `'${field.code}'`) =>
  `${name} format requires ${field.min} <= number <= ${field.max}`;

const longMin = -(2n ** 63n);
const longMax = 2n ** 63n - 1n;
const ulongMax = 2n ** 64n - 1n;
const outOfRange = 'argument out of range';
const namesInNativeRoutines: Readonly<Record<string, string>> = {b: 'byte', B: 'ubyte', h: 'short', H: 'ushort'};

/**
 * Before 3.12 the text depended on the routine that converts. Each fetches a C long or unsigned long first, and says
 * `argument out of range` when that fails. On a little-endian host the `<` and `=` tables borrow the native routines
 * of codes that have the same size, so `<h` says what `h` says and `>h` does not (Modules/_struct.c, 3.11).
 */
function rangeMessage311(field: IntegerCode, value: bigint): string {
  const {code, size} = field;
  const nativeSize = code === 'l' || code === 'L' ? 8 : size;
  const nativeRoutine = field.native || size === 1 || (field.little && size === nativeSize);
  if (size === 8) return nativeRoutine ? outOfRange : 'int too large to convert';
  const name = nativeRoutine ? namesInNativeRoutines[code] : undefined;
  const fetchesUnsigned = field.min === 0n && name === undefined;
  const fits = fetchesUnsigned ? value >= 0n && value <= ulongMax : value >= longMin && value <= longMax;
  return fits ? requires(field, name) : outOfRange;
}
