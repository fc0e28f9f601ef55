const dot = 0x2e;
const carriageReturn = 0x0d;
const lineFeed = 0x0a;
const lineEnd = Uint8Array.of(carriageReturn, lineFeed);

/** The line that ends a message: a single dot. */
export const endOfMessage = Uint8Array.of(dot, carriageReturn, lineFeed);

/** Ends every line with CR LF: bare LFs and bare CRs become line ends. Tells how many were changed. */
export function withLineEnds(bytes: Uint8Array): {readonly bytes: Uint8Array; readonly changed: number} {
  const bare = countBare(bytes);
  if (bare === 0) return {bytes, changed: 0};
  const all = new Uint8Array(bytes.length + bare);
  let to = 0;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at]!;
    if (byte !== carriageReturn && byte !== lineFeed) {
      all[to++] = byte;
      continue;
    }
    if (byte === carriageReturn && bytes[at + 1] === lineFeed) at++;
    all[to++] = carriageReturn;
    all[to++] = lineFeed;
  }
  return {bytes: all, changed: bare};
}

function countBare(bytes: Uint8Array): number {
  let count = 0;
  for (let at = 0; at < bytes.length; at++) {
    if (bytes[at] === lineFeed) count++;
    if (bytes[at] !== carriageReturn) continue;
    if (bytes[at + 1] === lineFeed) at++;
    else count++;
  }
  return count;
}

/**
 * A message as it goes over the wire after DATA, without the last dot: each line that begins with a dot gets another one
 * (RFC 5321 §4.5.2), and the last line is ended. Lines must end with CR LF already.
 */
export function stuffDots(bytes: Uint8Array): {readonly bytes: Uint8Array; readonly dots: number} {
  const starts = countStarts(bytes);
  const isEnded = bytes.length === 0 || (bytes.at(-1) === lineFeed && bytes.at(-2) === carriageReturn);
  const all = new Uint8Array(bytes.length + starts + (isEnded ? 0 : lineEnd.length));
  let to = 0;
  let from = 0;
  for (let at = bytes.indexOf(dot); at >= 0; at = bytes.indexOf(dot, at + 1)) {
    if (!startsLine(bytes, at)) continue;
    all.set(bytes.subarray(from, at), to);
    to += at - from;
    all[to++] = dot;
    from = at;
  }
  all.set(bytes.subarray(from), to);
  if (!isEnded) all.set(lineEnd, all.length - lineEnd.length);
  return {bytes: all, dots: starts};
}

function startsLine(bytes: Uint8Array, at: number): boolean {
  return at === 0 || (bytes[at - 1] === lineFeed && bytes[at - 2] === carriageReturn);
}

function countStarts(bytes: Uint8Array): number {
  let count = 0;
  for (let at = bytes.indexOf(dot); at >= 0; at = bytes.indexOf(dot, at + 1)) if (startsLine(bytes, at)) count++;
  return count;
}

/** One line as the server keeps it: a leading dot is taken away. The line of a single dot is the end, and the caller's business. */
export function unstuffDot(line: Uint8Array): Uint8Array {
  return line[0] === dot ? line.subarray(1) : line;
}

/** Bytes of the longest line, its ending not counted; 998 is the limit (RFC 5322 §2.1.1). */
export function longestLine(bytes: Uint8Array): number {
  let longest = 0;
  let start = 0;
  for (let at = bytes.indexOf(lineFeed); at >= 0; at = bytes.indexOf(lineFeed, start)) {
    longest = Math.max(longest, at - start - (bytes[at - 1] === carriageReturn && at > start ? 1 : 0));
    start = at + 1;
  }
  return Math.max(longest, bytes.length - start);
}
