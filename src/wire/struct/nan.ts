/**
 * ECMAScript knows one NaN: what its sign and payload are is left to the engine, and V8 sometimes keeps them and
 * sometimes not. Where they must be right (CPython keeps them), they are carried over here as bits.
 */

/** The bits of a NaN double as CPython narrows them to 2, 4 or 8 bytes. A half keeps the sign only. */
export function narrowNaN(bits: bigint, size: number): bigint {
  if (size === 8) return bits;
  if (size === 2) return ((bits >> 48n) & 0x8000n) | 0x7e00n;
  // The upper 23 bits of the fraction, made quiet, as the processor converts.
  return ((bits >> 32n) & 0x8000_0000n) | 0x7fc0_0000n | ((bits >> 29n) & 0x3f_ffffn);
}

/** The bits of the double that CPython makes of a NaN of 2, 4 or 8 bytes. */
export function widenNaN(bits: bigint, size: number): bigint {
  if (size === 8) return bits;
  if (size === 2) return ((bits & 0x8000n) << 48n) | 0x7ff8_0000_0000_0000n;
  return ((bits & 0x8000_0000n) << 32n) | 0x7ff8_0000_0000_0000n | ((bits & 0x3f_ffffn) << 29n);
}
