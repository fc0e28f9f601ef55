import {describeFloat, type FloatBits, type FloatFormat, floatFormats} from './float-bits.ts';
import {byteSpans, integerOf, type Order, type Span} from './span.ts';

/** The same bytes read in one order as everything they could be. */
export interface Reading {
  readonly order: Order;
  readonly unsigned: bigint;
  /** In two's complement. */
  readonly signed: bigint;
  /** As a float, where they are 2, 4 or 8. */
  readonly float: FloatBits | undefined;
  readonly spans: readonly Span[];
}

/** Bytes as numbers, in both orders. No bytes are the number 0, as `int.from_bytes(b'')` is. */
export function numbersIn(bytes: Uint8Array): {readonly big: Reading; readonly little: Reading} {
  return {big: readingOf(bytes, 'big'), little: readingOf(bytes, 'little')};
}

function readingOf(bytes: Uint8Array, order: Order): Reading {
  const unsigned = integerOf(bytes, order);
  const format = (Object.keys(floatFormats) as FloatFormat[]).find(
    name => floatFormats[name].width === 8 * bytes.length,
  );
  return {
    order,
    unsigned,
    signed: BigInt.asIntN(8 * bytes.length, unsigned),
    float: format === undefined ? undefined : describeFloat(unsigned, format),
    spans: byteSpans(bytes, order),
  };
}
