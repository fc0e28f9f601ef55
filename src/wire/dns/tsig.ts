import {concat} from '../bytes.ts';
import {fromBase64} from '../text/base64.ts';
import {nameBytes, parseName, readName, sameName} from './name.ts';

/**
 * A transaction signature (RFC 8945): the last record of a message, and the bytes that are signed for it. What is here knows
 * no hash function; world/dns/tsig.ts does.
 */
export interface Tsig {
  /** The name of the key. */
  readonly key: string;
  /** The algorithm as a name: `hmac-sha256.`. */
  readonly algorithm: string;
  /** Seconds since 1970 (48 bits). */
  readonly time: number;
  /** Seconds by which clocks may differ. */
  readonly fudge: number;
  readonly mac: Uint8Array;
  readonly originalId: number;
  /** 0, or BADSIG 16, BADKEY 17, BADTIME 18, BADTRUNC 22. */
  readonly error: number;
  /** With BADTIME, the server's time in six bytes. */
  readonly other: Uint8Array;
}

export interface TsigKey {
  readonly name: string;
  readonly algorithm: TsigAlgorithm;
  readonly secret: Uint8Array;
  /** Bytes of the MAC that are sent; all of them unless the key's text says less (`hmac-sha256-128`). */
  readonly macLength: number;
}

export interface TsigAlgorithm {
  /** As it is typed. */
  readonly name: string;
  /** As it stands in a message (RFC 8945 §6). */
  readonly wire: string;
  /** The hash function, as OpenSSL names it. */
  readonly hash: string;
  /** Bytes of a whole MAC. */
  readonly size: number;
}

export const tsigAlgorithms: readonly TsigAlgorithm[] = [
  {name: 'hmac-md5', wire: 'hmac-md5.sig-alg.reg.int.', hash: 'md5', size: 16},
  {name: 'hmac-sha1', wire: 'hmac-sha1.', hash: 'sha1', size: 20},
  {name: 'hmac-sha224', wire: 'hmac-sha224.', hash: 'sha224', size: 28},
  {name: 'hmac-sha256', wire: 'hmac-sha256.', hash: 'sha256', size: 32},
  {name: 'hmac-sha384', wire: 'hmac-sha384.', hash: 'sha384', size: 48},
  {name: 'hmac-sha512', wire: 'hmac-sha512.', hash: 'sha512', size: 64},
];

export type TsigKeyRead =
  | {readonly ok: true; readonly key: TsigKey}
  | {readonly ok: false; readonly says: string; readonly next: string};

/** Reads `[hmac[-bits]:]name:base64`, as dig's `-y` takes it. Without an algorithm it is hmac-sha256. */
export function parseTsigKey(text: string): TsigKeyRead {
  const words = text.trim().split(':');
  const next = 'Type algorithm:name:secret, as in hmac-sha256:transfer:c2VjcmV0.';
  if (words.length < 2 || words.length > 3) return {ok: false, says: 'A key is a name and a secret', next};
  const [typed = 'hmac-sha256', name = '', secret = ''] = words.length === 3 ? words : [undefined, ...words];
  const [, algorithmName = '', bits] = /^(hmac-[a-z0-9]+)(?:-(\d+))?$/.exec(typed.toLowerCase()) ?? [];
  const algorithm = tsigAlgorithms.find(one => one.name === algorithmName);
  if (algorithm === undefined) {
    const known = tsigAlgorithms.map(one => one.name).join(', ');
    return {ok: false, says: `There is no algorithm “${typed}”`, next: `Use one of ${known}.`};
  }
  const macLength = bits === undefined ? algorithm.size : Number(bits) / 8;
  // RFC 8945 §5.2.2.1: not less than ten bytes, nor than half.
  if (!Number.isInteger(macLength) || macLength < Math.max(10, algorithm.size / 2) || macLength > algorithm.size)
    return {ok: false, says: `${algorithm.name} is not cut to ${bits} bits`, next: 'Leave the bits out.'};
  const parsed = parseName(name);
  if (!parsed.ok) return {ok: false, says: `The name of the key is none: ${parsed.says}`, next};
  const bytes = fromBase64(secret);
  if (bytes === undefined || bytes.length === 0) return {ok: false, says: 'The secret of the key is not base64', next};
  return {ok: true, key: {name: parsed.name, algorithm, secret: bytes, macLength}};
}

/** The record data of RFC 8945 §4.2. */
export function tsigRdata(tsig: Tsig): Uint8Array {
  const {mac, other, originalId, error} = tsig;
  return concat([
    nameBytes(tsig.algorithm),
    tsigTimers(tsig),
    u16(mac.length),
    mac,
    u16(originalId),
    u16(error),
    u16(other.length),
    other,
  ]);
}

