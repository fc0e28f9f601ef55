import {StructError} from './error.ts';
import {decodeHalf} from './half.ts';
import type {Step} from './plan.ts';
import type {Profile} from './range.ts';
import type {Value} from './value.ts';

/** Read one item of a step at an absolute position. The caller has checked the bounds. */
export function take(view: DataView, bytes: Uint8Array, at: number, step: Step, profile: Profile): Value {
  switch (step.kind) {
    case 'bool':
      return bytes[at] !== 0;
    case 'char':
    case 'bytes':
      return copyBytes(bytes, at, at + step.size);
    case 'pascal':
      return takePascal(bytes, at, step.size, profile);
    case 'float':
      return takeFloat(view, at, step);
    default:
      return takeInteger(view, at, step);
  }
}

/** A copy of a span. (`slice` of a Node Buffer would be a view.) */
export function copyBytes(bytes: Uint8Array, start: number, end: number): Uint8Array {
  const copy = new Uint8Array(end - start);
  // For the usual few bytes a loop is quicker than a call into the engine.
  if (copy.length > 24) copy.set(bytes.subarray(start, end));
  else for (let index = 0; index < copy.length; index++) copy[index] = bytes[start + index]!;
  return copy;
}

/** The length byte is clamped to the room behind it. */
export function takePascal(bytes: Uint8Array, at: number, size: number, profile: Profile): Uint8Array {
  if (size > 0) return copyBytes(bytes, at + 1, at + 1 + Math.min(bytes[at]!, size - 1));
  // A `0p` has no length byte; CPython before 3.13 asks for -1 bytes.
  if (profile === '3.13') return new Uint8Array(0);
  throw new StructError('Negative size passed to PyBytes_FromStringAndSize', 'SystemError');
}

function takeFloat(view: DataView, at: number, {size, little}: Step): number {
  if (size === 2) return decodeHalf(view.getUint16(at, little));
  return size === 4 ? view.getFloat32(at, little) : view.getFloat64(at, little);
}

function takeInteger(view: DataView, at: number, {size, kind, little}: Step): number | bigint {
  const signed = kind === 'signed';
  if (size === 1) return signed ? view.getInt8(at) : view.getUint8(at);
  if (size === 2) return signed ? view.getInt16(at, little) : view.getUint16(at, little);
  if (size === 4) return signed ? view.getInt32(at, little) : view.getUint32(at, little);
  return signed ? view.getBigInt64(at, little) : view.getBigUint64(at, little);
}
