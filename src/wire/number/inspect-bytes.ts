import {decodeHalf} from '../struct/half.ts';

/** The numbers that begin at a byte: one row for each size and kind, in both byte orders. */
export interface Inspected {
  readonly type: 'u8' | 'i8' | 'u16' | 'i16' | 'u32' | 'i32' | 'u64' | 'i64' | 'f16' | 'f32' | 'f64';
  readonly size: number;
  /** Absent where the bytes end before it does. One byte has no order: both are the same. */
  readonly little?: string;
  readonly big?: string;
}

/** Reads the first 8 bytes (or fewer, at the end) as every kind of number. */
export function inspectBytes(bytes: Uint8Array): readonly Inspected[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return readers.map(({type, size, read}) => {
    if (bytes.length < size) return {type, size};
    return {type, size, little: text(read(view, true)), big: text(read(view, false))};
  });
}

const readers: readonly (Pick<Inspected, 'type' | 'size'> & {
  readonly read: (view: DataView, little: boolean) => number | bigint;
})[] = [
  {type: 'u8', size: 1, read: view => view.getUint8(0)},
  {type: 'i8', size: 1, read: view => view.getInt8(0)},
  {type: 'u16', size: 2, read: (view, little) => view.getUint16(0, little)},
  {type: 'i16', size: 2, read: (view, little) => view.getInt16(0, little)},
  {type: 'u32', size: 4, read: (view, little) => view.getUint32(0, little)},
  {type: 'i32', size: 4, read: (view, little) => view.getInt32(0, little)},
  {type: 'u64', size: 8, read: (view, little) => view.getBigUint64(0, little)},
  {type: 'i64', size: 8, read: (view, little) => view.getBigInt64(0, little)},
  {type: 'f16', size: 2, read: (view, little) => decodeHalf(view.getUint16(0, little))},
  {type: 'f32', size: 4, read: (view, little) => Number(view.getFloat32(0, little).toPrecision(9))},
  {type: 'f64', size: 8, read: (view, little) => view.getFloat64(0, little)},
];

function text(value: number | bigint): string {
  return Object.is(value, -0) ? '-0' : String(value);
}
