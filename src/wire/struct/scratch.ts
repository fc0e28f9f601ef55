const buffer = new ArrayBuffer(8);

/** Eight bytes seen in every way, to turn words into doubles and 64-bit integers and back without allocating. */
export const scratch = {
  u8: new Uint8Array(buffer),
  u32: new Uint32Array(buffer),
  i64: new BigInt64Array(buffer),
  u64: new BigUint64Array(buffer),
  f32: new Float32Array(buffer),
  f64: new Float64Array(buffer),
} as const;

/** Typed arrays show the byte order of the machine. */
export const hostLittle = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1;
