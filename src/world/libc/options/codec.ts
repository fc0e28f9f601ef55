import {decodeTcpInfo, type TcpInfo} from '../tcp-info.ts';
import type {OptionType} from './option.ts';

export interface Linger {
  on: boolean;
  seconds: number;
}

/** struct ucred: `pid` 0 and ids of 4294967295 mean that there is nobody to tell about. */
export interface Credentials {
  pid: number;
  uid: number;
  gid: number;
}

/** What SO_MEMINFO counts, in bytes except `drops` (include/uapi/linux/sock_diag.h). */
export interface MemoryInfo {
  receiveAllocated: number;
  receiveBuffer: number;
  sendAllocated: number;
  sendBuffer: number;
  forwardAllocated: number;
  sendQueued: number;
  optionMemory: number;
  backlog: number;
  drops: number;
}

/**
 * An option's value: `int` a number, `bool` a boolean, `timeval` seconds, `u64` a number or, beyond 2^53, its decimal
 * digits, `in_addr` and `string` text, `bytes` bytes.
 */
export type OptionValue = number | boolean | string | Linger | Credentials | MemoryInfo | TcpInfo | Uint8Array;

/** The room that getsockopt() is offered. TCP_INFO grows with each kernel: the returned length says what came. */
export const optionRoom = 512;

/** Reads what getsockopt() wrote. `undefined` when fewer bytes came than the type has. */
export function decodeOption(type: OptionType, bytes: Uint8Array): OptionValue | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  if (bytes.length < sizes[type]) return undefined;
  switch (type) {
    case 'int':
      return view.getInt32(0, true);
    case 'bool':
      return view.getInt32(0, true) !== 0;
    case 'linger':
      return {on: view.getInt32(0, true) !== 0, seconds: view.getInt32(4, true)};
    case 'timeval':
      return Number(view.getBigInt64(0, true)) + Number(view.getBigInt64(8, true)) / 1e6;
    case 'u64':
      return safe(view.getBigUint64(0, true));
    case 'ucred':
      return {pid: view.getInt32(0, true), uid: view.getUint32(4, true), gid: view.getUint32(8, true)};
    case 'in_addr':
      return bytes.subarray(0, 4).join('.');
    case 'meminfo':
      return memoryInfo(view);
    case 'tcp_info':
      return decodeTcpInfo(bytes);
    case 'string':
      return new TextDecoder().decode(bytes).replace(/\0.*$/s, '');
    case 'bytes':
      return bytes.slice();
  }
}

/** The bytes setsockopt() is handed. Throws RangeError when the value does not fit the type. */
export function encodeOption(type: OptionType, value: OptionValue): Uint8Array {
  if (value instanceof Uint8Array) return value;
  if (typeof value === 'string' && (type === 'string' || type === 'bytes')) return new TextEncoder().encode(value);
  if (type === 'linger' && typeof value === 'object' && 'on' in value) return ints(value.on ? 1 : 0, value.seconds);
  if (type === 'in_addr' && typeof value === 'string' && /^\d+(\.\d+){3}$/.test(value))
    return Uint8Array.from(value.split('.').map(Number));
  if (typeof value === 'number' && type === 'timeval') {
    const whole = Math.trunc(value);
    return longs(BigInt(whole), BigInt(Math.round((value - whole) * 1e6)));
  }
  if (type === 'u64' && (typeof value === 'number' || typeof value === 'string')) return longs(BigInt(value));
  if ((type === 'int' || type === 'bool') && (typeof value === 'number' || typeof value === 'boolean'))
    return ints(Number(value));
  throw new RangeError(`An option of type ${type} cannot be set to ${JSON.stringify(value)}.`);
}

const sizes: Record<OptionType, number> = {
  int: 4,
  bool: 4,
  linger: 8,
  timeval: 16,
  u64: 8,
  ucred: 12,
  in_addr: 4,
  meminfo: 36,
  tcp_info: 1,
  string: 0,
  bytes: 0,
};

function safe(value: bigint): number | string {
  return value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : String(value);
}

function memoryInfo(view: DataView): MemoryInfo {
  const at = (index: number): number => view.getUint32(index * 4, true);
  return {
    receiveAllocated: at(0),
    receiveBuffer: at(1),
    sendAllocated: at(2),
    sendBuffer: at(3),
    forwardAllocated: at(4),
    sendQueued: at(5),
    optionMemory: at(6),
    backlog: at(7),
    drops: at(8),
  };
}

function ints(...values: number[]): Uint8Array {
  if (values.some(value => !Number.isInteger(value) || value < -(2 ** 31) || value >= 2 ** 31))
    throw new RangeError(`An int has room for whole numbers from -2147483648 to 2147483647, not for ${values}.`);
  return new Uint8Array(Int32Array.from(values).buffer);
}

function longs(...values: bigint[]): Uint8Array {
  return new Uint8Array(BigInt64Array.from(values).buffer);
}
