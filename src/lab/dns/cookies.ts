import {randomBytes} from 'node:crypto';
import {addressBytes} from '../../wire/ip-address.ts';
import {sipHash} from './siphash.ts';

/** Server cookies that any of the lab's servers can check (RFC 9018 §4), so that a client is known at all of them. */
export interface Cookies {
  /** `fresh`: the client's own half alone; `good` and `bad`: both halves; `malformed`: no cookie (RFC 7873 §5.2). */
  check(cookie: Uint8Array, address: string): 'fresh' | 'good' | 'bad' | 'malformed';
  /** The client's half, and ours for this address. */
  make(cookie: Uint8Array, address: string): Uint8Array;
}

/** Seconds that a cookie is good for, back and ahead (RFC 9018 §4.3). */
const hour = 3600;
const fiveMinutes = 300;

/** `seconds`: the time of day, Unix. `secret`: 16 bytes. */
export function createCookies(seconds: () => number, secret: Uint8Array = randomBytes(16)): Cookies {
  const serverHalf = (client: Uint8Array, stamp: Uint8Array, address: string): Uint8Array => {
    const front = Uint8Array.from([1, 0, 0, 0, ...stamp]);
    const hash = sipHash(secret, Uint8Array.from([...client, ...front, ...addressBytes(address)]));
    return Uint8Array.from([...front, ...hash]);
  };
  return {
    check(cookie, address) {
      if (cookie.length === 8) return 'fresh';
      if (cookie.length < 16 || cookie.length > 40) return 'malformed';
      if (cookie.length !== 24 || cookie[8] !== 1) return 'bad';
      const age = (seconds() - new DataView(cookie.buffer, cookie.byteOffset + 12, 4).getUint32(0)) | 0;
      if (age > hour || age < -fiveMinutes) return 'bad';
      const right = serverHalf(cookie.subarray(0, 8), cookie.subarray(12, 16), address);
      return Buffer.compare(right, cookie.subarray(8)) === 0 ? 'good' : 'bad';
    },
    make(cookie, address) {
      const stamp = new Uint8Array(4);
      new DataView(stamp.buffer).setUint32(0, seconds() >>> 0);
      const client = cookie.subarray(0, 8);
      return Uint8Array.from([...client, ...serverHalf(client, stamp, address)]);
    },
  };
}
