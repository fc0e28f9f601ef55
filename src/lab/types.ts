import type {DnsServer} from '../world/dns/types.ts';

/** The embedded internet while it is up: what every chapter talks to when no host is named. Loopback only. */
export interface Lab {
  readonly dns: LabDns;
  /** Every host there is, for people and for tests. */
  readonly hosts: readonly LabHost[];
  /**
   * Where a service of a lab host really listens: the lab's hosts have their well-known ports (25, 43, 53, 80, 443, 853), which
   * no ordinary user may bind. For any other address or port the same is given back.
   */
  reach(address: string, port: number): Endpoint;
  /** What is wrong with the zones and the hosts file of a workspace now; line 0 where no line is to blame. */
  faults(): readonly LabFault[];
  /** Counts since the start, by what they are of: `dns queries`, `smtp messages`, `http requests`. */
  counts(): Readonly<Record<string, number>>;
  /** Closes every socket. */
  close(): Promise<void>;
}

export interface LabFault {
  /** The origin of the zone, or `hosts`. */
  readonly origin: string;
  readonly line: number;
  readonly says: string;
}

export interface LabDns {
  /** The recursive, validating server that knows every name of the lab; over UDP and TCP, TLS and HTTPS. */
  readonly resolver: DnsServer;
  readonly resolverTls: DnsServer;
  readonly resolverHttps: DnsServer;
  /** The root's name servers: `a.root-servers.test.` and where it listens. */
  readonly roots: readonly {readonly name: string; readonly address: string}[];
  /** The one port on which every DNS server of the lab listens (so that `dig +trace -p PORT` works). */
  readonly port: number;
  /** DS records of the root's key-signing key in presentation form: the trust anchor. */
  readonly anchors: readonly string[];
  /** PEM of the lab's certificate authority. */
  readonly authority: string;
}

export interface LabHost {
  readonly name: string;
  readonly addresses: readonly string[];
  /** `dns`, `smtp`, `whois`, `http`, … with the port that is meant and where it really listens. */
  readonly services: readonly {
    readonly name: string;
    readonly port: number;
    readonly at: Endpoint;
    readonly says: string;
  }[];
}

export interface Endpoint {
  readonly address: string;
  readonly port: number;
}
