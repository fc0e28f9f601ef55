/** The types that a name has, in windows of 256 (RFC 4034 §4.1.2). */
export function typeBitmap(types: Iterable<number>): Uint8Array {
  const windows = new Map<number, number[]>();
  for (const type of [...new Set(types)].sort((a, b) => a - b)) {
    const inWindow = windows.get(type >> 8);
    if (inWindow === undefined) windows.set(type >> 8, [type & 0xff]);
    else inWindow.push(type & 0xff);
  }
  return Uint8Array.from([...windows].flatMap(([window, low]) => [window, ...blockOf(low)]));
}

function blockOf(low: readonly number[]): readonly number[] {
  const block = new Array<number>((low.at(-1)! >> 3) + 1).fill(0);
  for (const type of low) block[type >> 3]! |= 0x80 >> (type & 7);
  return [block.length, ...block];
}
