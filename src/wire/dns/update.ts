/**
 * An update deletes records with class ANY, and asks for their absence with NONE: then no data is there, whatever the
 * type (RFC 2136 §2.4, §2.5).
 */
export function isEmptyByRight(code: number, length: number): boolean {
  return length === 0 && (code === any || code === none);
}

const none = 254;
const any = 255;
