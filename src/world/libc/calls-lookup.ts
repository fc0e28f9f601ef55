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
import {errnoEntry} from './errno.ts';
import type {Native} from './ffi.ts';
import {cString} from './lookup/c-string.ts';
import {lookupError} from './lookup-errors.ts';
import type {AddressRow, CallRecord} from './record.ts';

/** The hints of getaddrinfo(). A number is handed over as it is, whether it means anything or not. */
export interface LookupHints {
  family?: Family | number;
  type?: SocketType | number;
  protocol?: number;
  flags?: LookupFlag[];
}

/** The resolver of libc: hosts file, name service switch, DNS. It blocks, for as long as the name servers let it. */
export interface LookupCalls {
  /**
   * `rows` in libc's order. `result` is not -1 for a failure but an EAI_ number; `errno` holds its name, `message` libc's words,
   * and after EAI_SYSTEM `errnoNumber` is the errno.
   */
  getaddrinfo(node: string | null, service: string | null, hints?: LookupHints): CallRecord;
  /** Which characters of names libc understands, for the whole process: `C.UTF-8`. `result` is -1 where there is no such locale. */
  setlocale(locale: string): CallRecord;
  /**
   * Which sources the whole process asks from now on, instead of what /etc/nsswitch.conf says: `('hosts', 'files')`. What
   * `getent -s` does. glibc only: elsewhere ENOSYS.
   */
  nssConfigureLookup(database: string, line: string): CallRecord;
}

export function lookupCalls(core: Core): LookupCalls {
  const {native, perform} = core;
  return {
    getaddrinfo(node, service, hints = {}) {
      let found: Pick<CallRecord, 'rows' | 'moreRows'> = {};
      return perform({
        name: 'getaddrinfo',
        arguments: [node, service, plainHints(hints)],
        text: () => `getaddrinfo(${quoted(node)}, ${quoted(service)}, {${hintsText(hints)}}, ...)`,
        invoke() {
          const head = new BigUint64Array(1);
          const result = native.getaddrinfo(node, service, encodeHints(hints), head);
          if (result !== 0) return result;
          try {
            found = readRows(native, head[0]!);
          } finally {
            native.freeaddrinfo(head[0]!);
          }
          return 0;
        },
        tell: () => found,
        failure: (result, errno) => lookupFailure(native, result, errno),
      });
    },
    setlocale: locale =>
      perform({
        name: 'setlocale',
        arguments: ['LC_CTYPE', locale],
        text: () => `setlocale(LC_CTYPE, ${quoted(locale)})`,
        invoke: () => ((native.extra.setlocale?.(0, locale) ?? null) === null ? -1 : 0),
        failure: () => ({}),
      }),
    nssConfigureLookup: (database, line) =>
      perform({
        name: '__nss_configure_lookup',
        arguments: [database, line],
        text: () => `__nss_configure_lookup(${quoted(database)}, ${quoted(line)})`,
        invoke: () => native.extra.__nss_configure_lookup?.(database, line) ?? -1,
        failure: (_result, errno) => {
          const {name, number} = errnoEntry(native.extra.__nss_configure_lookup === undefined ? 'ENOSYS' : errno);
          return {errno: name, errnoNumber: number};
        },
      }),
  };
}

const EAI_SYSTEM = -11;

function lookupFailure(native: Native, result: number, errno: number) {
  return {
    errno: lookupError(result)?.name ?? `EAI ${result}`,
    ...(result === EAI_SYSTEM && {errnoNumber: errno}),
    message: native.gai_strerror(result),
  };
}

function quoted(text: string | null): string {
  return text === null ? 'NULL' : JSON.stringify(text);
}

function hintsText({family = 'AF_UNSPEC', type = 0, protocol = 0, flags = []}: LookupHints): string {
  return [flagText(flags), family, type, protocol].join(', ');
}

function plainHints({family = 'AF_UNSPEC', type, protocol = 0, flags = []}: LookupHints) {
  return {family, type: type ?? null, protocol, flags};
}

/** struct addrinfo of 64-bit Linux: four ints, a length, then pointers to address, name and next row. */
const rowSize = 48;

function encodeHints({family = 'AF_UNSPEC', type = 0, protocol = 0, flags = []}: LookupHints): Uint8Array {
  const bytes = new Uint8Array(rowSize);
  const domain = typeof family === 'number' ? family : families[family];
  const kind = typeof type === 'number' ? type : socketTypes[type];
  new Int32Array(bytes.buffer).set([bitsOf(lookupFlags, flags), domain, kind, protocol]);
  return bytes;
}

/** A name with more addresses than this has the rest counted: an answer over TCP holds some thousands. */
const mostRows = 8192;

function readRows(native: Native, first: bigint): Pick<CallRecord, 'rows' | 'moreRows'> {
  const rows: AddressRow[] = [];
  let more = 0;
  for (let at = first; at !== 0n; ) {
    const view = new DataView(native.copy(at, rowSize).buffer);
    const sockaddr = native.copy(view.getBigUint64(24, true), view.getUint32(16, true));
    const address = decodeAddress(sockaddr);
    if (address === undefined || rows.length === mostRows) more++;
    else rows.push(readRow(native, view, address, sockaddr));
    at = view.getBigUint64(40, true);
  }
  return {rows, ...(more > 0 && {moreRows: more})};
}

function readRow(native: Native, view: DataView, address: SocketAddress, sockaddr: Uint8Array): AddressRow {
  const [flags, family, type, protocol] = [0, 4, 8, 12].map(offset => view.getInt32(offset, true)) as Four;
  const name = view.getBigUint64(32, true);
  return {
    family: nameOf(families, family),
    type: nameOf(socketTypes, type),
    protocol: nameOf(protocols, protocol),
    address,
    ...(name !== 0n && {canonicalName: cString(native, name)}),
    raw: {flags, family, type, protocol, length: view.getUint32(16, true), sockaddr},
  };
}

type Four = [number, number, number, number];
