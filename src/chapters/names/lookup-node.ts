import type {LookupAddress} from 'node:dns';
import {lookup} from 'node:dns/promises';
import {literalAddress} from '../../world/libc/address.ts';
import {families as familyNumbers} from '../../world/libc/constants.ts';
import {lookupError} from '../../world/libc/lookup-errors.ts';
import type {AddressRow, CallRecord} from '../../world/libc/record.ts';
import type {LookupAsk} from './lookup-fields.ts';
import type {LookupRequest} from './lookup-request.ts';

/**
 * The same name through Node, where libc cannot be called: its dns.lookup() calls getaddrinfo() in a thread of its own, but tells
 * only addresses. Types of sockets, service names, canonical name, scope and most flags have no place in it.
 */
export async function lookUpByNode(
  {node, service, hints}: LookupRequest,
  {family}: LookupAsk,
): Promise<{record: CallRecord; says: string}> {
  const wanted = family === 'inet' ? 4 : family === 'inet6' ? 6 : 0;
  const text = `dns.lookup(${JSON.stringify(node)}, {all: true, family: ${wanted}, verbatim: true})`;
  const base = {name: 'dns.lookup', text, arguments: [node]};
  const port = service !== null && /^\d+$/.test(service) ? Number(service) & 0xffff : undefined;
  const says =
    port === undefined && service !== null
      ? `Node looks up hosts only, so the service “${service}” is left out (port 0), and there are no types, canonical name or scope`
      : 'Node looks up hosts only: there are no types of sockets, canonical name or scope';
  const started = process.hrtime.bigint();
  const took = () => Number(process.hrtime.bigint() - started) / 1e9;
  const refused = hints.flags?.includes('AI_NUMERICHOST') === true && literalAddress(node ?? '', 0) === undefined;
  if (node === null || refused) return {record: failure(base, 'EAI_NONAME', took()), says};
  try {
    const found = await lookup(node, {all: true, family: wanted, verbatim: true});
    const rows = found.flatMap(one => rowOf(one, port ?? 0));
    return {record: {...base, result: 0, seconds: took(), rows}, says};
  } catch (cause) {
    const {code = 'EAI_FAIL'} = cause as NodeJS.ErrnoException;
    // Node has one code, ENOTFOUND, for both of libc's ways to say that there is nothing.
    return {record: failure(base, code === 'ENOTFOUND' ? 'EAI_NONAME' : code, took()), says};
  }
}

type Base = Pick<CallRecord, 'name' | 'text' | 'arguments'>;

function failure(base: Base, errno: string, seconds: number): CallRecord {
  return {...base, result: lookupError(errno)?.number ?? -1, errno, seconds};
}

function rowOf({address: host}: LookupAddress, port: number): AddressRow[] {
  const address = literalAddress(host, port);
  if (address === undefined) return [];
  const family = familyNumbers[address.family];
  return [
    {
      family: address.family,
      type: 'SOCK_STREAM',
      protocol: 'IPPROTO_TCP',
      address,
      raw: {
        flags: 0,
        family,
        type: 1,
        protocol: 6,
        length: address.family === 'AF_INET' ? 16 : 28,
        sockaddr: new Uint8Array(),
      },
    },
  ];
}
