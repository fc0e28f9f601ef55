import {createHmac, timingSafeEqual} from 'node:crypto';
import type {Problem} from '../../journal/problem.ts';
import {
  isKeyOf,
  precedingMac,
  type Tsig,
  type TsigKey,
  tsigTimers,
  tsigVariables,
  withoutTsig,
  withTsig,
} from '../../wire/dns/tsig.ts';

export interface Signed {
  readonly bytes: Uint8Array;
  /** Its MAC, which the answer's signature covers. */
  readonly mac: Uint8Array;
}

/** Messages that may come unsigned between two signed ones (RFC 8945 §5.3.1). */
const mostUnsigned = 99;

const usualFudge = 300;

/** Seconds since 1970 now, as a TSIG has them. */
export const timeNow = (): number => Math.floor(Date.now() / 1000);

/** Signs a query (RFC 8945 §5.1), or with the MAC of the query an answer to it (§5.3). */
export function signTsig(message: Uint8Array, key: TsigKey, time = timeNow(), requestMac?: Uint8Array): Signed {
  const tsig = bare(message, key, time);
  const before = requestMac === undefined ? [] : [precedingMac(requestMac)];
  const mac = macOf(key, [...before, message, tsigVariables(tsig)]).subarray(0, key.macLength);
  return {bytes: withTsig(message, {...tsig, mac}), mac};
}

/** Signs the messages of one answer in turn (RFC 8945 §5.3.1): each covers the one before it. */
export function tsigSigner(
  key: TsigKey,
  requestMac: Uint8Array,
): {sign(message: Uint8Array, time?: number): Uint8Array} {
  let previous: Uint8Array | undefined;
  return {
    sign(message, time = timeNow()) {
      const tsig = bare(message, key, time);
      const covered = previous === undefined ? tsigVariables(tsig) : tsigTimers(tsig);
      const whole = macOf(key, [precedingMac(previous ?? requestMac), message, covered]);
      previous = whole.subarray(0, key.macLength);
      return withTsig(message, {...tsig, mac: previous});
    },
  };
}

export type TsigVerdict =
  /** `message`: without the TSIG, as it was signed. */
  | {readonly ok: true; readonly message: Uint8Array; readonly signed: boolean; readonly mac?: Uint8Array}
  /** `error`: what a server answers (RFC 8945 §5.2): BADSIG 16, BADKEY 17, BADTIME 18, BADTRUNC 22; 0 when there is no TSIG. */
  | {readonly ok: false; readonly error: number; readonly problem: Problem};

/** Checks one message: a query on the server's side, or with the query's MAC the answer to it. */
export function verifyTsig(message: Uint8Array, key: TsigKey, time = timeNow(), requestMac?: Uint8Array): TsigVerdict {
  const before = requestMac === undefined ? [] : [precedingMac(requestMac)];
  const {message: unsigned, tsig} = withoutTsig(message);
  if (tsig === undefined) return wrong(0, 'missing', key);
  return checked(unsigned, tsig, key, time, [...before, unsigned, tsigVariables(tsig)]);
}

/** Checks the messages of one answer in turn. The first and the last must be signed. */
export class TsigVerifier {
  readonly #key: TsigKey;
  #previous: Uint8Array;
  #first = true;
  #unsigned: Uint8Array[] = [];

  constructor(key: TsigKey, requestMac: Uint8Array) {
    this.#key = key;
    this.#previous = requestMac;
  }

