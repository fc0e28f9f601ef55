import type {Program} from '../kit.ts';
import type {StreamEvent, StreamResult} from './events.ts';
import {createStream, repeated} from './stream.ts';

export interface ReceiverOptions {
  fd: number;
  /** What is expected, again and again: every byte is compared. */
  pattern: string;
  /** The most bytes that one recv() is given room for. */
  chunk: number;
}

/** Reads in blocking calls until the end, and compares each byte with what is expected. */
export const receiver: Program<ReceiverOptions, never, StreamEvent, StreamResult> = ({fd, pattern, chunk}, kit) => {
  const stream = createStream(fd, kit);
  kit.ready(stream.result);
  const room = new Uint8Array(chunk);
  const expected = Buffer.from(repeated(pattern, chunk + pattern.length));
  for (let offset = 0; ; offset = stream.result.received) {
    const bytes = stream.recv(room);
    if (bytes === undefined) return stream.finish();
    if (stream.result.wrongAt !== undefined) continue;
    const start = offset % pattern.length;
    if (expected.compare(bytes, 0, bytes.length, start, start + bytes.length) !== 0)
      stream.result.wrongAt = offset + bytes.findIndex((byte, index) => byte !== expected[start + index]);
  }
};
