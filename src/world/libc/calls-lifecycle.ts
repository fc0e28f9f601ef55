import {addressRoom, addressText, decodeAddress, encodeAddress, type SocketAddress} from './address.ts';
import {
  bitsOf,
  type Direction,
  directions,
  type Family,
  families,
  flagText,
  type SocketFlag,
  type SocketType,
  socketFlags,
  socketTypes,
} from './constants.ts';
import type {CallSpec, Core} from './core.ts';
import type {CallRecord} from './record.ts';

/** From socket() to close(): the calls that make and end a connection, and tell its two addresses. */
export interface LifecycleCalls {
  /** SOCK_CLOEXEC is always set: a child process that should hold the socket is given it by name. */
  socket(family: Family, type: SocketType, protocol?: number, flags?: SocketFlag[]): CallRecord;
  bind(fd: number, address: SocketAddress): CallRecord;
  listen(fd: number, backlog: number): CallRecord;
  /** `result` is the new descriptor, `address` the peer. */
  accept4(fd: number, flags?: SocketFlag[]): CallRecord;
  connect(fd: number, address: SocketAddress): CallRecord;
  shutdown(fd: number, how: Direction): CallRecord;
  close(fd: number): CallRecord;
  getsockname(fd: number): CallRecord;
  getpeername(fd: number): CallRecord;
}

export function lifecycleCalls(core: Core): LifecycleCalls {
  const {native, perform} = core;
  return {
    socket(family, type, protocol = 0, flags = []) {
      const words = [type, ...withCloseOnExec(flags)];
      const bits = socketTypes[type] | bitsOf(socketFlags, withCloseOnExec(flags));
      return perform({
        name: 'socket',
        arguments: [family, type, protocol, flags],
        text: () => `socket(${family}, ${flagText(words)}, ${protocol})`,
        invoke: () => native.socket(families[family], bits, protocol),
      });
    },
    bind: (fd, address) => perform(withAddress('bind', fd, address, native.bind)),
    connect: (fd, address) => perform(withAddress('connect', fd, address, native.connect)),
    listen: (fd, backlog) =>
      perform({
        name: 'listen',
        arguments: [fd, backlog],
        text: () => `listen(${fd}, ${backlog})`,
        invoke: () => native.listen(fd, backlog),
      }),
    accept4(fd, flags = []) {
      const room = addressSpace();
      const words = withCloseOnExec(flags);
      return perform({
        name: 'accept4',
        arguments: [fd, flags],
        text: result => `accept4(${fd}, ${room.text(result)}, ${flagText(words)})`,
        invoke: () => native.accept4(fd, room.bytes, room.start(), bitsOf(socketFlags, words)),
        tell: () => room.told(),
      });
    },
    shutdown: (fd, how) =>
      perform({
        name: 'shutdown',
        arguments: [fd, how],
        text: () => `shutdown(${fd}, ${how})`,
        invoke: () => native.shutdown(fd, directions[how]),
      }),
    close: fd =>
      perform({name: 'close', arguments: [fd], text: () => `close(${fd})`, invoke: () => native.close(fd), once: true}),
    getsockname: fd => perform(nameCall('getsockname', fd, native.getsockname)),
    getpeername: fd => perform(nameCall('getpeername', fd, native.getpeername)),
  };
}

function withCloseOnExec(flags: readonly SocketFlag[]): SocketFlag[] {
  return flags.includes('SOCK_CLOEXEC') ? [...flags] : [...flags, 'SOCK_CLOEXEC'];
}

type AddressIn = (fd: number, address: Uint8Array, length: number) => number;
type AddressOut = (fd: number, address: Uint8Array, length: Uint32Array) => number;

function withAddress(name: string, fd: number, address: SocketAddress, call: AddressIn): CallSpec {
  const bytes = encodeAddress(address);
  return {
    name,
    arguments: [fd, {...address}],
    text: () => `${name}(${fd}, {${addressText(address)}}, ${bytes.length})`,
    invoke: () => call(fd, bytes, bytes.length),
  };
}

function nameCall(name: string, fd: number, call: AddressOut): CallSpec {
  const room = addressSpace();
  return {
    name,
    arguments: [fd],
    text: result => `${name}(${fd}, ${room.text(result)})`,
    invoke: () => call(fd, room.bytes, room.start()),
    tell: () => room.told(),
  };
}

/** Room for an address that the kernel writes, with its length, which is read and written. */
export function addressSpace() {
  const bytes = new Uint8Array(addressRoom);
  const length = new Uint32Array([addressRoom]);
  const address = (): SocketAddress | undefined => decodeAddress(bytes.subarray(0, Math.min(length[0]!, addressRoom)));
  return {
    bytes,
    /** To be called for each try: the kernel wrote the last length over ours. */
    start(): Uint32Array {
      length[0] = addressRoom;
      return length;
    },
    told(): {address?: SocketAddress} {
      const found = address();
      return found === undefined ? {} : {address: found};
    },
    text(result: number | undefined): string {
      if (result === undefined) return '..., ...';
      const found = result < 0 ? undefined : address();
      return found === undefined ? `..., {${addressRoom}}` : `{${addressText(found)}}, {${length[0]}}`;
    },
  };
}
