import {reprFloat} from '../python/repr.ts';
import {fromHex, toHex} from '../text/hex.ts';
import {type Packable, PyByteArray, PyFloat, toPython, type Value} from './value.ts';

/** A Python value as JSON: integers in decimal, bytes in hex, a float with the bits of its big-endian double. */
export type Tagged =
  | {readonly t: 'int'; readonly v: string}
  | {readonly t: 'float'; readonly v: string; readonly bits: string}
  | {readonly t: 'bool'; readonly v: boolean}
  | {readonly t: 'bytes'; readonly v: string}
  | {readonly t: 'tuple' | 'list'; readonly v: readonly Tagged[]};

/** A request that cannot be read, in a sentence for whoever wrote it. */
export class RequestError extends Error {}

/** The unpacked value of a field as JSON. The bits of a NaN have to be given: the number does not hold them. */
export function tag(value: Value, code: string, nanBits: () => bigint): Tagged {
  const python = toPython(value, code);
  if (python.t === 'bool') return {t: 'bool', v: python.v};
  if (python.t === 'float') return {t: 'float', v: reprFloat(python.v), bits: bitsOf(python.v, nanBits)};
  if (python.t === 'bytes') return {t: 'bytes', v: toHex(python.v)};
  return {t: 'int', v: String(value)};
}

/** The value that `pack` takes for a tagged one. @throws RequestError */
export function untag(tagged: unknown): Packable {
  if (!isRecord(tagged) || tagged.t === undefined) throw new RequestError('A value must be an object with t and v.');
  const {t, v, bits} = tagged;
  switch (t) {
    case 'int':
      return toBigInt(v, 'The v of an int');
    case 'float':
      return doubleOf(bits);
    case 'bytes':
      return readHex(v, 'The v of bytes');
    case 'bytearray':
      return new PyByteArray(readHex(v, 'The v of a bytearray'));
    case 'bool':
      return v === true;
    case 'str':
      return String(v);
    case 'none':
      return null;
    case 'list':
    case 'tuple':
      return Array.isArray(v) ? v : [];
    default:
      throw new RequestError(
        `${String(t)} is no type of value. Use int, float, bytes, bool, str, none, list or tuple.`,
      );
  }
}

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

export function toBigInt(value: unknown, what: string): bigint {
  if (typeof value === 'number' && Number.isInteger(value)) return BigInt(value);
  if (typeof value !== 'string' || !/^-?\d+$/.test(value)) throw new RequestError(`${what} must be decimal digits.`);
  return BigInt(value);
}

export function readHex(value: unknown, what: string): Uint8Array {
  const bytes = typeof value === 'string' ? fromHex(value) : undefined;
  if (bytes === undefined) throw new RequestError(`${what} must be pairs of hex digits.`);
  return bytes;
}

const view = new DataView(new ArrayBuffer(8));

function bitsOf(value: number, nanBits: () => bigint): string {
  if (Number.isNaN(value)) view.setBigUint64(0, nanBits());
  else view.setFloat64(0, value);
  return view.getBigUint64(0).toString(16).padStart(16, '0');
}

function doubleOf(bits: unknown): PyFloat {
  if (typeof bits !== 'string' || !/^[0-9a-f]{16}$/i.test(bits))
    throw new RequestError('The bits of a float must be 16 hex digits.');
  const pattern = BigInt(`0x${bits}`);
  view.setBigUint64(0, pattern);
  return new PyFloat(view.getFloat64(0), pattern);
}
