/** A count of bytes or items, up to 2**63-1: a number wherever that is exact, else a bigint. */
export type Size = number | bigint;

export function exact(size: bigint): Size {
  return size <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(size) : size;
}
