/**
 * IEEE 754-2019 binary16 (`e`): 1 bit of sign, 5 of exponent (bias 15), 10 of fraction. Written out here because the
 * oldest V8 that Wirebook runs on has no Float16Array.
 */

/** Numbers at or above this round to an exponent that binary16 does not have. */
export const halfLimit = 65520;

const scratch = new DataView(new ArrayBuffer(8));

/** The 16 bits nearest to a number, ties to even. The caller has ruled out finite numbers beyond `halfLimit`. */
export function encodeHalf(value: number): number {
  scratch.setFloat64(0, value);
  const high = scratch.getUint32(0);
  const sign = (high >>> 16) & 0x8000;
  const magnitude = Math.abs(value);
  // CPython drops the payload of a NaN and keeps its sign.
  if (Number.isNaN(magnitude)) return sign | 0x7e00;
  if (magnitude === Infinity) return sign | 0x7c00;
  // Below the smallest normal number the unit is 2**-24; a result of 1024 is that smallest normal number itself.
  if (magnitude < 2 ** -14) return sign | roundToEven(magnitude * 2 ** 24);
  const exponent = ((high >>> 20) & 0x7ff) - 1023;
  // 1024 to 2048 steps; 2048 carries into the exponent by the addition.
  const steps = roundToEven(magnitude * 2 ** (10 - exponent));
  return sign | (((exponent + 14) << 10) + steps);
}

/** The number that 16 bits stand for, exactly. */
export function decodeHalf(bits: number): number {
  const fraction = bits & 0x3ff;
  const exponent = (bits >>> 10) & 0x1f;
  const negative = bits > 0x7fff;
  if (exponent === 0x1f && fraction !== 0) return quietNaN(negative);
  const magnitude =
    exponent === 0x1f ? Infinity : exponent === 0 ? fraction * 2 ** -24 : (fraction + 1024) * 2 ** (exponent - 25);
  return negative ? -magnitude : magnitude;
}

// Made of bits, for the engine may take one NaN constant for the other.
function quietNaN(negative: boolean): number {
  scratch.setUint32(0, negative ? 0xfff8_0000 : 0x7ff8_0000);
  scratch.setUint32(4, 0);
  return scratch.getFloat64(0);
}

// Exact: the argument came from a multiplication by a power of two.
function roundToEven(value: number): number {
  const below = Math.floor(value);
  const rest = value - below;
  return rest > 0.5 || (rest === 0.5 && below % 2 === 1) ? below + 1 : below;
}
