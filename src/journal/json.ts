import {toHex} from '../wire/text/hex.ts';
import type {WireEvent} from './event.ts';

/** An event as one line of `--json` shows it and as a `.wirebook` file holds it: `kind`, `t`, `run` first. */
export interface JsonEvent {
  readonly kind: string;
  readonly t: number;
  readonly run: number;
  readonly [field: string]: unknown;
}

/**
 * The one JSON form of an event. Bytes are lower-case hex under `bytes`; bytes that made room for newer ones are
 * `"bytes":null` with their `length`. BigInts are decimal strings: JSON numbers beyond 2^53 are read wrong by most readers.
 */
export function toJson(event: WireEvent, bytes: Uint8Array | undefined): JsonEvent {
  const {kind, t, run, seq, bytes: range, ...fields} = event;
  const head = {kind, t: Math.round(t * 1e6) / 1e6, run, seq};
  if (range === undefined) return {...head, ...fields};
  return {...head, ...fields, length: range.length, bytes: bytes === undefined ? null : toHex(bytes)};
}

/**
 * A value as JSON on one line. BigInts, bytes and numbers that are not finite are text. Whatever a terminal would obey or
 * not show (C1 controls, bidirectional and zero-width marks) is escaped: the line may be looked at as well as read.
 */
export function stringify(value: unknown): string {
  const json = JSON.stringify(value, (_key, held: unknown) => {
    if (typeof held === 'bigint') return held.toString();
    if (held instanceof Uint8Array) return toHex(held);
    if (typeof held === 'number' && !Number.isFinite(held)) return String(held);
    return held;
  });
  return json.replace(unseen, unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

// By code unit, not by code point: outside a string JSON has only ASCII, and two escapes make one code point again.
const unseen = /[\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g;
