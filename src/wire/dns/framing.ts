/**
 * Messages on a stream have their length before them, in two bytes (RFC 1035 §4.2.2), and come in whatever pieces the
 * stream makes of them. `push` takes a piece and gives the messages that are whole now, without their lengths.
 */
export interface MessageSplitter {
  push(piece: Uint8Array): readonly Uint8Array[];
  /** Bytes of a message that is not whole yet, its length included. */
  readonly waiting: number;
  /** How long that message is to be, or nothing while its length is not known. */
  readonly expected: number | undefined;
}

export function createSplitter(): MessageSplitter {
  let held = new Uint8Array(0);
  return {
    push(piece) {
      held = joined(held, piece);
      const messages: Uint8Array[] = [];
      let at = 0;
      for (let length = lengthAt(held, at); length !== undefined; length = lengthAt(held, at)) {
        if (at + 2 + length > held.length) break;
        messages.push(held.slice(at + 2, at + 2 + length));
        at += 2 + length;
      }
      if (at > 0) held = held.slice(at);
      return messages;
    },
    get waiting() {
      return held.length;
    },
    get expected() {
      return lengthAt(held, 0);
    },
  };
}

/** The message with its length before it, in one piece, so that it leaves in one segment (RFC 7766 §8). */
export function withLength(message: Uint8Array): Uint8Array {
  const framed = new Uint8Array(message.length + 2);
  new DataView(framed.buffer).setUint16(0, message.length);
  framed.set(message, 2);
  return framed;
}

function lengthAt(bytes: Uint8Array, at: number): number | undefined {
  return at + 2 > bytes.length ? undefined : (bytes[at]! << 8) | bytes[at + 1]!;
}

function joined(first: Uint8Array<ArrayBuffer>, second: Uint8Array): Uint8Array<ArrayBuffer> {
  const both = new Uint8Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}
