import {setImmediate, setTimeout} from 'node:timers/promises';
import {errnoEntry} from '../libc/errno.ts';
import type {Native} from '../libc/ffi.ts';
import {type DiagRequest, decodeAnswer, encodeRequest} from './netlink-codec.ts';
import {type KernelSocket, matches, type SocketFilter} from './socket.ts';

export type DiagResult = {ok: true; sockets: KernelSocket[]} | {ok: false; errno: string; why: string};

const AF_NETLINK = 16;
const SOCK_RAW = 3;
const NETLINK_SOCK_DIAG = 4;
const SOCK_NONBLOCK_CLOEXEC = 0o4000 | 0o2000000;
const MSG_DONTWAIT = 0x40;
const EAGAIN = 11;
/** A quarter of a frame at 60 per second: then the screen gets its turn. */
const turn = 4;

/**
 * Asks the kernel for its sockets (netlink SOCK_DIAG), of any process, without privilege. No call waits: the kernel
 * lists synchronously while it is read, and after some milliseconds the event loop gets its turn.
 */
export async function askNetlink(native: Native, filter: SocketFilter): Promise<DiagResult> {
  const fd = native.socket(AF_NETLINK, SOCK_RAW | SOCK_NONBLOCK_CLOEXEC, NETLINK_SOCK_DIAG);
  if (fd < 0) return refused(native.errno());
  try {
    const found: KernelSocket[] = [];
    for (const request of requests(filter)) {
      const answer = await dump(native, fd, request);
      if (!answer.ok) return answer;
      found.push(...answer.sockets.filter(socket => matches(socket, filter)));
    }
    return {ok: true, sockets: withoutTwins(found)};
  } finally {
    native.close(fd);
  }
}

/** The kernel can ask for a local and for a remote port, not for either: that takes two lists. */
function requests(filter: SocketFilter): DiagRequest[] {
  const {protocol = 'tcp', port, localPort = 0, remotePort = 0, states, withoutInfo = false} = filter;
  const ends =
    port === undefined
      ? [{localPort, remotePort}]
      : [
          {localPort: port, remotePort},
          {localPort, remotePort: port},
        ];
  return (['AF_INET', 'AF_INET6'] as const).flatMap(family =>
    ends.map(end => ({family, protocol, ...end, ...(states !== undefined && {states}), info: !withoutInfo})),
  );
}

async function dump(native: Native, fd: number, request: DiagRequest): Promise<DiagResult> {
  const message = encodeRequest(request);
  if (native.send(fd, message, message.length, MSG_DONTWAIT) < 0) return refused(native.errno());
  const room = new Uint8Array(64 * 1024);
  const sockets: KernelSocket[] = [];
  let start = performance.now();
  for (let waits = 0; ; ) {
    const size = native.recv(fd, room, room.length, MSG_DONTWAIT);
    const errno = size < 0 ? native.errno() : 0;
    // Another listing may hold the kernel's lock for a moment.
    if (errno === EAGAIN && waits++ < 500) await setTimeout(1);
    else if (errno !== 0) return refused(errno);
    else {
      const answer = decodeAnswer(room.subarray(0, size), request.protocol);
      if (answer.errno !== undefined) return refused(answer.errno);
      sockets.push(...answer.sockets);
      if (answer.done || size === 0) return {ok: true, sockets};
    }
    if (performance.now() - start > turn) {
      await setImmediate();
      start = performance.now();
    }
  }
}

/** A connection of a port to itself is in both lists. */
function withoutTwins(sockets: KernelSocket[]): KernelSocket[] {
  const key = (socket: KernelSocket): string =>
    JSON.stringify([socket.inode, socket.state, socket.local, socket.remote]);
  return [...new Map(sockets.map(socket => [key(socket), socket])).values()];
}

function refused(number: number): DiagResult {
  const {name, sentence} = errnoEntry(number);
  return {ok: false, errno: name, why: `The kernel refused to list its sockets over netlink (${name}: ${sentence})`};
}