  check(bytes: Uint8Array, time = timeNow()): TsigVerdict {
    const {message, tsig} = withoutTsig(bytes);
    if (tsig === undefined) {
      if (this.#first || this.#unsigned.length >= mostUnsigned) return wrong(0, 'missing', this.#key);
      this.#unsigned.push(message);
      return {ok: true, message, signed: false};
    }
    const covered = this.#first ? tsigVariables(tsig) : tsigTimers(tsig);
    const pieces = [precedingMac(this.#previous), ...this.#unsigned, message, covered];
    const verdict = checked(message, tsig, this.#key, time, pieces);
    this.#first = false;
    this.#previous = tsig.mac;
    this.#unsigned = [];
    return verdict;
  }

  /** Whether what came last was signed: without that, the end may have been cut off. */
  end(): TsigVerdict {
    if (this.#first || this.#unsigned.length > 0) return wrong(0, 'missing', this.#key);
    return {ok: true, message: new Uint8Array(0), signed: true};
  }
}

/** In the order of RFC 8945 §5.2: key, MAC, time; then what the other side said of our own signature. */
function checked(
  message: Uint8Array,
  tsig: Tsig,
  key: TsigKey,
  time: number,
  pieces: readonly Uint8Array[],
): TsigVerdict {
  // Without a MAC the server says that it could not check ours (§5.3.2): nothing proves it, and it is a refusal anyway.
  if (tsig.error !== 0 && tsig.mac.length === 0) return wrong(tsig.error, 'said', key, tsig, time);
  if (!isKeyOf(key, tsig)) return wrong(17, 'other', key, tsig, time);
  if (tsig.mac.length > key.algorithm.size || tsig.mac.length < key.macLength)
    return wrong(22, 'short', key, tsig, time);
  const expected = macOf(key, pieces).subarray(0, tsig.mac.length);
  if (!timingSafeEqual(expected, tsig.mac)) return wrong(16, 'mac', key, tsig, time);
  if (tsig.error !== 0) return wrong(tsig.error, 'said', key, tsig, time);
  if (Math.abs(time - tsig.time) > tsig.fudge) return wrong(18, 'time', key, tsig, time);
  return {ok: true, message, signed: true, mac: tsig.mac};
}

function macOf({algorithm, secret}: TsigKey, pieces: readonly Uint8Array[]): Uint8Array {
  const hmac = createHmac(algorithm.hash, secret);
  for (const piece of pieces) hmac.update(piece);
  return new Uint8Array(hmac.digest());
}

function bare(message: Uint8Array, key: TsigKey, time: number): Tsig {
  return {
    key: key.name,
    algorithm: key.algorithm.wire,
    time,
    fudge: usualFudge,
    mac: new Uint8Array(0),
    originalId: (message[0]! << 8) | message[1]!,
    error: 0,
    other: new Uint8Array(0),
  };
}

type Why = 'missing' | 'said' | 'other' | 'short' | 'mac' | 'time';

function wrong(error: number, why: Why, key: TsigKey, tsig?: Tsig, time = 0): TsigVerdict {
  const code = why === 'said' ? `dns.tsig.${said[error]?.code ?? 'refused'}` : `dns.tsig.${why}`;
  return {ok: false, error, problem: {code, ...words(error, why, key, tsig, time)}};
}

function words(error: number, why: Why, key: TsigKey, tsig: Tsig | undefined, time: number): Omit<Problem, 'code'> {
  const mine = `the key ${key.name} (${key.algorithm.name})`;
  switch (why) {
    case 'missing':
      return {
        says: `The answer is not signed, and ${mine} was used`,
        next: 'Do not trust it; check the server’s keys.',
      };
    case 'other':
      return {
        says: `The answer is signed with another key: ${tsig?.key ?? ''} ${tsig?.algorithm ?? ''}`.trim(),
        next: 'Check the name of the key and its algorithm.',
      };
    case 'short':
      return {
        says: `The signature has only ${tsig?.mac.length ?? 0} bytes`,
        next: 'Check the length the server cuts to.',
      };
    case 'mac':
      return {
        says: `The signature of the answer does not fit ${mine}`,
        next: 'Check the secret; somebody may have changed the answer.',
      };
    case 'time':
      return {says: `The answer was signed ${apart(tsig, time)}`, next: 'Set the clocks of both machines.'};
    case 'said': {
      const row = said[error];
      if (row !== undefined) return {says: row.says(mine, tsig, time), next: row.next};
      return {says: `The server refuses ${mine} with TSIG error ${error}`, next: 'Look into the server’s log.'};
    }
  }
}

/** What a server says of a signature (RFC 8945 §3). */
const said: Readonly<
  Record<number, {code: string; says(key: string, tsig: Tsig | undefined, time: number): string; next: string}>
> = {
  16: {
    code: 'badsig',
    says: key => `The server finds that the signature does not fit ${key} (BADSIG)`,
    next: 'Check the secret.',
  },
  17: {
    code: 'badkey',
    says: key => `The server does not know ${key} (BADKEY)`,
    next: 'Check the name of the key, its algorithm, and what the server has.',
  },
  18: {
    code: 'badtime',
    says: (_key, tsig, time) => `The server’s clock is another (BADTIME): ${serverTime(tsig, time)}`,
    next: 'Set the clocks of both machines.',
  },
  22: {
    code: 'badtrunc',
    says: key => `The server wants a longer signature of ${key} (BADTRUNC)`,
    next: 'Leave the bits out.',
  },
};

function serverTime(tsig: Tsig | undefined, time: number): string {
  const other = tsig?.other ?? new Uint8Array(0);
  if (other.length !== 6) return 'it does not say by how much';
  const theirs = other.reduce((sum, byte) => sum * 256 + byte, 0);
  return `it is ${Math.abs(theirs - time)} s ${theirs > time ? 'ahead' : 'behind'}`;
}

function apart(tsig: Tsig | undefined, time: number): string {
  const difference = (tsig?.time ?? time) - time;
  return `${Math.abs(difference)} s ${difference > 0 ? 'ahead of' : 'before'} the time here, and ${tsig?.fudge ?? 0} s are allowed`;
}
