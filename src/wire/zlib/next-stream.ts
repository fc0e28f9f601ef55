import {readHeader} from './header.ts';
import type {Format} from './problem.ts';

/**
 * Where another stream begins behind one that ended at `end`: right there, as members of a gzip file do, or behind one
 * byte between them. Undefined when there is none, or nothing to know it by: a raw stream has no header.
 */
export function nextStream(bytes: Uint8Array, end: number, format: Format): number | undefined {
  if (format === 'raw') return undefined;
  return [end, end + 1].find(
    at => bytes.length >= at + 2 && readHeader(bytes.subarray(at), format).kind !== 'malformed',
  );
}
