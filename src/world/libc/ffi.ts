import {createRequire} from 'node:module';
import type {LibraryHandle} from 'koffi';

/** The C functions as they are: numbers in, number out, -1 and errno for a failure. Buffers are passed by address. */
export interface Native {
  /** Must be read before anything else touches libc: in the same synchronous expression as the call. */
  errno(): number;
  /** Copies `length` bytes that C owns. */
  copy(address: bigint, length: number): Uint8Array;
  socket(domain: number, type: number, protocol: number): number;
  bind(fd: number, address: Uint8Array, length: number): number;
  listen(fd: number, backlog: number): number;
  accept4(fd: number, address: Uint8Array, length: Uint32Array, flags: number): number;
  connect(fd: number, address: Uint8Array, length: number): number;
  send(fd: number, bytes: Uint8Array, size: number, flags: number): number;
  recv(fd: number, bytes: Uint8Array, size: number, flags: number): number;
  sendto(fd: number, bytes: Uint8Array, size: number, flags: number, to: Uint8Array, length: number): number;
  recvfrom(fd: number, bytes: Uint8Array, size: number, flags: number, from: Uint8Array, length: Uint32Array): number;
  read(fd: number, bytes: Uint8Array, size: number): number;
  write(fd: number, bytes: Uint8Array, size: number): number;
  shutdown(fd: number, how: number): number;
  close(fd: number): number;
  getsockopt(fd: number, level: number, option: number, value: Uint8Array, length: Uint32Array): number;
  setsockopt(fd: number, level: number, option: number, value: Uint8Array, length: number): number;
  getsockname(fd: number, address: Uint8Array, length: Uint32Array): number;
  getpeername(fd: number, address: Uint8Array, length: Uint32Array): number;
  poll(entries: Uint8Array, count: number, milliseconds: number): number;
  select(highest: number, read: Uint8Array, write: Uint8Array, except: Uint8Array, timeout: Uint8Array | null): number;
  epoll_create1(flags: number): number;
  epoll_ctl(epoll: number, operation: number, fd: number, event: Uint8Array | null): number;
  epoll_wait(epoll: number, events: Uint8Array, count: number, milliseconds: number): number;
  eventfd(start: number, flags: number): number;
  ioctl(fd: number, request: number, type: 'void *', out: Uint8Array): number;
  fcntl(fd: number, command: number, type: 'int', value: number): number;
  getaddrinfo(node: string | null, service: string | null, hints: Uint8Array, rows: BigUint64Array): number;
  freeaddrinfo(rows: bigint): void;
  getservbyname(name: string, protocol: string | null): bigint | null;
  gai_strerror(error: number): string;
  /** Not every libc has the rest. */
  readonly extra: Partial<Extra>;
}

/** Functions that are in glibc and may be missing elsewhere: musl has no getprotobyname_r, and only glibc can be told its sources. */
export interface Extra {
  getservbyname_r(name: string, protocol: string | null, ...room: EntryRoom): number;
  /** The port is in network byte order. */
  getservbyport_r(port: number, protocol: string | null, ...room: EntryRoom): number;
  getprotobyname_r(name: string, ...room: EntryRoom): number;
  getprotobynumber_r(number: number, ...room: EntryRoom): number;
  setlocale(category: number, locale: string): string | null;
  __nss_configure_lookup(database: string, line: string): number;
}

/** Where an entry is written: the struct, its strings, how many bytes those may take, and a pointer to the struct or NULL. */
export type EntryRoom = [entry: Uint8Array, strings: Uint8Array, size: number, result: BigUint64Array];

/** Either the C functions, or a sentence that says why they cannot be had and what to do. */
export type Opened = {available: true; native: Native} | {available: false; why: string};

/** What `openNative` needs to know about the machine: an argument so that a test can be another machine. */
export interface Machine {
  platform: string;
  architecture: string;
  require(name: 'koffi'): unknown;
  /** `WIREBOOK_NO_LIBC=1`: to see what is left where libc cannot be called. */
  forbidden?: boolean;
}

const here: Machine = {
  platform: process.platform,
  architecture: process.arch,
  require: name => createRequire(import.meta.url)(name),
  forbidden: process.env['WIREBOOK_NO_LIBC'] === '1',
};

let opened: Opened | undefined;

/** Loads koffi and libc at the first call (about 15 ms), and gives the same answer ever after. */
export function openNative(machine: Machine = here): Opened {
  if (machine !== here) return open(machine);
  opened ??= open(here);
  return opened;
}

