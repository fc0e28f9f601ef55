/** A finite double as fraction × 2^power, the fraction an integer: no double is anything else. */
export function fractionOf(value: number): {readonly fraction: bigint; readonly power: number} {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  const bits = view.getBigUint64(0);
  const exponent = Number((bits >> 52n) & 0x7ffn);
  const stored = bits & 0xf_ffff_ffff_ffffn;
  const magnitude = exponent === 0 ? stored : stored | (1n << 52n);
  return {fraction: bits >> 63n ? -magnitude : magnitude, power: Math.max(exponent, 1) - 1075};
}

/** Every digit of a finite double, as `format(Decimal(value), 'f')` in Python: 0.1 has 55 of them. */
export function exactDecimal(value: number): string {
  const {fraction, power} = fractionOf(value);
  const sign = value < 0 || Object.is(value, -0) ? '-' : '';
  const magnitude = fraction < 0n ? -fraction : fraction;
  if (power >= 0 || magnitude === 0n) return `${sign}${magnitude << BigInt(Math.max(power, 0))}`;
  // Halves that cancel are taken out first; then 1/2^n is 5^n/10^n.
  const twos = Math.min(trailingZeros(magnitude), -power);
  const places = -power - twos;
  const digits = ((magnitude >> BigInt(twos)) * 5n ** BigInt(places)).toString().padStart(places + 1, '0');
  const whole = digits.slice(0, digits.length - places);
  return `${sign}${whole}${places === 0 ? '' : `.${digits.slice(-places)}`}`;
}

/** `float.hex()`: the fraction in hex and the power of two, exact and short. */
export function floatHex(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  const sign = value < 0 || Object.is(value, -0) ? '-' : '';
  const {fraction, power} = fractionOf(value);
  const magnitude = fraction < 0n ? -fraction : fraction;
  if (magnitude === 0n) return `${sign}0x0.0p+0`;
  const lead = magnitude >> 52n;
  const rest = (magnitude & 0xf_ffff_ffff_ffffn).toString(16).padStart(13, '0');
  const exponent = power + 52;
  return `${sign}0x${lead}.${rest}p${exponent < 0 ? '' : '+'}${exponent}`;
}

function trailingZeros(value: bigint): number {
  return value.toString(2).length - value.toString(2).replace(/0+$/, '').length;
}
