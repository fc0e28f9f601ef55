import type {ResourceRecord} from '../../wire/dns/types.ts';

/** RFC 4035 §4.3. */
export type Verdict = 'secure' | 'insecure' | 'bogus' | 'indeterminate';

/** One step of the chain of trust: a set that was checked, or a delegation without signatures that was proved. */
export interface Link {
  readonly zone: string;
  /** `DS of test.`, `DNSKEY`, `www.example.test. A`, `no such name`. */
  readonly what: string;
  readonly verdict: Verdict;
  /** A sentence without its full stop. */
  readonly reason: string;
  readonly keyTag?: number;
  readonly algorithm?: number;
  /** Unix seconds. */
  readonly inception?: number;
  readonly expiration?: number;
}

export interface Validation {
  readonly verdict: Verdict;
  readonly reason: string;
  /** RFC 8914, where it failed. */
  readonly extendedError?: number;
}

/** What a server says to one question, DNSSEC records and all. */
export interface Response {
  readonly rcode: number;
  readonly answers: readonly ResourceRecord[];
  readonly authorities: readonly ResourceRecord[];
}

/** Asks with DO and CD. A DS is asked of the parent's side. `undefined`: nobody answered. */
export type Fetch = (name: string, type: number) => Promise<Response | undefined>;
