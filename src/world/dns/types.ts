import type {Problem} from '../../journal/problem.ts';

export type TransportName = 'udp' | 'tcp' | 'tls' | 'https';

/** Where a question is sent: exactly this address. Nothing is looked up on the way. */
export interface DnsServer {
  /** An IPv4 or IPv6 literal, the latter perhaps with a scope: `fe80::53%eth0`. */
  readonly address: string;
  readonly port: number;
  readonly transport: TransportName;
  /** TLS and HTTPS: the name that the certificate must be for. Default: the address. */
  readonly tlsName?: string;
  /** TLS and HTTPS: PEM of the authority to trust. Default: what Node trusts. */
  readonly authority?: string;
  /** TLS and HTTPS: take any certificate. */
  readonly insecure?: boolean;
  /** HTTPS: the path of the URI (RFC 8484 §4.1). Default `/dns-query`. */
  readonly path?: string;
  /** HTTPS: GET with `?dns=`, or POST (the default). */
  readonly method?: 'GET' | 'POST';
}

export interface ExchangeOptions {
  /** Seconds for each try. */
  readonly timeout: number;
  /** Tries after the first, UDP only. */
  readonly retries: number;
  /** Keep a truncated answer (TC) instead of asking again over TCP. */
  readonly ignoreTruncation?: boolean;
  /** The address to send from. */
  readonly local?: string;
  readonly signal?: AbortSignal;
  /** Told as it happens: a retry, an answer that was ignored and why, the change to TCP. */
  readonly note?: (note: ExchangeNote) => void;
}

export interface ExchangeNote {
  readonly kind: 'sent' | 'retry' | 'ignored' | 'truncated' | 'connected';
  /** Seconds, on the world's clock. */
  readonly at: number;
  readonly says: string;
}

export interface Exchanged {
  readonly bytes: Uint8Array;
  /** The server and the transport that answered: after truncation, TCP. */
  readonly server: DnsServer;
  /** Address and port that this end had. */
  readonly local?: string;
  /** From the sending of the query that was answered to the answer; the whole took `total`. */
  readonly seconds: number;
  readonly total: number;
  /** How often the query was sent. */
  readonly tries: number;
  /** Answers that were not taken: another id, source or question. */
  readonly ignored: number;
  /** The truncated answer that came first, where TC led to TCP. */
  readonly truncated?: Uint8Array;
  /** TLS version and cipher suite, HTTP version and status. */
  readonly session?: string;
}

export type Exchange =
  | {readonly ok: true; readonly value: Exchanged}
  | {readonly ok: false; readonly problem: Problem; readonly tries: number; readonly ignored: number};
