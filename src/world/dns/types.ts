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
  /** TLS and HTTPS: the key that the certificate must hold, as base64 of the SHA-256 of its SPKI (RFC 7858 §4.2). Takes the place of an authority. */
  readonly pin?: string;
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
  /** Take only an answer that repeats the question in its exact letter case (what "0x20" wants). */
  readonly exactCase?: boolean;
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

/** A connection that stays open: TCP, TLS or HTTPS. */
export interface DnsConnection {
  readonly server: DnsServer;
  readonly local: string;
  /** TLS version and cipher suite. */
  readonly session?: string;
  /** How long it took to open, TLS handshake included, seconds. */
  readonly opening: number;
  /** False once either end has closed it. */
  readonly alive: boolean;
  /** Any number may be under way at once: answers are matched by id and question, in whatever order they come (RFC 7766 §6.2.1.1, §7). */
  ask(query: Uint8Array, options: ExchangeOptions): Promise<Exchange>;
  close(): void;
}

export type Opened =
  | {readonly ok: true; readonly connection: DnsConnection}
  | {readonly ok: false; readonly problem: Problem};

/** DNS as `World.dns` has it. */
export interface Dns {
  /** One query, one answer. Never rejects: what can go wrong on a network is a value. */
  exchange(query: Uint8Array, server: DnsServer, options: ExchangeOptions): Promise<Exchange>;
  /** Opens a connection for several queries. A server whose transport is UDP is asked over TCP. */
  open(server: DnsServer, options: ExchangeOptions): Promise<Opened>;
}
