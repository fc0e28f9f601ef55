import {constants} from 'node:os';

/** One way for a call to fail: Linux's number, what it says in plain words, and what to try next. */
export interface ErrnoEntry {
  name: string;
  number: number;
  sentence: string;
  next: string;
}

type Row = [name: string, number: number, sentence: string, next: string];

/** The numbers are Linux's (include/uapi/asm-generic/errno.h); Node's own table is held against them by a test. */
const rows: Row[] = [
  ['EPERM', 1, 'The kernel does not let this user do that.', 'Try without it, or run it with the privilege it needs.'],
  ['ENOENT', 2, 'There is no such file or entry.', 'Look at the path or the name again.'],
  ['EINTR', 4, 'A signal came before the call had done anything.', 'Call it again.'],
  ['EIO', 5, 'The device failed while it was read or written.', 'Try again; look at the system log if it stays.'],
  ['ENXIO', 6, 'There is no device or address of that kind.', 'Look at the address again.'],
  ['EBADF', 9, 'This number is not an open file of this process.', 'It was closed before: open a new socket.'],
  ['EAGAIN', 11, 'It would have to wait, and was told not to.', 'Wait with poll() until it is ready, then call again.'],
  ['ENOMEM', 12, 'The kernel has no memory left for this.', 'Close what is not needed.'],
  ['EACCES', 13, 'Permission denied.', 'Use a port from 1024 up; set SO_BROADCAST to send to a broadcast address.'],
  [
    'EFAULT',
    14,
    'The address handed to the kernel is not in this process.',
    'This is a defect of the program: report it.',
  ],
  ['EBUSY', 16, 'It is in use by somebody else.', 'Wait until it is free.'],
  ['EEXIST', 17, 'It exists already.', 'Use the one that is there, or remove it first.'],
  ['ENODEV', 19, 'There is no such network device.', 'List the devices with: ip link.'],
  ['ENOTDIR', 20, 'A part of the path is not a folder.', 'Look at the path again.'],
  [
    'EINVAL',
    22,
    'This call makes no sense in the state the socket is in, or with these values.',
    'Check state and values.',
  ],
  ['ENFILE', 23, 'The whole machine has no open file left.', 'Close programs that hold many connections.'],
  ['EMFILE', 24, 'This process may not open any more files.', 'Close some connections, or raise the limit: ulimit -n.'],
  ['ENOSPC', 28, 'There is no room left.', 'Free some room.'],
  ['EROFS', 30, 'The file system is read-only.', 'Choose another place.'],
  ['EPIPE', 32, 'The sending direction of this connection is finished, so nothing can be sent.', 'Connect again.'],
  ['EDOM', 33, 'The value is outside of what the call understands.', 'Use a smaller value.'],
  ['ENAMETOOLONG', 36, 'The name is too long.', 'Use a shorter one.'],
  ['ENOSYS', 38, 'This kernel does not have that call.', 'Use a newer kernel, or another way.'],
  ['ELOOP', 40, 'Too many symbolic links.', 'Look at the path again.'],
  ['EPROTO', 71, 'The two sides do not keep to the same protocol.', 'Check what is listening there.'],
  ['EOVERFLOW', 75, 'The value is too large to be told.', 'Use a larger field.'],
  ['ENOTSOCK', 88, 'This file is not a socket.', 'Check the descriptor.'],
  ['EDESTADDRREQ', 89, 'The datagram has no destination.', 'Give an address, or connect() the socket first.'],
  [
    'EMSGSIZE',
    90,
    'The datagram is too large to be sent in one piece.',
    'Send less at once (65507 bytes at most on IPv4).',
  ],
  [
    'EPROTOTYPE',
    91,
    'This type of socket does not speak that protocol.',
    'SOCK_STREAM is for TCP, SOCK_DGRAM for UDP.',
  ],
  ['ENOPROTOOPT', 92, 'This kind of socket has no such option.', 'Check the level and the name of the option.'],
  ['EPROTONOSUPPORT', 93, 'The kernel does not have that protocol.', 'Use 0 to let it choose.'],
  ['ESOCKTNOSUPPORT', 94, 'The kernel does not have that type of socket.', 'Use SOCK_STREAM or SOCK_DGRAM.'],
  ['EOPNOTSUPP', 95, 'This kind of socket cannot do that.', 'Only a stream socket can listen and accept.'],
  ['EPFNOSUPPORT', 96, 'The kernel does not have that protocol family.', 'Use AF_INET.'],
  ['EAFNOSUPPORT', 97, 'The address is of another family than the socket.', 'Use the same family for both.'],
  [
    'EADDRINUSE',
    98,
    'Another socket has this address and port.',
    'See who holds it, choose another port, or set SO_REUSEADDR.',
  ],
  [
    'EADDRNOTAVAIL',
    99,
    'No interface of this machine has that address.',
    'Bind to 127.0.0.1, or list them: ip address.',
  ],
  ['ENETDOWN', 100, 'The network interface is down.', 'Bring it up.'],
  ['ENETUNREACH', 101, 'There is no route to that network.', 'Check the address and the routes: ip route.'],
  ['ENETRESET', 102, 'The network dropped the connection.', 'Connect again.'],
  ['ECONNABORTED', 103, 'The connection ended before it was accepted.', 'Accept the next one.'],
  ['ECONNRESET', 104, 'The peer broke the connection off with a RST; bytes under way are lost.', 'Connect again.'],
  ['ENOBUFS', 105, 'The kernel has no buffer left.', 'Send more slowly.'],
  ['EISCONN', 106, 'The socket is connected already.', 'Use send() without an address, or a new socket.'],
  ['ENOTCONN', 107, 'The socket is not connected.', 'Call connect() first.'],
  ['ESHUTDOWN', 108, 'The socket was shut down.', 'Open a new one.'],
  ['ETOOMANYREFS', 109, 'Too many descriptors are on their way between processes.', 'Receive some of them first.'],
  [
    'ETIMEDOUT',
    110,
    'The peer did not answer in time.',
    'Check address, port and firewall; its accept queue may be full.',
  ],
  ['ECONNREFUSED', 111, 'Nobody listens there: the peer answered with a RST.', 'Start the server, or check the port.'],
  ['EHOSTDOWN', 112, 'The host is down.', 'Check whether it runs.'],
  ['EHOSTUNREACH', 113, 'There is no way to that host.', 'Check the address; a firewall may say this too.'],
  ['EALREADY', 114, 'An earlier connect() is still under way.', 'Wait with poll() until the socket can be written.'],
  ['EINPROGRESS', 115, 'The connection is being made.', 'Wait with poll(), then read SO_ERROR.'],
  ['ESTALE', 116, 'The file is gone on the other side.', 'Open it again.'],
  ['ECANCELED', 125, 'The operation was cancelled.', 'Start it again.'],
];

/** Every failure a socket call is known to give on Linux, by ascending number. */
export const errnoTable: readonly ErrnoEntry[] = rows.map(([name, number, sentence, next]) => ({
  name,
  number,
  sentence,
  next,
}));

const byNumber = new Map(errnoTable.map(entry => [entry.number, entry]));
const byName = new Map(errnoTable.map(entry => [entry.name, entry]));

/**
 * What a failure means. Linux has one number for EAGAIN and EWOULDBLOCK, and another pair in EOPNOTSUPP and ENOTSUP:
 * the first name is used. A number that the table lacks still gets its name from Node, and a general sentence.
 */
export function errnoEntry(which: number | string): ErrnoEntry {
  const known = typeof which === 'number' ? byNumber.get(which) : byName.get(which);
  if (known !== undefined) return known;
  const codes = constants.errno as Record<string, number>;
  const name =
    typeof which === 'string' ? which : (Object.keys(codes).find(code => codes[code] === which) ?? `errno ${which}`);
  const number = typeof which === 'number' ? which : (codes[which] ?? 0);
  return {name, number, sentence: `The call failed with ${name}.`, next: `Look it up: man 3 errno.`};
}
