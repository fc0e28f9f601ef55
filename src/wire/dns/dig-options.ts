import {address4Text, address6Text} from '../ip-address.ts';
import {hexPairs, toHex} from '../text/hex.ts';
import {visible} from '../text/visible.ts';
import {extendedErrorEntry} from './tables.ts';
import type {Edns, EdnsOption} from './types.ts';

/** The lines of dig's OPT pseudosection (RFC 6891 §6.1). */
export function optLines({version, dnssecOk, z, udpSize, options}: Edns, clientCookie?: Uint8Array): readonly string[] {
  const reserved = z === 0 ? ' udp: ' : ` MBZ: 0x${toHex(Uint8Array.of(z >> 8, z & 0xff))}, udp: `;
  return [
    `; EDNS: version: ${version}, flags:${dnssecOk ? ' do' : ''};${reserved}${udpSize}`,
    ...options.map(option => `; ${optionText(option, clientCookie)}`),
  ];
}

/** One option as dig prints it: by name and meaning where dig knows it, else as bytes. */
export function optionText({code, data}: EdnsOption, clientCookie?: Uint8Array): string {
  const name = labels[code] ?? `OPT=${code}`;
  if (data.length === 0) return `${name}:`;
  return `${name}: ${written[code]?.(data, clientCookie) ?? bytesText(data)}`;
}

/** The options that dig knows, as it calls them. */
const labels: Readonly<Record<number, string>> = {
  1: 'LLQ',
  3: 'NSID',
  8: 'CLIENT-SUBNET',
  9: 'EXPIRE',
  10: 'COOKIE',
  11: 'TCP KEEPALIVE',
  12: 'PAD',
  14: 'KEY-TAG',
  15: 'EDE',
  16: 'CLIENT-TAG',
  17: 'SERVER-TAG',
};

type Write = (data: Uint8Array, clientCookie?: Uint8Array) => string | undefined;

/** Nothing where the length is not what the option has: then its bytes are shown. */
const written: Readonly<Record<number, Write>> = {
  1: data =>
    data.length === 18
      ? `Version: ${number(data, 0, 2)}, Opcode: ${number(data, 2, 2)}, Error: ${number(data, 4, 2)}, Identifier: ${bigNumber(data, 6)}, Lifetime: ${number(data, 14, 4)}`
      : undefined,
  8: data => subnet(data),
  9: data => (data.length === 4 ? `${number(data, 0, 4)} (${duration(number(data, 0, 4))})` : undefined),
  10: (data, clientCookie) => cookie(data, clientCookie),
  11: data => (data.length === 2 ? `${(number(data, 0, 2) / 10).toFixed(1)} secs` : undefined),
  12: data => `(${data.length} bytes)`,
  14: data => (data.length > 0 && data.length % 2 === 0 ? pairs(data).join(', ') : undefined),
  15: data => (data.length >= 2 ? extendedError(data) : undefined),
  16: data => (data.length === 2 ? String(number(data, 0, 2)) : undefined),
  17: data => (data.length === 2 ? String(number(data, 0, 2)) : undefined),
};

/** `61 62 ("ab")`. */
function bytesText(data: Uint8Array): string {
  const readable = Array.from(data, byte => (byte >= 0x20 && byte <= 0x7e ? String.fromCharCode(byte) : '.')).join('');
  return `${Array.from(data, byte => hexPairs[byte]).join(' ')} ("${readable}")`;
}

/** RFC 7871 §6; the address is cut behind its source prefix. */
function subnet(data: Uint8Array): string | undefined {
  if (data.length < 4) return undefined;
  const family = number(data, 0, 2);
  const source = data[2]!;
  const scope = data[3]!;
  const size = {0: 0, 1: 4, 2: 16}[family];
  if (size === undefined || data.length - 4 !== Math.ceil(source / 8) || source > size * 8) return undefined;
  const address = new Uint8Array(size);
  address.set(data.subarray(4));
  const text = family === 0 ? '0' : family === 1 ? address4Text(address) : address6Text(address);
  return `${text}/${source}/${scope}`;
}

function cookie(data: Uint8Array, sent: Uint8Array | undefined): string {
  const hex = toHex(data);
  if (sent === undefined) return hex;
  const same = sent.every((byte, index) => index >= 8 || byte === data[index]);
  // A server that does not know cookies may send back what it was sent.
  return `${hex} (${!same ? 'bad' : data.length > 8 ? 'good' : 'echoed'})`;
}

/** RFC 8914 §2. */
function extendedError(data: Uint8Array): string {
  const code = number(data, 0, 2);
  const name = extendedErrorEntry(code)?.name;
  const text = data.length > 2 ? `: (${visible(data.subarray(2))})` : '';
  return `${code}${name === undefined ? '' : ` (${name})`}${text}`;
}

/** `1 hour 30 minutes`, as BIND spells times out. */
function duration(seconds: number): string {
  const units = [
    ['week', 604800],
    ['day', 86400],
    ['hour', 3600],
    ['minute', 60],
    ['second', 1],
  ] as const;
  let left = seconds;
  const said: string[] = [];
  for (const [unit, size] of units) {
    const count = Math.floor(left / size);
    left %= size;
    if (count > 0 || (seconds === 0 && unit === 'second')) said.push(`${count} ${unit}${count === 1 ? '' : 's'}`);
  }
  return said.join(' ');
}

function pairs(data: Uint8Array): number[] {
  return Array.from({length: data.length / 2}, (_, index) => number(data, 2 * index, 2));
}

function number(data: Uint8Array, at: number, size: number): number {
  let value = 0;
  for (const byte of data.subarray(at, at + size)) value = value * 256 + byte;
  return value;
}

function bigNumber(data: Uint8Array, at: number): bigint {
  return new DataView(data.buffer, data.byteOffset).getBigUint64(at);
}