function open(machine: Machine): Opened {
  const {platform, architecture, forbidden} = machine;
  if (forbidden === true) return no('WIREBOOK_NO_LIBC=1 says not to call libc.', 'Unset it to see everything.');
  if (platform !== 'linux' || !['x64', 'arm64'].includes(architecture))
    return no(
      `The socket layer knows the constants of Linux on x64 and arm64 only, and this is ${platform} on ${architecture}.`,
      'What Node itself can show still works.',
    );
  try {
    return {available: true, native: declare(machine.require('koffi') as typeof import('koffi'))};
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message.split('\n')[0] : String(cause);
    return no(`The package koffi, which calls into libc, could not be loaded (${reason}).`, 'Run: npm install koffi.');
  }
}

function no(what: string, next: string): Opened {
  return {available: false, why: `${what} ${next}`};
}

const declarations = {
  socket: 'int socket(int, int, int)',
  bind: 'int bind(int, void *, uint32_t)',
  listen: 'int listen(int, int)',
  accept4: 'int accept4(int, void *, void *, int)',
  connect: 'int connect(int, void *, uint32_t)',
  send: 'intptr_t send(int, void *, size_t, int)',
  recv: 'intptr_t recv(int, void *, size_t, int)',
  sendto: 'intptr_t sendto(int, void *, size_t, int, void *, uint32_t)',
  recvfrom: 'intptr_t recvfrom(int, void *, size_t, int, void *, void *)',
  read: 'intptr_t read(int, void *, size_t)',
  write: 'intptr_t write(int, void *, size_t)',
  shutdown: 'int shutdown(int, int)',
  close: 'int close(int)',
  getsockopt: 'int getsockopt(int, int, int, void *, void *)',
  setsockopt: 'int setsockopt(int, int, int, void *, uint32_t)',
  getsockname: 'int getsockname(int, void *, void *)',
  getpeername: 'int getpeername(int, void *, void *)',
  poll: 'int poll(void *, unsigned long, int)',
  select: 'int select(int, void *, void *, void *, void *)',
  epoll_create1: 'int epoll_create1(int)',
  epoll_ctl: 'int epoll_ctl(int, int, int, void *)',
  epoll_wait: 'int epoll_wait(int, void *, int, int)',
  eventfd: 'int eventfd(unsigned int, int)',
  ioctl: 'int ioctl(int, unsigned long, ...)',
  fcntl: 'int fcntl(int, int, ...)',
  getaddrinfo: 'int getaddrinfo(const char *, const char *, void *, void *)',
  freeaddrinfo: 'void freeaddrinfo(void *)',
  getservbyname: 'void *getservbyname(const char *, const char *)',
  gai_strerror: 'const char *gai_strerror(int)',
} satisfies Record<Exclude<keyof Native, 'errno' | 'copy' | 'extra'>, string>;

const extraDeclarations = {
  getservbyname_r: 'int getservbyname_r(const char *, const char *, void *, void *, size_t, void *)',
  getservbyport_r: 'int getservbyport_r(int, const char *, void *, void *, size_t, void *)',
  getprotobyname_r: 'int getprotobyname_r(const char *, void *, void *, size_t, void *)',
  getprotobynumber_r: 'int getprotobynumber_r(int, void *, void *, size_t, void *)',
  setlocale: 'const char *setlocale(int, const char *)',
  __nss_configure_lookup: 'int __nss_configure_lookup(const char *, const char *)',
} satisfies Record<keyof Extra, string>;

function declare(koffi: typeof import('koffi')): Native {
  const libc = library(koffi);
  const functions = Object.entries(declarations).map(([name, text]) => [name, libc.func(text)] as const);
  return {
    ...(Object.fromEntries(functions) as unknown as Omit<Native, 'errno' | 'copy' | 'extra'>),
    extra: declareExtra(libc),
    errno: () => koffi.errno(),
    copy: (address, length) => new Uint8Array(koffi.view(address, length)).slice(),
  };
}

function declareExtra(libc: LibraryHandle): Partial<Extra> {
  const found = Object.entries(extraDeclarations).flatMap(([name, text]) => {
    try {
      return [[name, libc.func(text)] as const];
    } catch {
      return [];
    }
  });
  return Object.fromEntries(found) as Partial<Extra>;
}

/** glibc goes by one name everywhere; another libc is already in this process, and `null` means just that. */
function library(koffi: typeof import('koffi')): LibraryHandle {
  try {
    return koffi.load('libc.so.6');
  } catch {
    return koffi.load(null);
  }
}
