/** A name as text, and the offset behind it where it stands (a pointer ends it there). */
export type NameRead =
  | {readonly kind: 'name'; readonly text: string; readonly next: number}
  | {readonly kind: 'malformed'; readonly at: number; readonly reason: string};

/**
 * Reads the name at `start` (RFC 1035 §3.1, compressed as in §4.1.4). Pointers must go backwards, so there is no loop,
 * and a name has 255 bytes at most, so there is no long way either. Dots, backslashes and bytes that are not printable
 * ASCII are written `\.` and `\DDD` (RFC 4343 §2.1), so two names never look the same.
 */
export function readName(message: Uint8Array, start: number): NameRead {
  const labels: string[] = [];
  let next = -1;
  let least = start;
  let length = 1;
  for (let at = start; ; ) {
    const size = message[at];
    if (size === undefined) return malformed(at, 'The message ends inside a name.');
    if (size === 0)
      return {
        kind: 'name',
        text: labels.length === 0 ? '.' : `${labels.join('.')}.`,
        next: next === -1 ? at + 1 : next,
      };
    if (size >= 0xc0) {
      const low = message[at + 1];
      if (low === undefined) return malformed(at, 'The message ends inside a compression pointer.');
      const target = ((size & 0x3f) << 8) | low;
      if (target >= least)
        return malformed(at, `A compression pointer goes to ${target}, and it may only go backwards.`);
      if (next === -1) next = at + 2;
      least = target;
      at = target;
      continue;
    }
    if (size > 63) return malformed(at, `0x${size.toString(16)} starts neither a label nor a pointer.`);
    if (at + 1 + size > message.length) return malformed(at, `A label of ${size} bytes goes beyond the message.`);
    length += size + 1;
    if (length > 255) return malformed(at, 'The name has more than 255 bytes.');
    labels.push(escaped(message.subarray(at + 1, at + 1 + size)));
    at += size + 1;
  }
}

function escaped(label: Uint8Array): string {
  return Array.from(label, byte => {
    if (byte === 0x2e || byte === 0x5c) return '\\' + String.fromCharCode(byte);
    return byte > 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '\\' + String(byte).padStart(3, '0');
  }).join('');
}

function malformed(at: number, reason: string): NameRead {
  return {kind: 'malformed', at, reason};
}
