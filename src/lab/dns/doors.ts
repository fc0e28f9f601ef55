import {recordText} from '../../wire/dns/dig-record.ts';
import type {Authority} from '../authority.ts';
import {firstPorts} from '../known.ts';
import {type Open, orFree} from '../listening.ts';
import type {Places} from '../places.ts';
import type {Endpoint, LabDns, LabHost} from '../types.ts';
import {type NameServerHost, resolverHost} from '../zones/hosts.ts';
import {createCookies} from './cookies.ts';
import {padded} from './edns.ts';
import type {Internet} from './internet.ts';
import {listenHttps} from './listen-https.ts';
import {listenTls} from './listen-tls.ts';
import type {Asked} from './log.ts';
import {respondSigned} from './respond-signed.ts';
import {openServers, type Server} from './servers.ts';

/** The name servers while they listen. */
export interface DnsDoors {
  readonly described: LabDns;
  readonly hosts: readonly LabHost[];
  counts(): Readonly<Record<string, number>>;
  close(): Promise<void>;
}

interface DoorOptions {
  readonly port?: number;
  readonly log?: (asked: Asked) => void;
}

/** Opens a door for every name server, and the resolver's for TLS and HTTPS. */
export async function openDns(
  internet: Internet,
  places: Places,
  authority: Authority,
  {port, log}: DoorOptions,
): Promise<DnsDoors> {
  const cookies = createCookies(() => Date.now() / 1000);
  const counted = {'dns queries': 0};
  const all: readonly Omit<NameServerHost, 'says'>[] = [...internet.servers, resolverHost];
  const servers: readonly Server[] = all.map(({name, address, behaves}) => {
    const extras = {nsid: name, cookies, padding: padded, strict: behaves === 'strict'};
    return {
      name,
      address,
      handler: (query, asker) => respondSigned(plain(query), asker, internet.answererOf(address), extras),
    };
  });
  const listenerOf =
    ({name}: Server) =>
    (...[told, asker]: Parameters<ReturnType<Parameters<typeof openServers>[2]>>) => {
      counted['dns queries']++;
      log?.({...told, server: name, asker});
    };
  const listening = await openServers(servers, places, listenerOf, port);
  const resolver = servers.at(-1)!;
  const home = places.bind(resolverHost.address, 0).address;
  const credentials = authority.issue([resolverHost.name, ...new Set([resolverHost.address, home])]);
  const [tls, https] = await Promise.all(
    [
      {open: listenTls, wanted: firstPorts.dnsOverTls},
      {open: listenHttps, wanted: firstPorts.dnsOverHttps},
    ].map(({open, wanted}) =>
      orFree(wanted, at => open(home, at, credentials, resolver.handler, listenerOf(resolver))),
    ),
  );
  const at = (address: string): Endpoint => listening.at.get(address)!;
  return {
    described: describe(internet, at(resolverHost.address), home, [tls!, https!], authority),
    hosts: hostsOf(internet, at, home, [tls!, https!]),
    counts: () => ({...counted}),
    async close() {
      await Promise.all([listening.close(), tls!.close(), https!.close()]);
    },
  };
}

/** Node's Buffer has a `slice` of its own that does not copy: whoever is handed one may write into the socket's memory. */
const plain = ({buffer, byteOffset, length}: Uint8Array): Uint8Array => new Uint8Array(buffer, byteOffset, length);

function describe(
  internet: Internet,
  resolver: Endpoint,
  home: string,
  [tls, https]: readonly [Open, Open],
  {certificate}: Authority,
): LabDns {
  const secure = {address: home, tlsName: resolverHost.name.replace(/\.$/, ''), authority: certificate};
  return {
    resolver: {...resolver, transport: 'udp'},
    resolverTls: {...secure, port: tls.port, transport: 'tls'},
    resolverHttps: {...secure, port: https.port, transport: 'https', path: '/dns-query'},
    roots: internet.servers.filter(({name}) => name.endsWith('.root-servers.test.')),
    port: resolver.port,
    anchors: internet.anchors().map(recordText),
    authority: certificate,
  };
}

function hostsOf(
  internet: Internet,
  at: (address: string) => Endpoint,
  home: string,
  [tls, https]: readonly [Open, Open],
): readonly LabHost[] {
  const dns = (address: string, says: string) => ({name: 'dns', port: 53, at: at(address), says});
  const {name, address} = resolverHost;
  return [
    ...internet.servers.map(server => ({
      name: server.name,
      addresses: [server.address],
      services: [dns(server.address, server.says)],
    })),
    {
      name,
      addresses: [address],
      services: [
        dns(address, 'recursive: knows every name, and validates'),
        {name: 'dns over TLS', port: 853, at: {address: home, port: tls.port}, says: 'the same, over TLS'},
        {name: 'dns over HTTPS', port: 443, at: {address: home, port: https.port}, says: 'the same, over HTTPS'},
      ],
    },
  ];
}
