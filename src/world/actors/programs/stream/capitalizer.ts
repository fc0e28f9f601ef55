import type {Program} from '../kit.ts';
import type {StreamEvent, StreamResult} from './events.ts';
import {createStream} from './stream.ts';

export interface CapitalizerOptions {
  fd: number;
  /** The most bytes that one recv() is given room for. */
  chunk: number;
}

/** Reads some, answers with the same in capitals, and reads on only when all of the answer is in the kernel. */
export const capitalizer: Program<CapitalizerOptions, never, StreamEvent, StreamResult> = ({fd, chunk}, kit) => {
  const stream = createStream(fd, kit);
  kit.ready(stream.result);
  const room = new Uint8Array(chunk);
  for (;;) {
    const bytes = stream.recv(room);
    if (bytes === undefined) break;
    for (const [index, byte] of bytes.entries()) if (byte >= 97 && byte <= 122) bytes[index] = byte - 32;
    if (!stream.sendAll(bytes)) break;
  }
  return stream.finish();
};
