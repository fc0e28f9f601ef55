/** The first place at or after `from` where these bytes are, or -1. */
export function findBytes(bytes: Uint8Array, wanted: Uint8Array, from = 0): number {
  const first = wanted[0];
  if (first === undefined) return -1;
  const last = bytes.length - wanted.length;
  for (let at = bytes.indexOf(first, from); at !== -1 && at <= last; at = bytes.indexOf(first, at + 1))
    if (isAt(bytes, wanted, at)) return at;
  return -1;
}

/** The last place at or before `from` where these bytes are, or -1. */
export function findLastBytes(bytes: Uint8Array, wanted: Uint8Array, from = bytes.length): number {
  const first = wanted[0];
  if (first === undefined) return -1;
  let at = Math.min(from, bytes.length - wanted.length);
  // Below 0 lastIndexOf would count from the end again.
  while (at >= 0) {
    at = bytes.lastIndexOf(first, at);
    if (at === -1 || isAt(bytes, wanted, at)) return at;
    at--;
  }
  return -1;
}

function isAt(bytes: Uint8Array, wanted: Uint8Array, at: number): boolean {
  let same = 1;
  while (same < wanted.length && bytes[at + same] === wanted[same]) same++;
  return same === wanted.length;
}
