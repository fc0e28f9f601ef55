import {createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject} from 'node:crypto';
import {mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {keyTag} from '../../wire/dns/dnssec/key.ts';

/** ECDSA P-256 with SHA-256 (RFC 6605): what the lab's zones are signed with. */
export const algorithm = 13;

/** A key of a zone, with the data of its DNSKEY record (RFC 4034 §2). */
export interface ZoneKey {
  readonly privateKey: KeyObject;
  readonly dnskey: Uint8Array;
  readonly tag: number;
}

/** The key that signs the zone's keys, which the parent knows of, and the one that signs everything else (RFC 6781 §3.1). */
export interface ZoneKeys {
  readonly ksk: ZoneKey;
  readonly zsk: ZoneKey;
}

/** Flags: zone key; and secure entry point (RFC 4034 §2.1.1). */
const flagsOf = {zsk: 256, ksk: 257} as const;

/**
 * Gives each zone its keys: those in `folder` (`example.test.ksk.pem`), or new ones, which are written there. Without a
 * folder they are new at each start. A zone that is asked for again has the same ones.
 */
export function openKeys(folder?: string): (origin: string) => ZoneKeys {
  const known = new Map<string, ZoneKeys>();
  return origin => {
    const key = origin.toLowerCase();
    const own = known.get(key) ?? {ksk: keyFor(key, 'ksk', folder), zsk: keyFor(key, 'zsk', folder)};
    known.set(key, own);
    return own;
  };
}

function keyFor(origin: string, role: keyof typeof flagsOf, folder: string | undefined): ZoneKey {
  const path = folder === undefined ? undefined : join(folder, `${origin === '.' ? 'root.' : origin}${role}.pem`);
  const privateKey = (path === undefined ? undefined : kept(path)) ?? made(folder, path);
  const {x, y} = createPublicKey(privateKey).export({format: 'jwk'});
  const point = Buffer.concat([Buffer.from(x!, 'base64url'), Buffer.from(y!, 'base64url')]);
  const flags = flagsOf[role];
  const dnskey = Uint8Array.from([flags >> 8, flags & 0xff, 3, algorithm, ...point]);
  return {privateKey, dnskey, tag: keyTag(dnskey)};
}

function made(folder: string | undefined, path: string | undefined): KeyObject {
  const {privateKey} = generateKeyPairSync('ec', {namedCurve: 'P-256'});
  if (folder !== undefined && path !== undefined) {
    mkdirSync(folder, {recursive: true, mode: 0o700});
    writeFileSync(path, privateKey.export({type: 'pkcs8', format: 'pem'}), {mode: 0o600});
  }
  return privateKey;
}

/** A file that is not there or holds no such key is replaced. */
function kept(path: string): KeyObject | undefined {
  try {
    const key = createPrivateKey(readFileSync(path));
    return key.asymmetricKeyDetails?.namedCurve === 'prime256v1' ? key : undefined;
  } catch {
    return undefined;
  }
}
