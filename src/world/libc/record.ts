import {quoteC} from '../../wire/text/quote-c.ts';
import type {SocketAddress} from './address.ts';
import type {OptionValue} from './options/codec.ts';

/** What JSON can hold. */
export type Plain = null | boolean | number | string | Plain[] | {[key: string]: Plain};

/** One descriptor that poll() or epoll_wait() found ready, with the names of its events. */
export interface Ready {
  fd: number;
  events: string[];
}

/** One row of what getaddrinfo() gave. */
export interface AddressRow {
  family: string;
  type: string;
  protocol: string;
  address: SocketAddress;
  canonicalName?: string;
  /** The same as struct addrinfo has it: numbers, and the bytes of the struct sockaddr. */
  raw?: RawRow;
}

export interface RawRow {
  flags: number;
  family: number;
  type: number;
  protocol: number;
  /** ai_addrlen. */
  length: number;
  sockaddr: Uint8Array;
}

/** A struct servent or protoent: what /etc/services and /etc/protocols have of one entry. */
export interface DatabaseEntry {
  name: string;
  aliases: string[];
  /** The port, or the number of the protocol. */
  number: number;
  /** Of a service: the protocol it is for. */
  protocol?: string;
}

/** One call of a C function, as it happened. */
export interface CallRecord {
  name: string;
  /** As C would show it, results in braces: `accept4(3, {127.0.0.1:40112}, {16}, SOCK_CLOEXEC)`. */
  text: string;
  /** As the caller gave them; bytes are `{bytes: length}` here and whole in `sent`. */
  arguments: Plain[];
  /** What the function returned: -1 with an errno for a failure. */
  result: number;
  errno?: string;
  errnoNumber?: number;
  /** How long the call took, by the monotonic clock. */
  seconds: number;
  /** The bytes the kernel took: as many as `result` says, which may be fewer than were offered. */
  sent?: Uint8Array;
  received?: Uint8Array;
  /** What accept4, recvfrom, getsockname or getpeername told. */
  address?: SocketAddress;
  /** What getsockopt told. */
  value?: OptionValue;
  /** What ioctl or fcntl told. */
  number?: number;
  ready?: Ready[];
  rows?: AddressRow[];
  /** Rows that were there and are not told: more than anybody can look through. */
  moreRows?: number;
  entry?: DatabaseEntry;
  /** What libc itself says of the failure: gai_strerror(). */
  message?: string;
}

/** The start of some bytes as a C string literal, as strace prints it. */
export function bytesText(bytes: Uint8Array): string {
  return quoteC(bytes, 32);
}
