import type {Native} from '../ffi.ts';

/** The longest name that anything here has: a domain name has 1023 characters at most, each octet escaped. */
const longest = 4096;

/** A C string, byte by byte: nothing says how far its page can be read. */
export function cString(native: Pick<Native, 'copy'>, address: bigint): string {
  const bytes: number[] = [];
  for (let at = address; bytes.length < longest; at++) {
    const byte = native.copy(at, 1)[0]!;
    if (byte === 0) break;
    bytes.push(byte);
  }
  return new TextDecoder().decode(Uint8Array.from(bytes));
}
