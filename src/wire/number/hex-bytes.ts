/** Bytes written in hex, and where in the text each of them stands. */
export type HexBytes =
  | {readonly ok: true; readonly bytes: Uint8Array; readonly at: readonly (readonly [start: number, end: number])[]}
  | {readonly ok: false; readonly offset: number; readonly message: string; readonly next: string};

/** Two digits, perhaps after 0x or \x. What may stand between: spaces, and the marks of dumps and addresses. */
const pair = /(?:0x|\\x)?([\da-f])([\da-f])/iy;
const between = /[\s:,;\-.|]*/y;

/** Read bytes as people write them: `109d`, `10 9d`, `10:9d`, `0x10, 0x9d`, `\x10\x9d`. */
export function parseHexBytes(text: string): HexBytes {
  const bytes: number[] = [];
  const at: [number, number][] = [];
  let offset = 0;
  while (true) {
    between.lastIndex = offset;
    offset += between.exec(text)?.[0].length ?? 0;
    if (offset === text.length) return {ok: true, bytes: Uint8Array.from(bytes), at};
    pair.lastIndex = offset;
    const found = pair.exec(text);
    if (found === null) return wrongPair(text, offset);
    bytes.push(Number.parseInt(`${found[1]}${found[2]}`, 16));
    at.push([offset, offset + found[0].length]);
    offset += found[0].length;
  }
}

function wrongPair(text: string, offset: number): HexBytes {
  const half = /^(?:0x|\\x)?[\da-f]/i.test(text.slice(offset, offset + 3));
  return half
    ? {ok: false, offset, message: 'A byte is two hex digits, and here is one.', next: 'Put a 0 before it.'}
    : {ok: false, offset, message: 'This is no hex digit.', next: 'Write bytes as 10 9d or 109d.'};
}
