import {isIPv4, isIPv6} from 'node:net';
import {address6Text, parseAddress4, parseAddress6} from '../../wire/ip-address.ts';
import {families} from './constants.ts';

/** A struct sockaddr as a value. `host` is always a literal address: names are looked up before (getaddrinfo). */
export type SocketAddress =
  | {family: 'AF_INET'; host: string; port: number}
  | {family: 'AF_INET6'; host: string; port: number; flow?: number; scope?: number}
  | {family: 'AF_UNIX'; path: string};

/** Room for any address: sizeof(struct sockaddr_storage). */
export const addressRoom = 128;

/** The bytes of a struct sockaddr_in, sockaddr_in6 or sockaddr_un. Throws RangeError for a host that is a name. */
export function encodeAddress(address: SocketAddress): Uint8Array {
  if (address.family === 'AF_UNIX') return encodeUnix(address.path);
  if (!Number.isInteger(address.port) || address.port < 0 || address.port > 65535)
    throw new RangeError(`A port is a number from 0 to 65535, and ${address.port} is not. 0 lets the kernel choose.`);
  const bytes = address.family === 'AF_INET' ? encodeInet(address.host) : encodeInet6(address);
  // sa_family is in the machine's byte order, the port in the network's (RFC 791 appendix B).
  const view = new DataView(bytes.buffer);
  view.setUint16(0, families[address.family], true);
  view.setUint16(2, address.port);
  return bytes;
}

/** What the kernel wrote into a struct sockaddr. `undefined` for a family that is none of the three, or a short one. */
export function decodeAddress(bytes: Uint8Array): SocketAddress | undefined {
  if (bytes.length < 2) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const family = view.getUint16(0, true);
  if (family === families.AF_INET && bytes.length >= 16)
    return {family: 'AF_INET', host: bytes.subarray(4, 8).join('.'), port: view.getUint16(2)};
  if (family === families.AF_INET6 && bytes.length >= 28) {
    const [flow, scope] = [view.getUint32(4), view.getUint32(24, true)];
    const host = address6Text(bytes.subarray(8, 24));
    return {family: 'AF_INET6', host, port: view.getUint16(2), ...(flow && {flow}), ...(scope && {scope})};
  }
  if (family === families.AF_UNIX) return {family: 'AF_UNIX', path: decodeUnix(bytes.subarray(2))};
  return undefined;
}

/** A literal IPv4 or IPv6 address with a port; `undefined` when `host` is neither. */
export function literalAddress(host: string, port: number): SocketAddress | undefined {
  if (isIPv4(host)) return {family: 'AF_INET', host, port};
  return isIPv6(host) ? {family: 'AF_INET6', host, port} : undefined;
}

/** 127.0.0.0/8 or ::1: reached on this machine and from nowhere else (RFC 1122 §3.2.1.3, RFC 4291 §2.5.3). */
export function isLoopback(address: SocketAddress): boolean {
  if (address.family === 'AF_INET') return address.host.startsWith('127.');
  return address.family === 'AF_INET6' && address.host === '::1';
}

/** `127.0.0.1:1060`, `[::1]:1060`, `/run/x.sock`, `@abstract`. */
export function addressText(address: SocketAddress): string {
  if (address.family === 'AF_UNIX') return address.path === '' ? '(unnamed)' : address.path;
  if (address.family === 'AF_INET') return `${address.host}:${address.port}`;
  return `[${address.host}${address.scope === undefined ? '' : `%${address.scope}`}]:${address.port}`;
}

function encodeInet(host: string): Uint8Array<ArrayBuffer> {
  const four = parseAddress4(host);
  if (four === undefined) throw notLiteral(host, 'IPv4');
  const bytes = new Uint8Array(16);
  bytes.set(four, 4);
  return bytes;
}

function encodeInet6(address: Extract<SocketAddress, {family: 'AF_INET6'}>): Uint8Array<ArrayBuffer> {
  const six = parseAddress6(address.host);
  if (six === undefined) throw notLiteral(address.host, 'IPv6');
  const bytes = new Uint8Array(28);
  const view = new DataView(bytes.buffer);
  view.setUint32(4, address.flow ?? 0);
  bytes.set(six, 8);
  view.setUint32(24, address.scope ?? 0, true);
  return bytes;
}

function notLiteral(host: string, kind: string): RangeError {
  return new RangeError(`"${host}" is not an ${kind} address. Look the name up first, for example with getaddrinfo.`);
}

/** A path ends with a zero byte; an abstract name (`@name`, Linux only) starts with one and has no end mark. */
function encodeUnix(path: string): Uint8Array {
  const abstract = path.startsWith('@');
  const name = new TextEncoder().encode(abstract ? path.slice(1) : path);
  if (name.length > 107)
    throw new RangeError('The path of a Unix socket has room for 107 bytes. Choose a shorter one.');
  const bytes = new Uint8Array(2 + name.length + 1);
  bytes[0] = families.AF_UNIX;
  bytes.set(name, abstract ? 3 : 2);
  return bytes;
}

function decodeUnix(name: Uint8Array): string {
  const text = (part: Uint8Array): string => new TextDecoder().decode(part);
  if (name.length > 1 && name[0] === 0) return `@${text(name.subarray(1))}`;
  const end = name.indexOf(0);
  return text(end === -1 ? name : name.subarray(0, end));
}