/** The message with this TSIG as its last record. */
export function withTsig(message: Uint8Array, tsig: Tsig): Uint8Array {
  const data = tsigRdata(tsig);
  const record = concat([nameBytes(tsig.key), Uint8Array.of(0, 250, 0, 255, 0, 0, 0, 0), u16(data.length), data]);
  const signed = concat([message, record]);
  signed.set(u16(count(message, additionals) + 1), additionals);
  return signed;
}

/** A message without its TSIG, as it was signed: the count of records and the id are those it had before. */
export interface Unsigned {
  readonly message: Uint8Array;
  readonly tsig: Tsig | undefined;
}

/** Takes the TSIG off. One that stands elsewhere than at the end, or cannot be read, is none (RFC 8945 §5.2: FORMERR). */
export function withoutTsig(message: Uint8Array): Unsigned {
  const at = lastAdditional(message);
  const tsig = at === undefined ? undefined : readTsig(message, at);
  if (at === undefined || tsig === undefined) return {message, tsig: undefined};
  const bare = message.slice(0, at);
  bare.set(u16(tsig.originalId), 0);
  bare.set(u16(count(message, additionals) - 1), additionals);
  return {message: bare, tsig};
}

/** “TSIG Variables” of RFC 8945 §4.3.3: names in lower case, class ANY, TTL 0. */
export function tsigVariables(tsig: Tsig): Uint8Array {
  return concat([
    lowered(nameBytes(tsig.key)),
    Uint8Array.of(0, 255, 0, 0, 0, 0),
    lowered(nameBytes(tsig.algorithm)),
    tsigTimers(tsig),
    u16(tsig.error),
    u16(tsig.other.length),
    tsig.other,
  ]);
}

/** A MAC as it is signed in a later message: its length before it (RFC 8945 §4.3.1). */
export function precedingMac(mac: Uint8Array): Uint8Array {
  return concat([u16(mac.length), mac]);
}

/** Time (48 bits) and fudge: all that is signed of the TSIG in the later messages of a transfer (RFC 8945 §5.3.1). */
export function tsigTimers({time, fudge}: Tsig): Uint8Array {
  const bytes = new Uint8Array(8);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, Math.floor(time / 2 ** 32));
  view.setUint32(2, time % 2 ** 32);
  view.setUint16(6, fudge);
  return bytes;
}

const [questions, additionals] = [4, 10];

/** Where the last record of the message begins, if it is one of the additional section. */
function lastAdditional(message: Uint8Array): number | undefined {
  if (message.length < 12 || count(message, additionals) === 0) return undefined;
  let at = 12;
  for (let left = count(message, questions); left > 0; left--) {
    const name = readName(message, at);
    if (name.kind !== 'name') return undefined;
    at = name.next + 4;
  }
  const records = count(message, 6) + count(message, 8) + count(message, additionals);
  let last = at;
  for (let left = records; left > 0; left--) {
    const name = readName(message, at);
    if (name.kind !== 'name' || name.next + 10 > message.length) return undefined;
    last = at;
    at = name.next + 10 + count(message, name.next + 8);
  }
  return at === message.length ? last : undefined;
}

function readTsig(message: Uint8Array, at: number): Tsig | undefined {
  const key = readName(message, at);
  if (key.kind !== 'name' || count(message, key.next) !== 250) return undefined;
  const start = key.next + 10;
  const algorithm = readName(message, start);
  if (algorithm.kind !== 'name' || algorithm.next + 10 > message.length) return undefined;
  const from = algorithm.next;
  const macEnd = from + 10 + count(message, from + 8);
  const end = macEnd + 6 + count(message, macEnd + 4);
  if (end !== message.length) return undefined;
  return {
    key: key.text,
    algorithm: algorithm.text,
    time: count(message, from) * 2 ** 32 + count(message, from + 2) * 2 ** 16 + count(message, from + 4),
    fudge: count(message, from + 6),
    mac: message.slice(from + 10, macEnd),
    originalId: count(message, macEnd),
    error: count(message, macEnd + 2),
    other: message.slice(macEnd + 6, end),
  };
}

export function isKeyOf({name, algorithm}: TsigKey, tsig: Tsig): boolean {
  return sameName(name, tsig.key) && sameName(algorithm.wire, tsig.algorithm);
}

/** Two bytes as a number; 0 where the message has ended. */
const count = (message: Uint8Array, at: number): number => ((message[at] ?? 0) << 8) | (message[at + 1] ?? 0);

const u16 = (value: number): Uint8Array => Uint8Array.of(value >> 8, value & 0xff);

/** Letters of a name in wire form. A length is never 0x41 to 0x5a: those would be more than a label may have. */
const lowered = (name: Uint8Array): Uint8Array => name.map(byte => (byte >= 0x41 && byte <= 0x5a ? byte | 0x20 : byte));
