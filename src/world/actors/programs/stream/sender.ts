import type {Program} from '../kit.ts';
import type {StreamEvent, StreamResult} from './events.ts';
import {createStream, repeated} from './stream.ts';

export interface SenderOptions {
  fd: number;
  /** Sixteen bytes or so, sent again and again. */
  pattern: string;
  total: number;
  /** The most bytes that one send() is offered. */
  chunk: number;
}

/** Sends everything in blocking calls, and does nothing else meanwhile: what Python's sendall() does. */
export const sender: Program<SenderOptions, never, StreamEvent, StreamResult> = ({fd, pattern, total, chunk}, kit) => {
  const stream = createStream(fd, kit);
  kit.ready(stream.result);
  // Longer than a chunk by one pattern, so that a chunk can begin anywhere in it.
  const source = repeated(pattern, chunk + pattern.length);
  while (stream.result.sent < total) {
    const start = stream.result.sent % pattern.length;
    const size = Math.min(chunk, total - stream.result.sent);
    if (!stream.sendAll(source.subarray(start, start + size))) break;
  }
  return stream.finish();
};
