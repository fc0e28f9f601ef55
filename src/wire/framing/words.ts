import {grouped} from '../text/counted.ts';
import {hexPairs} from '../text/hex.ts';
import {visible} from '../text/visible.ts';

/** `1 byte`, `30 bytes`. */
export function bytesOf(count: number | bigint): string {
  return `${grouped(count)} ${Number(count) === 1 ? 'byte' : 'bytes'}`;
}

/** `0x0a`, with the character beside it when it is printable ASCII. */
export function byteName(byte: number): string {
  const hex = `0x${hexPairs[byte]}`;
  return byte >= 0x21 && byte <= 0x7e ? `${hex} “${String.fromCharCode(byte)}”` : hex;
}

/** The text when every byte is printable ASCII, undefined otherwise: the sign that text was read as a number. */
export function asText(bytes: Uint8Array): string | undefined {
  return bytes.length > 0 && bytes.every(byte => byte >= 0x20 && byte <= 0x7e)
    ? String.fromCharCode(...bytes)
    : undefined;
}

/** Untrusted bytes in a sentence: shown visibly, and no more than the first 40. */
export function quoted(bytes: Uint8Array): string {
  return `“${visible(bytes.subarray(0, 40))}${bytes.length > 40 ? '…' : ''}”`;
}
