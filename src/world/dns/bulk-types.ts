import type {Problem} from '../../journal/problem.ts';
import type {DnsServer} from './types.ts';

/** How many questions are asked. What can change while it goes on is in `BulkPace`. */
export interface BulkOptions extends BulkPace {
  /** UDP, TCP or TLS. A truncated answer over UDP is asked for again over TCP. */
  readonly server: DnsServer;
  /** Seconds for each try. */
  readonly timeout: number;
  /** Tries after the first. */
  readonly retries: number;
  /** RD: the server is to resolve the name itself. */
  readonly recursion: boolean;
  /** DO: signatures are wanted. */
  readonly dnssec: boolean;
  /** The UDP payload that is offered (RFC 6891 §6.2.3); 0 leaves EDNS out. */
  readonly udpSize: number;
  /** Whether the answers are read and written out; otherwise only the header is looked at. */
  readonly records: boolean;
}

export interface BulkPace {
  /** Questions in flight at the same time, 1 to `mostInFlight`. */
  readonly concurrency: number;
  /** First tries a second; 0 is as fast as answers come. */
  readonly rate: number;
  readonly paused: boolean;
}

export const mostInFlight = 4096;

/**
 * Questions in one piece, so that handing them to another thread costs little: question `first + k` is `bytes` from
 * `ends[k - 1]` (or 0) up to `ends[k]`, as it stands in a message (RFC 1035 §4.1.2).
 */
export interface BulkBatch {
  readonly first: number;
  readonly bytes: Uint8Array;
  readonly ends: Uint32Array;
}

/** What came of one question. */
export interface BulkResult {
  /** The number of the question. */
  readonly number: number;
  /** The response code; -1 when nobody answered in time, -2 when the question could not be asked. */
  readonly rcode: number;
  /** From its first sending to the answer, or until it was given up. */
  readonly seconds: number;
  readonly tries: number;
  /** Bytes of the answer; 0 without one. */
  readonly size: number;
  /** The second pair of bytes of the header: QR, opcode, AA, TC, RD, RA, AD, CD, RCODE. */
  readonly flags: number;
  /** Records in the answer section, as the header counts them. */
  readonly count: number;
  /** `A 192.0.2.1` for each record of the answer section, where records are wanted. */
  readonly answers: readonly string[];
  readonly transport: 'udp' | 'tcp' | 'tls';
  /** Why it could not be asked. */
  readonly error?: string;
}

export const timedOut = -1;
export const notAsked = -2;

export interface BulkCounts {
  readonly inFlight: number;
  /** Questions that wait for their turn. */
  readonly waiting: number;
  /** Messages sent, retries included. */
  readonly sent: number;
  readonly retries: number;
  /** Messages that came and belonged to no question in flight: too late, another id or another question. */
  readonly ignored: number;
  /** Truncated answers that were asked for again over TCP. */
  readonly truncated: number;
  /** Sockets that questions are sent from. */
  readonly sockets: number;
}

export interface BulkReport {
  readonly results: readonly BulkResult[];
  readonly counts: BulkCounts;
  /** Set once, when nothing can be asked at all: nobody listens there, the certificate is refused. */
  readonly fatal?: Problem;
}

/** Asks questions and reports, in batches, what came of them. Each question that is given is reported exactly once, unless cancelled. */
export interface Bulk {
  give(batch: BulkBatch): void;
  pace(change: Partial<BulkPace>): void;
  /** Forgets what waits and what is in flight. */
  cancel(): void;
  close(): Promise<void>;
}

export type BulkListener = (report: BulkReport) => void;
