/** The types of a bitmap (RFC 4034 §4.1.2); `undefined` when its blocks do not fit. */
export function typesIn(bitmap: Uint8Array): ReadonlySet<number> | undefined {
  const types = new Set<number>();
  for (let at = 0; at < bitmap.length; ) {
    const [window, length] = [bitmap[at]!, bitmap[at + 1] ?? 0];
    if (length < 1 || length > 32 || at + 2 + length > bitmap.length) return undefined;
    for (let bit = 0; bit < 8 * length; bit++)
      if ((bitmap[at + 2 + (bit >> 3)]! & (0x80 >> (bit & 7))) !== 0) types.add(256 * window + bit);
    at += 2 + length;
  }
  return types;
}
