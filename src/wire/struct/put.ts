import {StructError} from './error.ts';
import {encodeHalf, halfLimit} from './half.ts';
import {narrowNaN} from './nan.ts';
import type {Step} from './plan.ts';
import {type Profile, rangeMessage} from './range.ts';
import {asInteger, PyByteArray, PyFloat, truth} from './value.ts';

/** The first doubles that a binary32 cannot hold round to 2**128: from here on `f` overflows. */
export const singleLimit = 2 ** 128 - 2 ** 103;

/**
 * Write one item of a step at an absolute position, in a span that is all zeros.
 *
 * @throws StructError when the value does not fit, in the words of the profile.
 */
export function put(view: DataView, bytes: Uint8Array, at: number, step: Step, value: unknown, profile: Profile): void {
  switch (step.kind) {
    case 'bool':
      bytes[at] = truth(value) ? 1 : 0;
      return;
    case 'char':
      if (!(value instanceof Uint8Array) || value.length !== 1)
        throw new StructError('char format requires a bytes object of length 1');
      bytes[at] = value[0]!;
      return;
    case 'bytes':
      putBytes(bytes, at, step.size, bytesOf(value, 's'));
      return;
    case 'pascal':
      putPascal(bytes, at, step.size, bytesOf(value, 'p'), profile);
      return;
    case 'float':
      putFloat(view, at, step, value);
      return;
    default:
      putInteger(view, at, step, value, profile);
  }
}

/** As many bytes as there is room for; what is left of the room stays as it is. */
export function putBytes(bytes: Uint8Array, at: number, room: number, value: Uint8Array): void {
  const length = Math.min(room, value.length);
  if (length > 24) bytes.set(value.subarray(0, length), at);
  else for (let index = 0; index < length; index++) bytes[at + index] = value[index]!;
}

function putPascal(bytes: Uint8Array, at: number, size: number, value: Uint8Array, profile: Profile): void {
  if (size > 0) {
    putBytes(bytes, at + 1, size - 1, value);
    bytes[at] = Math.min(value.length, size - 1, 255);
  } else if (profile === '3.11' && at < bytes.length) {
    // CPython before 3.13 writes a length of -1 where a `0p` stands, over the byte that follows it.
    bytes[at] = 0xff;
  }
}

function bytesOf(value: unknown, code: string): Uint8Array {
  if (value instanceof Uint8Array) return value;
  if (value instanceof PyByteArray) return value.bytes;
  throw new StructError(`argument for '${code}' must be a bytes object`);
}

function putFloat(view: DataView, at: number, step: Step, value: unknown): void {
  if (value instanceof PyFloat && value.bits !== undefined && Number.isNaN(value.value)) {
    putBits(view, at, step, narrowNaN(value.bits, step.size));
    return;
  }
  const number = toDouble(value);
  const magnitude = Math.abs(number);
  // In native mode an `f` is a C cast, which makes an infinity of what is too large.
  const limit = step.size === 2 ? halfLimit : step.size === 4 && !step.native ? singleLimit : Infinity;
  if (magnitude >= limit && magnitude !== Infinity) throw tooLarge(value, step.code);
  if (step.size === 2) view.setUint16(at, encodeHalf(number), step.little);
  else if (step.size === 4) view.setFloat32(at, number, step.little);
  else view.setFloat64(at, number, step.little);
}

// CPython rewords the overflow when the argument was an int.
function tooLarge(value: unknown, code: string): StructError {
  return typeof value === 'bigint'
    ? new StructError('int too large to convert')
    : new StructError(`float too large to pack with ${code} format`, 'OverflowError');
}

function toDouble(value: unknown): number {
  if (typeof value === 'number') return value;
  if (value instanceof PyFloat) return value.value;
  const number = typeof value === 'bigint' || typeof value === 'boolean' ? Number(value) : Number.NaN;
  // NaN: no number at all. Infinity: an int beyond every double, which is refused in the same words.
  if (!Number.isFinite(number)) throw new StructError('required argument is not a float');
  return number;
}

function putInteger(view: DataView, at: number, step: Step, value: unknown, profile: Profile): void {
  const integer = asInteger(value);
  if (integer === undefined) throw new StructError('required argument is not an integer');
  const fits = integer >= step.min && integer <= step.max;
  // The big-endian routine of q and Q has written the low bytes before it sees the overflow, and leaves them.
  const leavesBytes = step.size === 8 && !step.little && (step.kind === 'signed' || integer >= 0n);
  if (!fits && leavesBytes) view.setBigInt64(at, integer);
  if (!fits) throw new StructError(rangeMessage(step, integer, profile));
  putBits(view, at, step, integer);
}

// Setting takes the value modulo the width, so one setter serves both signs.
function putBits(view: DataView, at: number, {size, little}: Step, bits: bigint): void {
  if (size === 8) view.setBigInt64(at, bits, little);
  else if (size === 4) view.setInt32(at, Number(bits), little);
  else if (size === 2) view.setInt16(at, Number(bits), little);
  else view.setInt8(at, Number(bits));
}
