import {reprStr} from '../../wire/python/repr.ts';
import type {SocketAddress} from '../../world/libc/address.ts';
import type {AddressRow} from '../../world/libc/record.ts';
import type {RowFields} from './lookup-events.ts';

/** Python's fifth value: `[host, port]`, or `[host, port, flowinfo, scope id]`. */
export function sockaddrOf(address: SocketAddress): (string | number)[] {
  if (address.family === 'AF_UNIX') return [address.path];
  if (address.family === 'AF_INET') return [address.host, address.port];
  return [hostText(address.host), address.port, address.flow ?? 0, address.scope ?? 0];
}

/** inet_ntop() writes the last 32 bits in dots when six groups of zeros come before them; RFC 5952 leaves that open. */
function hostText(host: string): string {
  const [, high, low] = /^::([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(host) ?? [];
  if (high === undefined || low === undefined) return host;
  const bits = (Number.parseInt(high, 16) << 16) | Number.parseInt(low, 16);
  return `::${[24, 16, 8, 0].map(shift => (bits >>> shift) & 255).join('.')}`;
}

/** A row of libc as the event of it. */
export function rowFields(row: AddressRow, index: number): RowFields {
  const {raw} = row;
  return {
    number: index + 1,
    family: row.family,
    familyNumber: raw?.family ?? 0,
    type: row.type,
    typeNumber: raw?.type ?? 0,
    proto: row.protocol,
    protoNumber: raw?.protocol ?? 0,
    canonname: row.canonicalName ?? '',
    sockaddr: sockaddrOf(row.address),
    ...(raw !== undefined && {
      flags: raw.flags,
      length: raw.length,
      raw: Buffer.from(raw.sockaddr).toString('hex'),
    }),
  };
}

/** `('127.0.0.1', 80)`: the address as Python shows it. */
export function sockaddrText(sockaddr: unknown): string {
  if (!Array.isArray(sockaddr)) return '';
  const shown = sockaddr.map(value => (typeof value === 'string' ? reprStr(value) : String(value)));
  return `(${shown.join(', ')}${shown.length === 1 ? ',' : ''})`;
}

/** The address of a row, to be handed to connect(): just these values, nothing looked up. */
export function addressOf({family, sockaddr}: Pick<RowFields, 'family' | 'sockaddr'>): SocketAddress {
  const [host, port, flow, scope] = sockaddr as [string, number, number?, number?];
  if (family === 'AF_INET') return {family, host, port};
  return {family: 'AF_INET6', host, port, ...(flow && {flow}), ...(scope && {scope})};
}
