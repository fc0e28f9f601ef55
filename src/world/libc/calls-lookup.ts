import {decodeAddress, type SocketAddress} from './address.ts';
import {
  bitsOf,
  type Family,
  families,
  flagText,
  type LookupFlag,
  lookupFlags,
  nameOf,
  protocols,
  type SocketType,
  socketTypes,
} from './constants.ts';
import type {Core} from './core.ts';
import type {Native} from './ffi.ts';
import {lookupErrors} from './lookup-errors.ts';
import type {AddressRow, CallRecord} from './record.ts';

export interface LookupHints {
  family?: Family;
  type?: SocketType;
  protocol?: number;
  flags?: LookupFlag[];
}

/** The resolver of libc: hosts file, name service switch, DNS. It blocks, for as long as the name servers let it. */
export interface LookupCalls {
  /** `rows` in libc's order. `result` is not -1 for a failure but an EAI_ number; `errno` holds its name. */
  getaddrinfo(node: string | null, service: string | null, hints?: LookupHints): CallRecord;
  /** `number` is the port; `result` is -1 when /etc/services and its kind have no such service. */
  getservbyname(name: string, protocol: 'tcp' | 'udp'): CallRecord;
}

export function lookupCalls(core: Core): LookupCalls {
  const {native, perform} = core;
  return {
    getaddrinfo(node, service, hints = {}) {
      let rows: AddressRow[] = [];
      const {family = 'AF_UNSPEC', type, protocol = 0, flags = []} = hints;
      const shown = [flagText(flags), family, type ?? '0', protocol].join(', ');
      return perform({
        name: 'getaddrinfo',
        arguments: [node, service, {family, type: type ?? null, protocol, flags}],
        text: () => `getaddrinfo(${quoted(node)}, ${quoted(service)}, {${shown}}, ...)`,
        invoke() {
          const head = new BigUint64Array(1);
          const result = native.getaddrinfo(node, service, encodeHints(hints), head);
          if (result !== 0) return result;
          rows = readRows(native, head[0]!);
          native.freeaddrinfo(head[0]!);
          return 0;
        },
        tell: () => ({rows}),
        failure: result => ({errno: lookupErrors.find(({number}) => number === result)?.name ?? `EAI ${result}`}),
      });
    },
    getservbyname(name, protocol) {
      let port = 0;
      return perform({
        name: 'getservbyname',
        arguments: [name, protocol],
        text: () => `getservbyname(${quoted(name)}, ${quoted(protocol)})`,
        invoke() {
          const entry = native.getservbyname(name, protocol);
          if (entry === null) return -1;
          // struct servent: two pointers, then the port in network byte order in an int.
          port = new DataView(native.copy(entry, 24).buffer).getUint16(16);
          return 0;
        },
        tell: () => ({number: port}),
        failure: () => ({}),
      });
    },
  };
}

function quoted(text: string | null): string {
  return text === null ? 'NULL' : JSON.stringify(text);
}

/** struct addrinfo of 64-bit Linux: four ints, a length, then pointers to address, name and next row. */
const rowSize = 48;

function encodeHints({family = 'AF_UNSPEC', type, protocol = 0, flags = []}: LookupHints): Uint8Array {
  const bytes = new Uint8Array(rowSize);
  const kind = type === undefined ? 0 : socketTypes[type];
  new Int32Array(bytes.buffer).set([bitsOf(lookupFlags, flags), families[family], kind, protocol]);
  return bytes;
}

function readRows(native: Native, first: bigint): AddressRow[] {
  const rows: AddressRow[] = [];
  for (let at = first; at !== 0n && rows.length < 512; ) {
    const view = new DataView(native.copy(at, rowSize).buffer);
    const address = decodeAddress(native.copy(view.getBigUint64(24, true), view.getUint32(16, true)));
    if (address !== undefined) rows.push(readRow(native, view, address));
    at = view.getBigUint64(40, true);
  }
  return rows;
}

function readRow(native: Native, view: DataView, address: SocketAddress): AddressRow {
  const name = view.getBigUint64(32, true);
  return {
    family: nameOf(families, view.getInt32(4, true)),
    type: nameOf({...socketTypes, SOCK_RAW: 3}, view.getInt32(8, true)),
    protocol: nameOf(protocols, view.getInt32(12, true)),
    address,
    ...(name !== 0n && {canonicalName: text(native, name)}),
  };
}

/** A C string, byte by byte: nothing says how far its page can be read. */
function text(native: Native, address: bigint): string {
  const bytes: number[] = [];
  for (let at = address; bytes.length < 256; at++) {
    const byte = native.copy(at, 1)[0]!;
    if (byte === 0) break;
    bytes.push(byte);
  }
  return new TextDecoder().decode(Uint8Array.from(bytes));
}
