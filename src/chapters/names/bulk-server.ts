import {lookup} from 'node:dns/promises';
import {ProblemError} from '../../journal/problem.ts';
import {readResolvConf} from '../../world/dns/resolv-conf.ts';
import type {DnsServer} from '../../world/dns/types.ts';
import type {Kit} from '../contract.ts';
import type {BulkAsk} from './bulk-fields.ts';
import {defaultPorts, type NamedServer, parseServer} from './server-text.ts';

type BulkTransport = 'udp' | 'tcp' | 'tls';

/** The one server that is asked. What cannot be had is thrown as a problem. */
export async function bulkServer({server, transport}: BulkAsk, kit: Pick<Kit, 'lab'>): Promise<DnsServer> {
  const read = parseServer(server);
  if (!read.ok) throw new ProblemError({code: 'bulk.server', says: read.says, ...(read.next && {next: read.next})});
  const {value} = read;
  if (value.kind === 'lab') {
    const {dns} = await kit.lab();
    return transport === 'tls' ? dns.resolverTls : {...dns.resolver, transport};
  }
  if (value.kind === 'system') return {...systemServer(), transport};
  const chosen = transportOf(value, transport);
  return {
    address: value.isAddress ? value.host : await addressOf(value.host),
    port: value.port ?? defaultPorts[chosen],
    transport: chosen,
    ...tlsNameOf(value),
  };
}

function transportOf({transport}: NamedServer, otherwise: BulkTransport): BulkTransport {
  if (transport !== 'https') return transport ?? otherwise;
  throw new ProblemError({
    code: 'bulk.https',
    says: 'Many names are asked for over UDP, TCP or TLS, not over HTTPS',
    next: 'Use tls:// with this server, or wirebook names query for one name.',
  });
}

/** The name that the certificate must be for: the one behind `#`, or the host's own. */
function tlsNameOf({tlsName, host, isAddress}: NamedServer): {tlsName?: string} {
  if (tlsName !== undefined) return {tlsName};
  return isAddress ? {} : {tlsName: host};
}

function systemServer(): {address: string; port: number} {
  const first = readResolvConf().servers[0];
  if (first !== undefined) return {address: first, port: 53};
  throw new ProblemError({
    code: 'bulk.system',
    says: 'resolv.conf names no server',
    next: 'Name one: --server 192.0.2.53.',
  });
}

async function addressOf(host: string): Promise<string> {
  try {
    return (await lookup(host)).address;
  } catch (cause) {
    const says = `${host} has no address that this machine could find`;
    throw new ProblemError({code: 'bulk.server', says, next: 'Name the server by its address.'}, {cause});
  }
}
