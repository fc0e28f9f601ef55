import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
  sign,
  X509Certificate,
} from 'node:crypto';
import {mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import {join as joinPath} from 'node:path';
import {addressBytes} from '../wire/ip-address.ts';
import {
  bitString,
  boolean,
  context,
  type Der,
  integer,
  join,
  objectIdentifier,
  octetString,
  sequence,
  set,
  time,
  utf8String,
} from './authority-der.ts';

/** A certificate authority that exists for the lab alone: nobody else trusts it, and nothing installs it anywhere. */
export interface Authority {
  /** PEM of its own certificate. */
  readonly certificate: string;
  /** A key and a certificate for a server; names and IP addresses, the first of them also as its common name. */
  issue(names: readonly string[]): Credentials;
}

export interface Credentials {
  /** PEM: the private key; the certificate followed by the authority's. */
  readonly key: string;
  readonly cert: string;
}

const day = 86_400_000;
const validDays = {authority: 3650, server: 825} as const;
const oids = {
  commonName: '2.5.4.3',
  organization: '2.5.4.10',
  ecdsaWithSha256: '1.2.840.10045.4.3.2',
  subjectKeyIdentifier: '2.5.29.14',
  keyUsage: '2.5.29.15',
  subjectAltName: '2.5.29.17',
  basicConstraints: '2.5.29.19',
  authorityKeyIdentifier: '2.5.29.35',
  extendedKeyUsage: '2.5.29.37',
  serverAuth: '1.3.6.1.5.5.7.3.1',
  clientAuth: '1.3.6.1.5.5.7.3.2',
} as const;

/** The authority that `folder` keeps, or a new one, which is kept there. Without a folder it is new at each start. */
export function openAuthority(folder?: string, now: Date = new Date()): Authority {
  const {key, certificate} = (folder === undefined ? undefined : kept(folder, now)) ?? made(folder, now);
  return {
    certificate,
    issue(names) {
      const {privateKey, publicKey} = generateKeyPairSync('ec', {namedCurve: 'P-256'});
      const cert = certify({
        subject: distinguished(names[0] ?? 'lab'),
        issuer: authorityName,
        publicKey,
        signer: key,
        from: new Date(now.getTime() - day),
        days: validDays.server,
        extensions: [
          extension(oids.basicConstraints, sequence(), true),
          extension(oids.keyUsage, bitString(Uint8Array.of(0x80), 7), true),
          extension(
            oids.extendedKeyUsage,
            sequence(objectIdentifier(oids.serverAuth), objectIdentifier(oids.clientAuth)),
          ),
          extension(oids.subjectAltName, sequence(...names.map(alternative))),
          extension(oids.subjectKeyIdentifier, octetString(identifierOf(publicKey))),
          extension(oids.authorityKeyIdentifier, sequence(context(0, identifierOf(createPublicKey(key)), false))),
        ],
      });
      return {key: pemOf(privateKey), cert: cert + certificate};
    },
  };
}

const distinguished = (commonName: string): Der =>
  sequence(
    set(sequence(objectIdentifier(oids.organization), utf8String('Wirebook lab'))),
    set(sequence(objectIdentifier(oids.commonName), utf8String(commonName.replace(/\.$/, '')))),
  );

const authorityName = distinguished('Wirebook lab authority');

interface Request {
  readonly subject: Der;
  readonly issuer: Der;
  readonly publicKey: KeyObject;
  readonly signer: KeyObject;
  readonly from: Date;
  readonly days: number;
  readonly extensions: readonly Der[];
}

/** RFC 5280 §4.1: version 3, a serial number of 127 random bits, ECDSA with SHA-256. */
function certify({subject, issuer, publicKey, signer, from, days, extensions}: Request): string {
  const algorithm = sequence(objectIdentifier(oids.ecdsaWithSha256));
  const serial = randomBytes(16);
  serial[0]! = (serial[0]! & 0x7f) | 0x40;
  const body = sequence(
    context(0, integer(Uint8Array.of(2))),
    integer(serial),
    algorithm,
    issuer,
    sequence(time(from), time(new Date(from.getTime() + days * day))),
    subject,
    publicKey.export({type: 'spki', format: 'der'}),
    context(3, sequence(...extensions)),
  );
  const signature = sign('sha256', body, {key: signer, dsaEncoding: 'der'});
  const base64 = Buffer.from(sequence(body, algorithm, bitString(signature))).toString('base64');
  return `-----BEGIN CERTIFICATE-----\n${base64.replace(/.{1,64}/g, '$&\n')}-----END CERTIFICATE-----\n`;
}

const extension = (id: string, value: Der, critical = false): Der =>
  sequence(objectIdentifier(id), ...(critical ? [boolean(true)] : []), octetString(value));

/** RFC 5280 §4.2.1.6: an address by its bytes, a name without the dot at its end. */
function alternative(name: string): Der {
  if (/^[\d.]+$|:/.test(name)) return context(7, addressBytes(name), false);
  return context(2, new TextEncoder().encode(name.replace(/\.$/, '')), false);
}

/** RFC 5280 §4.2.1.2 (1): SHA-1 of the bits of the public key, which end the SPKI. */
function identifierOf(key: KeyObject): Uint8Array {
  const {x, y} = key.export({format: 'jwk'});
  const point = join([Uint8Array.of(4), Buffer.from(x!, 'base64url'), Buffer.from(y!, 'base64url')]);
  return createHash('sha1').update(point).digest();
}

function made(folder: string | undefined, now: Date) {
  const {privateKey, publicKey} = generateKeyPairSync('ec', {namedCurve: 'P-256'});
  const certificate = certify({
    subject: authorityName,
    issuer: authorityName,
    publicKey,
    signer: privateKey,
    from: new Date(now.getTime() - day),
    days: validDays.authority,
    extensions: [
      extension(oids.basicConstraints, sequence(boolean(true)), true),
      extension(oids.keyUsage, bitString(Uint8Array.of(0x06), 1), true),
      extension(oids.subjectKeyIdentifier, octetString(identifierOf(publicKey))),
    ],
  });
  if (folder !== undefined) {
    mkdirSync(folder, {recursive: true, mode: 0o700});
    writeFileSync(joinPath(folder, 'authority.key.pem'), pemOf(privateKey), {mode: 0o600});
    writeFileSync(joinPath(folder, 'authority.pem'), certificate);
  }
  return {key: privateKey, certificate};
}

/** Files that are missing, do not belong together or have expired are replaced. */
function kept(folder: string, now: Date): {key: KeyObject; certificate: string} | undefined {
  try {
    const certificate = readFileSync(joinPath(folder, 'authority.pem'), 'utf8');
    const key = createPrivateKey(readFileSync(joinPath(folder, 'authority.key.pem')));
    const read = new X509Certificate(certificate);
    const good = read.checkPrivateKey(key) && read.validToDate.getTime() > now.getTime() + 30 * day;
    return good ? {key, certificate} : undefined;
  } catch {
    return undefined;
  }
}

const pemOf = (key: KeyObject): string => key.export({type: 'pkcs8', format: 'pem'}).toString();
