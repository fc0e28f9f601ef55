import {hexText, inPieces} from './binary.ts';
import {layouts} from './layouts.ts';
import {readItems} from './read.ts';
import type {RdataItem} from './reader.ts';

/**
 * RDATA as a master file has it, in the form that dig prints: long base64 and hex in pieces of 56 characters. Data of an
 * unknown type, and data that is malformed, is `\# 4 C0000201` (RFC 3597 §5). `data` holds no compressed names.
 */
export function rdataText(type: number, data: Uint8Array): string {
  if (!layouts.has(type)) return genericText(data);
  const {items, fault} = readItems(data, 0, data.length, type);
  return fault === undefined ? presented(items) : genericText(data);
}

/** RFC 3597 §5, as `dig +unknownformat` prints it. */
export function genericText(data: Uint8Array): string {
  return data.length === 0 ? '\\# 0' : `\\# ${data.length} ${inPieces(hexText(data))}`;
}

function presented(items: readonly RdataItem[]): string {
  let line = '';
  for (const {text} of items) if (text !== '') line += line === '' ? text : ` ${text}`;
  return line;
}
