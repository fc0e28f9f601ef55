export function address4Text(bytes: Uint8Array): string {
  return bytes.join('.');
}

/** RFC 5952, with the last 32 bits dotted for `::ffff:` and `::`, as inet_ntop(3) does. */
export function address6Text(bytes: Uint8Array): string {
  const groups = Array.from({length: 8}, (_, index) => (bytes[2 * index]! << 8) | bytes[2 * index + 1]!);
  const [start, length] = longestZeros(groups);
  const dotted = start === 0 && (length === 6 || (length === 5 && groups[5] === 0xffff));
  const shown = groups.map(group => group.toString(16));
  if (dotted) shown.splice(6, 2, address4Text(bytes.subarray(12)));
  if (length < 2) return shown.join(':');
  return `${shown.slice(0, start).join(':')}::${shown.slice(start + length).join(':')}`;
}

/** Strict: four decimal numbers without leading zeros. */
export function parseAddress4(text: string): Uint8Array | undefined {
  const parts = text.split('.');
  if (parts.length !== 4 || !parts.every(part => /^(?:0|[1-9]\d{0,2})$/.test(part) && Number(part) < 256))
    return undefined;
  return Uint8Array.from(parts, Number);
}

/** RFC 4291 §2.2, all three forms; no scope. */
export function parseAddress6(text: string): Uint8Array | undefined {
  const lastColon = text.lastIndexOf(':');
  const dotted = text.includes('.') ? parseAddress4(text.slice(lastColon + 1)) : undefined;
  if (text.includes('.') && dotted === undefined) return undefined;
  const hex = dotted === undefined ? text : text.slice(0, lastColon + 1) + dottedGroups(dotted);
  const halves = hex.split('::');
  if (halves.length > 2) return undefined;
  const [before, after] = halves.map(half => (half === '' ? [] : half.split(':'))) as [string[], string[]?];
  const missing = 8 - before.length - (after?.length ?? 0);
  if (after === undefined ? missing !== 0 : missing < 1) return undefined;
  const groups = [...before, ...Array.from({length: missing}, () => '0'), ...(after ?? [])];
  if (!groups.every(group => /^[0-9a-f]{1,4}$/i.test(group))) return undefined;
  return Uint8Array.from(groups.flatMap(group => [Number.parseInt(group, 16) >> 8, Number.parseInt(group, 16) & 0xff]));
}

/** The bytes of an address of either version, its scope left out; a v4 address mapped into v6 gives its 4. None for other text. */
export function addressBytes(address: string): Uint8Array {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '');
  return parseAddress4(plain) ?? parseAddress6(plain) ?? new Uint8Array(0);
}

function dottedGroups(four: Uint8Array): string {
  return `${((four[0]! << 8) | four[1]!).toString(16)}:${((four[2]! << 8) | four[3]!).toString(16)}`;
}

/** Where the longest run of zero groups starts, and its length; the first of equals. */
function longestZeros(groups: readonly number[]): readonly [number, number] {
  let best: readonly [number, number] = [-1, 0];
  for (let start = 0; start < 8; start++) {
    let length = 0;
    while (start + length < 8 && groups[start + length] === 0) length++;
    if (length > best[1]) best = [start, length];
  }
  return best[1] < 2 ? [-1, 0] : best;
}
