import {hexPairs, toHex} from '../text/hex.ts';
/** A stretch of a number with its meaning. `start` and `end` count bits from the most significant one, or bytes. */
export interface Span {
  readonly name: string;
  readonly unit: 'bit' | 'byte';
  readonly start: number;
  readonly end: number;
  /** The digits of the stretch: binary for bits, hex for bytes. */
  readonly text: string;
  readonly meaning: string;
}

export type Order = 'big' | 'little';

/** `int.to_bytes` of the low bits: 8 x `size` of them, in two's complement. */
export function bytesOf(pattern: bigint, size: number, order: Order): Uint8Array {
  const bytes = Uint8Array.from({length: size}, (_, index) => Number((pattern >> BigInt(8 * index)) & 0xffn));
  return order === 'little' ? bytes : bytes.reverse();
}

/** `int.from_bytes`. */
export function integerOf(bytes: Uint8Array, order: Order, signed = false): bigint {
  const text = `0x0${toHex(order === 'little' ? bytes.slice().reverse() : bytes)}`;
  return signed ? BigInt.asIntN(8 * bytes.length, BigInt(text)) : BigInt(text);
}

/** What each byte contributes, in the order in which the bytes stand. */
export function byteSpans(bytes: Uint8Array, order: Order): Span[] {
  return Array.from(bytes, (byte, index) => {
    const power = 8 * (order === 'little' ? index : bytes.length - 1 - index);
    return {
      name: `byte ${index}`,
      unit: 'byte',
      start: index,
      end: index + 1,
      text: hexPairs[byte]!,
      meaning: power === 0 ? `${byte}, the least significant` : `${byte} × 2^${power}`,
    };
  });
}
