import type {Core} from './core.ts';
import {errnoEntry} from './errno.ts';
import type {EntryRoom, Native} from './ffi.ts';
import {cString} from './lookup/c-string.ts';
import type {CallRecord, DatabaseEntry} from './record.ts';

/**
 * The databases of services and protocols, asked through libc: /etc/services and /etc/protocols, or whatever nsswitch.conf
 * names. `result` is -1 when there is no such entry, and then there is no errno; otherwise `entry` is what was found.
 */
export interface DatabaseCalls {
  /** Without a protocol the first entry of any. `number` is the port too. */
  getservbyname(name: string, protocol?: string | null): CallRecord;
  getservbyport(port: number, protocol?: string | null): CallRecord;
  getprotobyname(name: string): CallRecord;
  getprotobynumber(number: number): CallRecord;
}

export function databaseCalls({native, perform}: Core): DatabaseCalls {
  const {extra} = native;
  const ask = (name: string, list: (string | number | null)[], shown: string, how: How | undefined) => {
    let outcome: Outcome = {error: 0};
    return perform({
      name,
      arguments: list,
      text: () => `${how === undefined ? name : `${name}_r`}(${shown}${how === undefined ? '' : ', ...'})`,
      invoke() {
        outcome = how === undefined ? {error: errnoEntry('ENOSYS').number} : search(native, name, how);
        return outcome.entry === undefined ? -1 : 0;
      },
      tell: () => ({...(outcome.entry !== undefined && {entry: outcome.entry, number: outcome.entry.number})}),
      failure: () => failureOf(outcome.error),
    });
  };
  return {
    getservbyname(name, protocol = null) {
      const call = extra.getservbyname_r ?? plainService(native);
      return ask('getservbyname', [name, protocol], `${quoted(name)}, ${quoted(protocol)}`, (...room) =>
        call(name, protocol, ...room),
      );
    },
    getservbyport(port, protocol = null) {
      const call = extra.getservbyport_r;
      const shown = `htons(${port}), ${quoted(protocol)}`;
      return ask(
        'getservbyport',
        [port, protocol],
        shown,
        call && ((...room) => call(swapped(port), protocol, ...room)),
      );
    },
    getprotobyname(name) {
      const call = extra.getprotobyname_r;
      return ask('getprotobyname', [name], quoted(name), call && ((...room) => call(name, ...room)));
    },
    getprotobynumber(number) {
      const call = extra.getprotobynumber_r;
      return ask('getprotobynumber', [number], String(number), call && ((...room) => call(number, ...room)));
    },
  };
}

/** 0, or an errno: these functions return it and do not set it. */
type How = (...room: EntryRoom) => number;

interface Outcome {
  readonly entry?: DatabaseEntry;
  readonly error: number;
}

const [ENOENT, ERANGE] = [2, 34];

/** Where the strings of the last entry lie: libc's pointers lead into it, so it must outlive the reading of them. */
let room = new Uint8Array(1024);

/** Gives it more room while the strings do not fit. */
function search(native: Native, name: string, how: How): Outcome {
  for (;;) {
    const entry = new Uint8Array(32);
    const result = new BigUint64Array(1);
    const error = how(entry, room, room.length, result);
    if (error !== ERANGE || room.length >= 2 ** 20)
      return result[0] === 0n ? {error} : {entry: readEntry(native, entry, name.startsWith('getserv')), error};
    room = new Uint8Array(room.length * 4);
  }
}

/** struct servent: name, aliases, port in network byte order, protocol; struct protoent: name, aliases, number. */
function readEntry(native: Native, bytes: Uint8Array, service: boolean): DatabaseEntry {
  const view = new DataView(bytes.buffer);
  return {
    name: cString(native, view.getBigUint64(0, true)),
    aliases: strings(native, view.getBigUint64(8, true)),
    number: service ? view.getUint16(16) : view.getInt32(16, true),
    ...(service && {protocol: cString(native, view.getBigUint64(24, true))}),
  };
}

/** A list of strings that ends with NULL. */
function strings(native: Native, list: bigint): string[] {
  const found: string[] = [];
  for (let at = list; at !== 0n; at += 8n) {
    const pointer = new DataView(native.copy(at, 8).buffer).getBigUint64(0, true);
    if (pointer === 0n) break;
    found.push(cString(native, pointer));
  }
  return found;
}

/** getservbyname() as every libc has it: the struct is libc's own, to be read before the next call. */
function plainService(native: Native): NonNullable<Native['extra']['getservbyname_r']> {
  return (name, protocol, entry, _strings, _size, result) => {
    const found = native.getservbyname(name, protocol);
    if (found !== null) entry.set(native.copy(found, entry.length));
    result[0] = found ?? 0n;
    return 0;
  };
}

function failureOf(error: number): Pick<CallRecord, 'errno' | 'errnoNumber'> {
  return error === 0 || error === ENOENT ? {} : {errno: errnoEntry(error).name, errnoNumber: error};
}

const swapped = (port: number) => ((port & 0xff) << 8) | (port >> 8);

function quoted(text: string | null): string {
  return text === null ? 'NULL' : JSON.stringify(text);
}
