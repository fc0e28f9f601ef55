import net from 'node:net';
import type {Problem} from '../../journal/problem.ts';
import type {DnsServer, TransportName} from './types.ts';

const names: Readonly<Record<TransportName, string>> = {udp: 'UDP', tcp: 'TCP', tls: 'TLS', https: 'HTTPS'};

/** `127.0.0.1:53`, `[::1]:53`. */
export function endpointText(address: string, port: number): string {
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
}

/** `127.0.0.1:53 over UDP`: a server as sentences name it. */
export function serverText(server: DnsServer): string {
  return `${endpointText(server.address, server.port)} over ${names[server.transport]}`;
}

/** An address without its scope: what certificates and URIs hold. */
export function withoutScope(address: string): string {
  return address.replace(/%.*$/, '');
}

/** Why nothing can be sent to this server at all. */
export function unusable(server: DnsServer): Problem | undefined {
  if (net.isIP(server.address) === 0)
    return {
      code: 'dns.address',
      says: `${server.address} is not an IP address`,
      next: 'Give the address of the server, as in 127.0.0.1 or [::1].',
    };
  if (Number.isInteger(server.port) && server.port > 0 && server.port < 65536) return undefined;
  return {code: 'dns.port', says: `${server.port} is not a port`, next: 'Use 1 to 65535.'};
}
