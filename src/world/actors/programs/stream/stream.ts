import {messageFlags, pollEvents} from '../../../libc/constants.ts';
import {errnoEntry} from '../../../libc/errno.ts';
import type {Kit} from '../kit.ts';
import type {StreamEvent, StreamResult} from './events.ts';

const {MSG_DONTWAIT, MSG_NOSIGNAL} = messageFlags;
/** Milliseconds that a call waits before it is told that it does. */
const patience = 50;
/** Seconds between two reports while bytes move. */
const interval = 0.1;

/** One socket of a blocking program: it waits in send() and recv() as long as the kernel lets it, and reports seldom. */
export interface Stream {
  readonly result: StreamResult;
  /** All of the bytes; false when the call failed or the program was told to stop. */
  sendAll(bytes: Uint8Array): boolean;
  /** Some bytes, at most as many as there is room; `undefined` at the end of the stream, after an error, and when told to stop. */
  recv(room: Uint8Array): Uint8Array | undefined;
  /** Reports what has not been reported yet, and gives the result. */
  finish(): StreamResult;
}

const errnoOf = {EAGAIN: 11, EINTR: 4};

/**
 * Each call is first tried without waiting, so that what was moved is told before the thread blocks, and then made
 * again without MSG_DONTWAIT: the thread really sits in send() or recv() until the kernel lets it go.
 */
export function createStream(fd: number, kit: Kit<never, StreamEvent>): Stream {
  const {native, clock} = kit;
  const result: StreamResult = {sent: 0, received: 0};
  const entry = new Uint8Array(8);
  const waitFor = (events: number): boolean => {
    const view = new DataView(entry.buffer);
    view.setInt32(0, fd, true);
    view.setInt16(4, events, true);
    return native.poll(entry, 1, patience) !== 0;
  };
  let told = clock.now();
  const report = (waiting?: 'send' | 'recv'): void => {
    told = clock.now();
    kit.tell([{at: told, sent: result.sent, received: result.received, ...(waiting && {waiting})}]);
  };
  let asked = told;
  const toStop = (now: number): boolean => {
    if (now - asked < patience / 1000) return result.stopped === true;
    asked = now;
    if (kit.commands().some(({command}) => command.do === 'stop')) result.stopped = true;
    return result.stopped === true;
  };
  /** One call, however long it takes; -1 when it failed or the program is to stop. */
  const perform = (call: 'send' | 'recv', invoke: (flags: number) => number): number => {
    let flags: number = MSG_DONTWAIT;
    for (;;) {
      const now = clock.now();
      if (toStop(now)) return -1;
      const count = invoke(flags | MSG_NOSIGNAL);
      const errno = count < 0 ? native.errno() : 0;
      if (count >= 0) {
        result[call === 'send' ? 'sent' : 'received'] += count;
        // After a wait that was told, that it is over.
        if (flags === 0 || now - told > interval) report();
        return count;
      }
      if (errno === errnoOf.EINTR) continue;
      if (errno !== errnoOf.EAGAIN) {
        result.failed = {call, errno: errnoEntry(errno).name};
        return -1;
      }
      // Ready within the patience: tried again. Otherwise this thread blocks, and says so before.
      if (waitFor(call === 'send' ? pollEvents.POLLOUT : pollEvents.POLLIN)) continue;
      report(call);
      flags = 0;
    }
  };
  return {
    result,
    sendAll(bytes) {
      for (let offset = 0; offset < bytes.length; ) {
        const rest = offset === 0 ? bytes : bytes.subarray(offset);
        const count = perform('send', flags => native.send(fd, rest, rest.length, flags));
        if (count < 0) return false;
        offset += count;
      }
      return true;
    },
    recv(room) {
      const count = perform('recv', flags => native.recv(fd, room, room.length, flags));
      if (count === 0) result.ended = true;
      return count <= 0 ? undefined : room.subarray(0, count);
    },
    finish() {
      report();
      return result;
    },
  };
}

/** `size` bytes of a pattern that repeats, from its beginning; sizes are multiples of it, so that pieces can follow each other. */
export function repeated(pattern: string, size: number): Uint8Array {
  const once = new TextEncoder().encode(pattern);
  const bytes = new Uint8Array(size);
  for (let at = 0; at < size; at += once.length) bytes.set(once.subarray(0, size - at), at);
  return bytes;
}
