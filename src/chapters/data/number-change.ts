import {bin, hex, oct} from '../../wire/number/base.ts';
import {describeFloat} from '../../wire/number/float-bits.ts';
import {bytesOf, integerOf} from '../../wire/number/span.ts';
import {reprFloat} from '../../wire/python/repr.ts';
import {toHex} from '../../wire/text/hex.ts';
import {formatOfWidth, patternOf, type Subject, shownWidth, type Width} from './number-describe.ts';
import type {NumberAsk} from './number-shape.ts';

/** The number with one of the bits on screen turned over; bit 0 is the least significant. */
export function toggled(subject: Subject, width: Width, bit: number): Subject | undefined {
  const shown = shownWidth(subject, width);
  const {pattern, width: bits} = patternOf(subject, shown);
  if (bit >= bits) return undefined;
  return withPattern(subject, bits, pattern ^ (1n << BigInt(bit)), bit);
}

/** The bytes of the bits on screen in the opposite order, as htonl does it. */
export function swapped(subject: Subject, width: Width): Subject {
  const shown = shownWidth(subject, width);
  if (subject.type === 'bytes') return {type: 'bytes', bytes: subject.bytes.slice().reverse()};
  const {pattern, width: bits} = patternOf(subject, shown);
  return withPattern(subject, bits, integerOf(bytesOf(pattern, bits / 8, 'big'), 'little'));
}

/** `-n`; of a float its sign bit is turned over. Bytes have no sign. */
export function negated(subject: Subject, width: Width): Subject | undefined {
  if (subject.type === 'bytes') return undefined;
  if (subject.type === 'int') return {type: 'int', value: -subject.value, signed: subject.signed || subject.value > 0n};
  const {width: bits} = patternOf(subject, shownWidth(subject, width));
  return toggled(subject, width, bits - 1);
}

/** What the form shows for a number that an action made. */
export function typedFor(subject: Subject, ask: NumberAsk): {value: string; as?: string; width?: string} {
  if (subject.type === 'bytes') return {value: toHex(subject.bytes)};
  if (subject.type === 'float') return {value: reprFloat(subject.value)};
  const bits = shownWidth(subject, ask.width);
  // The row must not change its length under the cursor.
  const width = ask.width === 'auto' && bits <= 64 && bits > 0 ? {width: String(bits)} : {};
  return {value: written(subject.value, ask), ...width};
}

/** In the base in which it was typed. */
function written(value: bigint, {as, value: typed}: NumberAsk): string {
  const bases: Readonly<Record<string, number>> = {hex: 16, oct: 8, bin: 2};
  const base = bases[as];
  if (base !== undefined) return value.toString(base);
  const prefix = as === 'python' ? /^\s*[+-]?(0[xob])/i.exec(typed)?.[1]?.toLowerCase() : undefined;
  const inBase = prefix === undefined ? undefined : {'0x': hex, '0o': oct, '0b': bin}[prefix];
  return inBase?.(value) ?? String(value);
}

function withPattern(subject: Subject, bits: number, pattern: bigint, bit?: number): Subject {
  if (subject.type === 'bytes') return {type: 'bytes', bytes: bytesOf(pattern, bits / 8, 'big')};
  if (subject.type === 'float') {
    const {value} = describeFloat(pattern, formatOfWidth(bits));
    return Number.isNaN(value) ? {type: 'float', value, pattern} : {type: 'float', value};
  }
  const {value, signed} = subject;
  const inside = BigInt.asIntN(bits, value) === value || BigInt.asUintN(bits, value) === value;
  // Of a number that is longer than the row, the bits outside stay as they are.
  if (!inside && bit !== undefined) return {type: 'int', value: value ^ (1n << BigInt(bit)), signed};
  return {type: 'int', value: signed ? BigInt.asIntN(bits, pattern) : pattern, signed};
}
