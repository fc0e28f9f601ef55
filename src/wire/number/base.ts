/** How Python prints an int in the bases that have a function: `hex(-255)` is `-0xff`. */
export const hex = (value: bigint): string => withSign(value, `0x${magnitude(value).toString(16)}`);
export const oct = (value: bigint): string => withSign(value, `0o${magnitude(value).toString(8)}`);
export const bin = (value: bigint): string => withSign(value, `0b${magnitude(value).toString(2)}`);

/** The digits in any base from 2 to 36, lower case, without a prefix. */
export const digits = (value: bigint, base: number): string => value.toString(base);

/** `int.bit_length()`: how many bits the magnitude has; 0 has none. */
export const bitLength = (value: bigint): number => (value === 0n ? 0 : magnitude(value).toString(2).length);

const magnitude = (value: bigint) => (value < 0n ? -value : value);
const withSign = (value: bigint, text: string) => (value < 0n ? `-${text}` : text);
