import * as msgpack from '@msgpack/msgpack';
import {measure} from './measure.ts';

/** The bytes of a value, or why MessagePack has none for it. */
export type MessagePackEncoded =
  | {readonly kind: 'encoded'; readonly bytes: Uint8Array}
  | {readonly kind: 'unencodable'; readonly reason: string; readonly next: string};

/** One value and how many bytes it took: MessagePack frames itself, so more may follow. */
export type MessagePackDecoded =
  | {readonly kind: 'value'; readonly value: unknown; readonly consumed: number}
  | {readonly kind: 'need-more'; readonly atLeast: number}
  | {readonly kind: 'malformed'; readonly at: number; readonly reason: string};

/** Encodes what JSON can hold, and bytes, and integers of 64 bits as bigint. */
export function encode(value: unknown): MessagePackEncoded {
  try {
    return {kind: 'encoded', bytes: msgpack.encode(exact(value), {useBigInt64: true})};
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return {
      kind: 'unencodable',
      reason,
      next: 'Use null, booleans, numbers, text, bytes, arrays and objects, at most 100 deep.',
    };
  }
}

/** Decodes the value that starts at `start`. An integer beyond 2⁵³ comes as a bigint. Throws nothing. */
export function decode(bytes: Uint8Array, start = 0): MessagePackDecoded {
  const end = measure(bytes, start);
  if (end.kind !== 'end') return end;
  try {
    // The whole value is known to be there, so the library makes nothing larger than what came.
    const value = msgpack.decode(bytes.subarray(start, end.at), {useBigInt64: true});
    return {kind: 'value', value: handy(value), consumed: end.at - start};
  } catch (error) {
    return {kind: 'malformed', at: start, reason: error instanceof Error ? error.message : String(error)};
  }
}

/** Decodes value after value until the bytes end or make no sense. */
export function decodeAll(bytes: Uint8Array): {
  readonly values: readonly unknown[];
  readonly rest: MessagePackDecoded | undefined;
  readonly at: number;
} {
  const values: unknown[] = [];
  for (let at = 0; ; ) {
    if (at === bytes.length) return {values, rest: undefined, at};
    const next = decode(bytes, at);
    if (next.kind !== 'value') return {values, rest: next, at};
    values.push(next.value);
    at += next.consumed;
  }
}

// The library writes a number beyond 32 bits as a float once it is told to write bigints; so it gets a bigint.
function exact(value: unknown): unknown {
  if (typeof value === 'number' && Number.isSafeInteger(value) && (value > 0xffff_ffff || value < -0x8000_0000))
    return BigInt(value);
  return mapped(value, exact);
}

function handy(value: unknown): unknown {
  if (typeof value === 'bigint') {
    const number = Number(value);
    return Number.isSafeInteger(number) ? number : value;
  }
  return mapped(value, handy);
}

function mapped(value: unknown, change: (value: unknown) => unknown): unknown {
  if (Array.isArray(value)) return value.map(change);
  if (typeof value !== 'object' || value === null) return value;
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, change(inner)]));
}
