import {repr} from '../../wire/python/repr.ts';
import {StructError} from '../../wire/struct/error.ts';
import {Struct} from '../../wire/struct/struct.ts';
import {toPython, type Value} from '../../wire/struct/value.ts';
import {toHex} from '../../wire/text/hex.ts';
import type {AnswerFields, StructAsk} from './struct-shape.ts';

/** The orders are compared up to this many bytes: beyond, nobody compares by eye. */
const mostCompared = 1024;

/** The format without what says its byte order. */
export const bareFormat = (format: string) => format.replace(/^[@=<>!]/, '');

export const isBig = (format: string) => /^[>!]/.test(format);

/**
 * The same values packed with `<` and with `>`, and the same bytes read in the order that was not asked for. Nothing
 * where the format exists in native mode only (`n`, `N`, `P`) or would be of another size.
 */
export function ordersOf(
  {format, python}: StructAsk,
  struct: Struct,
  bytes: Uint8Array,
  codes: readonly string[],
): Pick<AnswerFields, 'little' | 'big' | 'reversed'> {
  if (bytes.length === 0 || bytes.length > mostCompared || struct.items > mostCompared) return {};
  try {
    const options = {python, mode: 'interpreted'} as const;
    const little = new Struct(`<${bareFormat(format)}`, options);
    const big = new Struct(`>${bareFormat(format)}`, options);
    const values = struct.unpack(bytes);
    const packed = (order: Struct, own: boolean) => toHex(own ? bytes : order.pack(...values));
    const standard = little.size === bytes.length && !/^@|^[^=<>!]/.test(format);
    const other = isBig(format) ? little : big;
    const swapped: readonly Value[] = other.size === bytes.length ? other.unpack(bytes) : [];
    return {
      little: packed(little, standard && !isBig(format)),
      big: packed(big, isBig(format)),
      ...(swapped.length > 0 && {reversed: swapped.map((value, index) => repr(toPython(value, codes[index] ?? '')))}),
    };
  } catch (error) {
    if (error instanceof StructError) return {};
    throw error;
  }
}
