import type {Endpoint} from './types.ts';
import {nameServers, resolverHost} from './zones/hosts.ts';

// What can be said of the lab before it is started: for who decides whether to start it, and for programs that will not ask it.

/** Whether a host’s name is one that only the lab knows (RFC 6761 §6.2, §6.5: `test.` and `example.` are nobody’s). */
export function isLabName(name: string): boolean {
  return /(?:^|\.)(?:test|example)\.?$/i.test(name);
}

/** Whether an address is one of the lab’s hosts’: 127.4/16. */
export function isLabAddress(address: string): boolean {
  return address.startsWith('127.4.');
}

/** The ports that are asked for first. Where somebody has one already, a free one is taken. */
export const firstPorts = {
  dns: 5300,
  dnsOverTls: 8853,
  dnsOverHttps: 8443,
  smtp: 2525,
  whois: 4343,
  http: 8080,
  https: 8443,
} as const;

/** The addresses of the hosts that are no name servers. */
export const serviceHosts = {
  'whois.iana.test': '127.4.0.43',
  'whois.nic.test': '127.4.1.43',
  'mail.example.test': '127.4.3.25',
  'busy.example.test': '127.4.3.26',
  'refusing.example.test': '127.4.3.27',
  'www.example.test': '127.4.3.80',
} as const;

export type ServiceHost = keyof typeof serviceHosts;

/**
 * Where a host listens on a machine that has the whole of 127/8, unless somebody had the port: what programs are given that
 * know nothing of the lab’s resolver. Where they really are, `Lab.reach` tells. Nothing for a host that is not the lab’s.
 */
export function usualPlace(host: string, service: 'smtp' | 'whois'): Endpoint | undefined {
  const name = host.toLowerCase().replace(/\.$/, '');
  return Object.hasOwn(serviceHosts, name)
    ? {address: serviceHosts[name as ServiceHost], port: firstPorts[service]}
    : undefined;
}

/** The same of the resolver, by transport, and of a root server. */
const {dns, dnsOverTls, dnsOverHttps} = firstPorts;
export const usualResolver = {
  address: resolverHost.address,
  ports: {udp: dns, tcp: dns, tls: dnsOverTls, https: dnsOverHttps},
} as const;
export const usualRoot: Endpoint = {address: nameServers[0]!.address, port: dns};
