import {toHex} from '../../wire/text/hex.ts';
import {parseHex} from '../../wire/text/parse-hex.ts';
import {visible} from '../../wire/text/visible.ts';
import type {MemoryInfo, OptionValue} from '../../world/libc/options/codec.ts';
import {encodeOption} from '../../world/libc/options/codec.ts';
import type {OptionType, SocketOption} from '../../world/libc/options/option.ts';
import type {TcpInfo} from '../../world/libc/tcp-info.ts';
import {flagField, type Read, secondsField} from '../fields.ts';

type Typed = Pick<SocketOption, 'name' | 'type' | 'names'>;

/** The value in a few words, with its unit where the type has one. Printable. */
export function optionText({type, names}: Typed, value: OptionValue): string {
  if (value instanceof Uint8Array) return value.length === 0 ? '(no bytes)' : toHex(value);
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  if (typeof value === 'number') {
    if (type === 'timeval') return value === 0 ? '0 s: for ever' : `${value} s`;
    const known = Object.keys(names ?? {}).find(name => names?.[name] === value);
    return known === undefined ? String(value) : `${value} ${known}`;
  }
  if (typeof value === 'string') return type === 'u64' && value === allBits ? 'no limit' : visible(value) || '(empty)';
  if ('on' in value) return value.on ? `on, ${value.seconds} s` : 'off';
  if ('pid' in value) return value.pid === 0 ? 'nobody' : `pid ${value.pid}, uid ${value.uid}, gid ${value.gid}`;
  if ('receiveAllocated' in value) return memoryText(value);
  return infoText(value);
}

const allBits = String(2n ** 64n - 1n);

function memoryText(memory: MemoryInfo): string {
  const {receiveAllocated, receiveBuffer, sendAllocated, sendBuffer, drops} = memory;
  return `receive ${receiveAllocated} of ${receiveBuffer}, send ${sendAllocated} of ${sendBuffer}, drops ${drops}`;
}

function infoText({state, roundTripTime, congestionWindow, length}: TcpInfo): string {
  const parts = [state, roundTripTime && `rtt ${roundTripTime} µs`, congestionWindow && `cwnd ${congestionWindow}`];
  return `${parts.filter(Boolean).join(', ')} (${length} bytes)`;
}

/** The value as JSON holds it: bytes as hex. */
export function plainValue(value: OptionValue): unknown {
  return value instanceof Uint8Array ? toHex(value) : value;
}

/** Reads a typed value as the option's type wants it. */
export function readOptionValue(option: Typed, typed: string): Read<OptionValue> {
  const text = typed.trim();
  const named = option.names?.[text.toUpperCase()];
  const read = named === undefined ? readers[option.type](text) : {ok: true as const, value: named};
  if (!read.ok) return read;
  try {
    encodeOption(option.type, read.value);
    return read;
  } catch (cause) {
    if (cause instanceof RangeError) return {ok: false, says: cause.message.replace(/\.$/, '')};
    throw cause;
  }
}

const flag = flagField({label: 'The flag', default: false});
const seconds = secondsField({label: 'The time', default: 0, from: 0, to: 1e9});

const readers: Readonly<Record<OptionType, (text: string) => Read<OptionValue>>> = {
  int: text =>
    /^[+-]?(\d+|0x[0-9a-f]+)$/i.test(text)
      ? {ok: true, value: text.startsWith('-') ? -Number(text.slice(1)) : Number(text.replace(/^\+/, ''))}
      : {ok: false, says: `“${text}” is not a whole number`, next: 'Type one, such as 65536 or 0x10000.'},
  bool: text => flag.read(text === '' ? '?' : text),
  linger(text) {
    if (/^(off|no)$/i.test(text)) return {ok: true, value: {on: false, seconds: 0}};
    const found = /^(?:on\b|yes\b)?[\s,]*(\d+)?\s*s?$/i.exec(text);
    if (found === null || text === '')
      return {ok: false, says: `“${text}” is no linger time`, next: 'Type off, or seconds such as 5 (0 sends a RST).'};
    return {ok: true, value: {on: true, seconds: Number(found[1] ?? 0)}};
  },
  timeval: text => seconds.read(text),
  u64: text =>
    /^\d+$/.test(text) && BigInt(text) < 2n ** 63n
      ? {ok: true, value: text}
      : {ok: false, says: `“${text}” is not a whole number from 0 up`, next: 'Type one below 2^63.'},
  in_addr: text =>
    /^\d{1,3}(\.\d{1,3}){3}$/.test(text) && text.split('.').every(part => Number(part) <= 255)
      ? {ok: true, value: text}
      : {ok: false, says: `“${text}” is no IPv4 address`, next: 'Type one, such as 127.0.0.1.'},
  string: text => ({ok: true, value: text}),
  bytes: readBytes,
  ucred: readBytes,
  meminfo: readBytes,
  tcp_info: readBytes,
};

function readBytes(text: string): Read<OptionValue> {
  const read = parseHex(text);
  return read.kind === 'bytes'
    ? {ok: true, value: read.bytes}
    : {ok: false, says: read.sentence.replace(/\.$/, ''), at: read.at};
}
