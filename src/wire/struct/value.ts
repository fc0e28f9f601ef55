import type {PyValue} from '../python/value.ts';

/**
 * A Python float where an integral number would pass for an int: `pack('i', float(1))` fails as `pack('i', 1.0)` does
 * in Python, while `pack('i', 1)` works. Float codes take a plain number and a `PyFloat` alike.
 */
export class PyFloat {
  readonly value: number;
  /** The 64 bits of the double, where it is a NaN whose sign and payload matter: a JavaScript number loses them. */
  readonly bits: bigint | undefined;

  constructor(value: number, bits?: bigint) {
    this.value = value;
    this.bits = bits;
  }
}

/** A Python bytearray, for the one code (`c`) that refuses it where it takes bytes. */
export class PyByteArray {
  readonly bytes: Uint8Array;
  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }
}

export const float = (value: number): PyFloat => new PyFloat(value);

/** What a field gives: int as number up to 32 bits and as bigint above, float as number, bool, bytes. */
export type Value = number | bigint | boolean | Uint8Array;

/**
 * What a field takes. An integral number is an int for the integer codes and a float for the float codes; any other
 * number is a float; null is None. What no code takes but `?` (which asks for the truth of anything) is allowed in,
 * so that it can be refused in Python's words.
 */
export type Packable = Value | PyFloat | PyByteArray | string | null | undefined | readonly unknown[];

/** What `pack` takes for a Python value. */
export function fromPython(value: PyValue): Packable {
  switch (value.t) {
    case 'int':
    case 'bool':
    case 'str':
    case 'bytes':
      return value.v;
    case 'float':
      return new PyFloat(value.v);
    case 'bytearray':
      return new PyByteArray(value.v);
    case 'none':
      return null;
    case 'ellipsis':
      return [value];
    default:
      return value.v;
  }
}

/** The Python value that the field of this code unpacked to. */
export function toPython(value: Value, code: string): PyValue {
  if (typeof value === 'boolean') return {t: 'bool', v: value};
  if (typeof value === 'bigint') return {t: 'int', v: value};
  if (typeof value === 'object') return {t: 'bytes', v: value};
  return code === 'e' || code === 'f' || code === 'd' ? {t: 'float', v: value} : {t: 'int', v: BigInt(value)};
}

/** The int that a value is, or undefined where Python would say that it is none. */
export function asInteger(value: unknown): bigint | undefined {
  if (typeof value === 'bigint') return value;
  if (typeof value === 'boolean') return value ? 1n : 0n;
  return typeof value === 'number' && Number.isInteger(value) ? BigInt(value) : undefined;
}

/** `bool(value)`. NaN is true in Python, and so is a bytes object of one zero. */
export function truth(value: unknown): boolean {
  if (value === null || value === undefined) return false;
  if (typeof value === 'number') return value !== 0;
  if (value instanceof PyFloat) return value.value !== 0;
  if (value instanceof PyByteArray) return value.bytes.length > 0;
  if (value instanceof Uint8Array || Array.isArray(value)) return value.length > 0;
  return Boolean(value);
}

/** The name of the Python type that a value stands for, as error messages give it. */
export function pythonType(value: unknown): string {
  if (value === null || value === undefined) return 'NoneType';
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'string') return 'str';
  if (value instanceof Uint8Array) return 'bytes';
  if (value instanceof PyByteArray) return 'bytearray';
  if (value instanceof PyFloat) return 'float';
  if (Array.isArray(value)) return 'list';
  if (asInteger(value) !== undefined) return 'int';
  return typeof value === 'number' ? 'float' : typeof value;
}
