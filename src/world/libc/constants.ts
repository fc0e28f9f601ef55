/**
 * The names of <sys/socket.h>, <poll.h>, <fcntl.h> and <sys/epoll.h> with the values of Linux on x64 and arm64
 * (the kernel's include/uapi/asm-generic). Checked against Python's socket module and the headers by the tests.
 */
export const families = {AF_UNSPEC: 0, AF_UNIX: 1, AF_INET: 2, AF_INET6: 10} as const;
export const socketTypes = {
  SOCK_STREAM: 1,
  SOCK_DGRAM: 2,
  SOCK_RAW: 3,
  SOCK_RDM: 4,
  SOCK_SEQPACKET: 5,
  SOCK_DCCP: 6,
} as const;
export const socketFlags = {SOCK_NONBLOCK: 0o4000, SOCK_CLOEXEC: 0o2000000} as const;
export const protocols = {
  IPPROTO_IP: 0,
  IPPROTO_ICMP: 1,
  IPPROTO_TCP: 6,
  IPPROTO_UDP: 17,
  IPPROTO_DCCP: 33,
  IPPROTO_IPV6: 41,
  IPPROTO_ICMPV6: 58,
  IPPROTO_SCTP: 132,
  IPPROTO_UDPLITE: 136,
  IPPROTO_RAW: 255,
  IPPROTO_MPTCP: 262,
} as const;
export const directions = {SHUT_RD: 0, SHUT_WR: 1, SHUT_RDWR: 2} as const;
export const messageFlags = {
  MSG_OOB: 0x1,
  MSG_PEEK: 0x2,
  MSG_DONTROUTE: 0x4,
  MSG_TRUNC: 0x20,
  MSG_DONTWAIT: 0x40,
  MSG_WAITALL: 0x100,
  MSG_NOSIGNAL: 0x4000,
  MSG_MORE: 0x8000,
} as const;
export const pollEvents = {
  POLLIN: 0x1,
  POLLPRI: 0x2,
  POLLOUT: 0x4,
  POLLERR: 0x8,
  POLLHUP: 0x10,
  POLLNVAL: 0x20,
  POLLRDHUP: 0x2000,
} as const;
export const epollEvents = {
  EPOLLIN: 0x1,
  EPOLLPRI: 0x2,
  EPOLLOUT: 0x4,
  EPOLLERR: 0x8,
  EPOLLHUP: 0x10,
  EPOLLRDHUP: 0x2000,
  EPOLLEXCLUSIVE: 1 << 28,
  EPOLLONESHOT: 1 << 30,
  EPOLLET: 2 ** 31,
} as const;
export const epollOperations = {EPOLL_CTL_ADD: 1, EPOLL_CTL_DEL: 2, EPOLL_CTL_MOD: 3} as const;
export const fcntlCommands = {F_GETFD: 1, F_SETFD: 2, F_GETFL: 3, F_SETFL: 4} as const;
export const fileFlags = {O_RDWR: 0o2, O_NONBLOCK: 0o4000} as const;
export const descriptorFlags = {FD_CLOEXEC: 1} as const;
export const ioctlRequests = {SIOCINQ: 0x541b, SIOCOUTQ: 0x5411} as const;
export const eventfdFlags = {EFD_NONBLOCK: 0o4000, EFD_CLOEXEC: 0o2000000} as const;
/** <netdb.h>; the two with IDN are glibc's own. */
export const lookupFlags = {
  AI_PASSIVE: 0x1,
  AI_CANONNAME: 0x2,
  AI_NUMERICHOST: 0x4,
  AI_V4MAPPED: 0x8,
  AI_ALL: 0x10,
  AI_ADDRCONFIG: 0x20,
  AI_IDN: 0x40,
  AI_CANONIDN: 0x80,
  AI_NUMERICSERV: 0x400,
} as const;

export type Family = keyof typeof families;
export type SocketType = keyof typeof socketTypes;
export type SocketFlag = keyof typeof socketFlags;
export type Direction = keyof typeof directions;
export type MessageFlag = keyof typeof messageFlags;
export type PollEvent = keyof typeof pollEvents;
export type EpollEvent = keyof typeof epollEvents;
export type LookupFlag = keyof typeof lookupFlags;

/** The names of the bits that are set: what `strace` would print, and in the table's order. */
export function namesOf<Name extends string>(table: Readonly<Record<Name, number>>, bits: number): Name[] {
  return (Object.keys(table) as Name[]).filter(name => (bits & table[name]) !== 0);
}

export function bitsOf<Name extends string>(table: Readonly<Record<Name, number>>, names: readonly Name[]): number {
  return names.reduce((bits, name) => (bits | table[name]) >>> 0, 0);
}

/** `POLLIN | POLLOUT`, or `0` when nothing is set. */
export function flagText(names: readonly string[]): string {
  return names.length === 0 ? '0' : names.join(' | ');
}

/** The name that has this very value, or the number itself. */
export function nameOf(table: Readonly<Record<string, number>>, value: number): string {
  return Object.keys(table).find(name => table[name] === value) ?? String(value);
}
