import type {PasteEvent} from './events.ts';

const terminator = Buffer.from('\x1b[201~');
/** More than anybody pastes into a field; the rest is counted, not kept. */
const longestPaste = 8 * 1024 * 1024;

/** Collects a bracketed paste (xterm mode 2004) over any number of chunks. */
export class Paste {
  readonly #parts: Uint8Array[] = [];
  #length = 0;
  #dropped = 0;

  /** Takes what belongs to the paste from `at` on. Not closed: the bytes from `next` may be the start of the terminator. */
  take(bytes: Uint8Array, at: number): {readonly next: number; readonly closed: boolean} {
    const rest = Buffer.from(bytes.buffer, bytes.byteOffset + at, bytes.length - at);
    const end = rest.indexOf(terminator);
    if (end >= 0) {
      this.add(rest.subarray(0, end));
      return {next: at + end + terminator.length, closed: true};
    }
    const kept = partialTerminator(rest);
    this.add(rest.subarray(0, rest.length - kept));
    return {next: bytes.length - kept, closed: false};
  }

  add(bytes: Uint8Array): void {
    const room = Math.min(bytes.length, longestPaste - this.#length);
    if (room > 0) this.#parts.push(Uint8Array.from(bytes.subarray(0, room)));
    this.#length += room;
    this.#dropped += bytes.length - room;
  }

  /** Terminals send Enter for every line end; it becomes `\n` again. Invalid UTF-8 becomes U+FFFD. */
  event(): PasteEvent {
    const text = Buffer.concat(this.#parts).toString('utf8').replace(/\r\n?/g, '\n');
    return {kind: 'paste', text, dropped: this.#dropped};
  }
}

/** How many bytes at the end of `bytes` could be the beginning of the terminator. */
function partialTerminator(bytes: Buffer): number {
  for (let length = Math.min(terminator.length - 1, bytes.length); length > 0; length--)
    if (bytes.subarray(bytes.length - length).equals(terminator.subarray(0, length))) return length;
  return 0;
}
