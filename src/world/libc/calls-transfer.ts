import {addressText, encodeAddress, type SocketAddress} from './address.ts';
import {addressSpace} from './calls-lifecycle.ts';
import {bitsOf, flagText, type MessageFlag, messageFlags} from './constants.ts';
import type {Core} from './core.ts';
import {bytesText, type CallRecord} from './record.ts';

/** The calls that move bytes. */
export interface TransferCalls {
  /** MSG_NOSIGNAL is always set: a finished connection is EPIPE, never a signal. */
  send(fd: number, bytes: Uint8Array, flags?: MessageFlag[]): CallRecord;
  /** `received` is empty at the end of a stream, and also for an empty datagram. */
  recv(fd: number, size: number, flags?: MessageFlag[]): CallRecord;
  sendto(fd: number, bytes: Uint8Array, to: SocketAddress, flags?: MessageFlag[]): CallRecord;
  /** `address` is the sender of the datagram. With MSG_TRUNC `result` is its whole length. */
  recvfrom(fd: number, size: number, flags?: MessageFlag[]): CallRecord;
}

export function transferCalls({native, perform}: Core): TransferCalls {
  return {
    send(fd, bytes, flags = []) {
      const words = withoutSignal(flags);
      return perform({
        name: 'send',
        arguments: [fd, {bytes: bytes.length}, flags],
        text: () => `send(${fd}, ${bytesText(bytes)}, ${bytes.length}, ${flagText(words)})`,
        invoke: () => native.send(fd, bytes, bytes.length, bitsOf(messageFlags, words)),
        tell: result => ({sent: bytes.slice(0, result)}),
      });
    },
    recv(fd, size, flags = []) {
      const room = new Uint8Array(size);
      return perform({
        name: 'recv',
        arguments: [fd, size, flags],
        text: result => `recv(${fd}, ${receivedText(room, result)}, ${size}, ${flagText(flags)})`,
        invoke: () => native.recv(fd, room, size, bitsOf(messageFlags, flags)),
        tell: result => ({received: room.slice(0, result)}),
      });
    },
    sendto(fd, bytes, to, flags = []) {
      const [words, address] = [withoutSignal(flags), encodeAddress(to)];
      return perform({
        name: 'sendto',
        arguments: [fd, {bytes: bytes.length}, {...to}, flags],
        text: () =>
          `sendto(${fd}, ${bytesText(bytes)}, ${bytes.length}, ${flagText(words)}, {${addressText(to)}}, ${address.length})`,
        invoke: () => native.sendto(fd, bytes, bytes.length, bitsOf(messageFlags, words), address, address.length),
        tell: result => ({sent: bytes.slice(0, result)}),
      });
    },
    recvfrom(fd, size, flags = []) {
      const [room, from] = [new Uint8Array(size), addressSpace()];
      return perform({
        name: 'recvfrom',
        arguments: [fd, size, flags],
        text: result =>
          `recvfrom(${fd}, ${receivedText(room, result)}, ${size}, ${flagText(flags)}, ${from.text(result)})`,
        invoke: () => native.recvfrom(fd, room, size, bitsOf(messageFlags, flags), from.bytes, from.start()),
        tell: result => ({received: room.slice(0, result), ...from.told()}),
      });
    },
  };
}

function withoutSignal(flags: readonly MessageFlag[]): MessageFlag[] {
  return flags.includes('MSG_NOSIGNAL') ? [...flags] : [...flags, 'MSG_NOSIGNAL'];
}

function receivedText(room: Uint8Array, result: number | undefined): string {
  return result === undefined || result < 0 ? '...' : bytesText(room.subarray(0, result));
}
