import {lookup} from 'node:dns/promises';
import {type Problem, ProblemError} from '../../journal/problem.ts';
import {isLabAddress, isLabName} from '../../lab/known.ts';
import type {Lab} from '../../lab/types.ts';
import {sameName} from '../../wire/dns/name.ts';
import {readResolvConf} from '../../world/dns/resolv-conf.ts';
import type {DnsServer, TransportName} from '../../world/dns/types.ts';
import type {Kit} from '../contract.ts';
import {defaultPorts, type NamedServer, type ServerText} from './server-text.ts';

/** What is to be asked under one name: its addresses in the order in which they are tried, until one answers. */
export interface Target {
  /** As it was typed, more or less: `lab`, `system`, `192.0.2.53`. */
  readonly label: string;
  readonly servers: readonly DnsServer[];
  /** How the name became addresses, where it was not one. */
  readonly says?: string;
}

/** How a server is reached where its text does not say. */
export interface Reach {
  readonly transport: TransportName;
  readonly tlsName?: string;
  /** PEM. */
  readonly authority?: string;
  readonly pin?: string;
  readonly insecure?: boolean;
  readonly path?: string;
  readonly method?: 'GET' | 'POST';
}

type Labs = Pick<Kit, 'lab' | 'signal'>;

/** Finds the addresses of a server. A problem where there are none. */
export async function findServer(text: ServerText, reach: Reach, kit: Labs): Promise<Target> {
  if (text.kind === 'lab') return labTarget(await kit.lab(), reach);
  if (text.kind === 'system') return systemTarget(reach);
  const transport = text.transport ?? reach.transport;
  const port = text.port ?? defaultPorts[transport];
  const tlsName = reach.tlsName ?? text.tlsName ?? (text.isAddress ? undefined : text.host);
  const server = (address: string, at = port): DnsServer => ({
    ...reach,
    ...(text.path !== undefined && {path: text.path}),
    ...(tlsName !== undefined && {tlsName: tlsName.replace(/\.$/, '')}),
    transport,
    address,
    port: at,
  });
  const label =
    text.port === undefined
      ? text.host
      : `${text.isAddress && text.host.includes(':') ? `[${text.host}]` : text.host}:${port}`;
  if (isOfLab(text)) {
    const lab = await kit.lab();
    const found = inLab(lab, text);
    if (found !== undefined) {
      const servers = found.map(address => {
        const at = lab.reach(address, port);
        return {authority: lab.dns.authority, ...server(at.address, at.port)};
      });
      const says = text.isAddress ? {} : {says: `${text.host} is ${found.join(', ')} in the lab`};
      return {label, servers, ...says};
    }
  }
  if (text.isAddress) return {label, servers: [server(text.host)]};
  const addresses = await lookUp(text.host, kit.signal);
  return {
    label,
    servers: addresses.map(address => server(address)),
    says: `${text.host} is ${addresses.join(', ')}, as this system finds it`,
  };
}

function isOfLab({host, isAddress}: NamedServer): boolean {
  return isAddress ? isLabAddress(host) : isLabName(host);
}

function inLab(lab: Lab, {host, isAddress}: NamedServer): readonly string[] | undefined {
  if (isAddress) return [host];
  const name = host.endsWith('.') ? host : `${host}.`;
  return lab.hosts.find(one => sameName(one.name.endsWith('.') ? one.name : `${one.name}.`, name))?.addresses;
}

function labTarget({dns}: Lab, reach: Reach): Target {
  const own = {tls: dns.resolverTls, https: dns.resolverHttps, udp: dns.resolver, tcp: dns.resolver}[reach.transport];
  // What was asked for goes before what the lab says of itself, save where it is.
  const {transport, ...wishes} = reach;
  return {label: 'lab', servers: [{...own, ...wishes, address: own.address, port: own.port, transport}]};
}

function systemTarget(reach: Reach): Target {
  const {servers, file, useTcp} = readResolvConf();
  const transport = useTcp && reach.transport === 'udp' ? 'tcp' : reach.transport;
  return {
    label: 'system',
    servers: servers.map(address => ({...reach, transport, address, port: defaultPorts[transport]})),
    says:
      file === undefined ? 'There is no resolv.conf here, so it is 127.0.0.1' : `${file} names ${servers.join(', ')}`,
  };
}

async function lookUp(host: string, signal: AbortSignal): Promise<readonly string[]> {
  const gone = new Promise<never>((_, reject) =>
    signal.addEventListener('abort', () => reject(new ProblemError(stopped)), {once: true}),
  );
  try {
    const found = await Promise.race([lookup(host, {all: true}), gone]);
    return found.map(({address}) => address);
  } catch (cause) {
    if (cause instanceof ProblemError) throw cause;
    const {code} = cause as {code?: string};
    const says = `This system finds no address for ${host}${code === undefined ? '' : ` (${code})`}`;
    throw new ProblemError({code: 'dns.server', says, next: 'Give the address of the server.'}, {cause});
  }
}

const stopped: Problem = {code: 'dns.stopped', says: 'It was stopped while the server was looked up'};
