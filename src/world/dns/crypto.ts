import {createHash, createPublicKey, type KeyObject, sign as signBytes, verify as verifyBytes} from 'node:crypto';

export type SignatureCheck = 'valid' | 'invalid' | 'unsupported';

/** What an algorithm of DNSSEC is to Node (IANA, “DNS Security Algorithm Numbers”). */
interface Algorithm {
  readonly hash: string | null;
  key(bytes: Uint8Array): object;
  readonly options?: {readonly dsaEncoding: 'ieee-p1363'};
}

const algorithms: Readonly<Record<number, Algorithm>> = {
  5: {hash: 'sha1', key: rsaKey},
  7: {hash: 'sha1', key: rsaKey},
  8: {hash: 'sha256', key: rsaKey},
  10: {hash: 'sha512', key: rsaKey},
  13: {hash: 'sha256', key: curveKey('P-256'), options: {dsaEncoding: 'ieee-p1363'}},
  14: {hash: 'sha384', key: curveKey('P-384'), options: {dsaEncoding: 'ieee-p1363'}},
  15: {hash: null, key: edwardsKey('Ed25519')},
  16: {hash: null, key: edwardsKey('Ed448')},
};

export function supportsAlgorithm(algorithm: number): boolean {
  return Object.hasOwn(algorithms, algorithm);
}

/** Checks a signature with the public key of a DNSKEY record. A key that is none makes every signature invalid. */
export function checkSignature(
  algorithm: number,
  publicKey: Uint8Array,
  data: Uint8Array,
  signature: Uint8Array,
): SignatureCheck {
  const known = algorithms[algorithm];
  if (known === undefined) return 'unsupported';
  try {
    const key = createPublicKey({key: known.key(publicKey), format: 'jwk'} as never);
    return verifyBytes(known.hash, data, {key, ...known.options}, signature) ? 'valid' : 'invalid';
  } catch {
    return 'invalid';
  }
}

/** A signature as an RRSIG has it: for ECDSA r and s one behind the other (RFC 6605 §4). */
export function makeSignature(algorithm: number, privateKey: KeyObject, data: Uint8Array): Uint8Array {
  const known = algorithms[algorithm];
  if (known === undefined) throw new RangeError(`Algorithm ${algorithm} cannot be used here`);
  return signBytes(known.hash, data, {key: privateKey, ...known.options});
}

const digestNames: Readonly<Record<number, string>> = {1: 'sha1', 2: 'sha256', 4: 'sha384'};

/** The digest of a DS record; `undefined` for a type that is not known (RFC 4034 §5.1.3, RFC 4509, RFC 6605 §2). */
export function digest(type: number, bytes: Uint8Array): Uint8Array | undefined {
  const name = digestNames[type];
  return name === undefined ? undefined : createHash(name).update(bytes).digest();
}

export function sha1(bytes: Uint8Array): Uint8Array {
  return createHash('sha1').update(bytes).digest();
}

/** RFC 3110 §2: the exponent's length in one byte, or in two behind a zero; the exponent; the modulus. */
function rsaKey(bytes: Uint8Array): object {
  const long = bytes[0] === 0;
  const start = long ? 3 : 1;
  const length = long ? (bytes[1]! << 8) | bytes[2]! : bytes[0]!;
  return {
    kty: 'RSA',
    e: base64url(bytes.subarray(start, start + length)),
    n: base64url(bytes.subarray(start + length)),
  };
}

/** RFC 6605 §4: the two coordinates of the point. */
function curveKey(curve: string): Algorithm['key'] {
  return bytes => {
    const half = bytes.length >> 1;
    return {kty: 'EC', crv: curve, x: base64url(bytes.subarray(0, half)), y: base64url(bytes.subarray(half))};
  };
}

/** RFC 8080 §3. */
function edwardsKey(curve: string): Algorithm['key'] {
  return bytes => ({kty: 'OKP', crv: curve, x: base64url(bytes)});
}

function base64url(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64url');
}
