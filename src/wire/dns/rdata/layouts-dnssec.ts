import {algorithmName, digestName} from '../tables.ts';
import {base64Rest, hash, hexRest, salt} from './binary.ts';
import {typeBitmap} from './bitmap.ts';
import {type FieldKind, field, type Layout} from './kind.ts';
import {exactName, laterName} from './names.ts';
import {algorithm, coveredType, oldCoveredType, time, u8, u16, u32} from './numbers.ts';
import {spelledTime} from './time.ts';

const signedBy = (value: string): string => `The algorithm of the key: ${value} is ${algorithmName(Number(value))}.`;

/** A hash of a DNSKEY, in DS and everything that looks like it. */
const digest: Layout = [
  field('keyTag', u16, 'A short number that helps to find the key (RFC 4034 appendix B).'),
  field('algorithm', algorithm, signedBy),
  field('digestType', u8, digestMeaning),
  field('digest', hexRest, 'The hash of the owner name and the data of the DNSKEY.'),
];

const key: Layout = [
  field('flags', u16, keyFlags),
  field('protocol', u8, 'Always 3 in DNSSEC (RFC 4034 §2.1.2).'),
  field('algorithm', algorithm, signedBy),
  field('publicKey', base64Rest, 'The public key, in the form that its algorithm has.'),
];

function signature(covered: FieldKind): Layout {
  return [
    field('typeCovered', covered, 'The type of the records that are signed.'),
    field('algorithm', algorithm, signedBy),
    field(
      'labels',
      u8,
      'Labels of the owner name, without the root and a leading *: fewer than it has tell of a wildcard.',
    ),
    field('originalTtl', u32, value => `The TTL was ${value} seconds when the records were signed.`),
    field('expiration', time, value => `The signature is good until ${spelledTime(value)}.`),
    field('inception', time, value => `It is good from ${spelledTime(value)} on.`),
    field('keyTag', u16, 'The tag of the key that signed.'),
    field('signer', laterName, 'The zone that the key belongs to.'),
    field('signature', base64Rest, 'The signature itself.'),
  ];
}

/** The types of DNSSEC (RFC 4034, RFC 5155 and what came after). */
export const dnssecLayouts: Readonly<Record<number, Layout>> = {
  // A signature of a message or of records, before RRSIG (RFC 2535 §4, RFC 2931).
  24: signature(oldCoveredType),
  // A public key, before DNSKEY (RFC 2535 §3, RFC 2930).
  25: key,
  // Which key of the child zone the parent vouches for (RFC 4034 §5).
  43: digest,
  // A signature over the records of one name and type (RFC 4034 §3).
  46: signature(coveredType),
  // The next name of the zone, and the types that exist at this one (RFC 4034 §4).
  47: [
    field('nextName', exactName, 'No name of the zone lies between the owner and this one.'),
    field('types', typeBitmap, value => `These types exist at the owner name: ${value}.`),
  ],
  // A public key of the zone (RFC 4034 §2).
  48: key,
  // The next hashed name of the zone, and the types at the one that this owner is the hash of (RFC 5155 §3).
  50: [
    field('hashAlgorithm', u8, '1 is SHA-1, the only one there is.'),
    field('flags', u8, value =>
      (Number(value) & 1) === 1
        ? 'Opt-out: unsigned delegations may lie between the two hashes.'
        : 'No opt-out: no name lies between the two hashes.',
    ),
    field('iterations', u16, 'How often the hash is repeated; 0 is what RFC 9276 §3.1 wants.'),
    field('salt', salt, 'Bytes that are hashed with the name; none is what RFC 9276 §3.1 wants.'),
    field('nextHash', hash, 'The next hash in order, in base32hex.'),
    field('types', typeBitmap, value => `These types exist at the name: ${value}.`),
  ],
  // How the names of the zone are hashed for NSEC3 (RFC 5155 §4).
  51: [
    field('hashAlgorithm', u8, '1 is SHA-1, the only one there is.'),
    field('flags', u8, 'Zero here; opt-out is told in each NSEC3.'),
    field('iterations', u16, 'How often the hash is repeated; 0 is what RFC 9276 §3.1 wants.'),
    field('salt', salt, 'Bytes that are hashed with the name; none is what RFC 9276 §3.1 wants.'),
  ],
  // The DS that the child wants its parent to have (RFC 7344 §3.1).
  59: digest,
  // The DNSKEY that the child wants its parent to have a DS for (RFC 7344 §3.2).
  60: key,
  // Which records the parent should take over from the child (RFC 7477 §2.1).
  62: [
    field('serial', u32, 'The serial number of the child zone that this belongs to.'),
    field('flags', u16, 'Bit 1: at once. Bit 2: only when the serial of the SOA is not lower.'),
    field('types', typeBitmap, value => `Copy these types: ${value}.`),
  ],
  // A digest over the whole zone (RFC 8976 §2).
  63: [
    field('serial', u32, 'The serial number of the zone that this was made of.'),
    field('scheme', u8, '1 is SIMPLE: all records in canonical order.'),
    field('hashAlgorithm', u8, '1 is SHA-384, 2 is SHA-512.'),
    field('digest', hexRest, 'The digest.'),
  ],
  // A trust anchor, before the root was signed (DNSSEC Trust Authorities).
  32768: digest,
  // A look-aside trust anchor, obsolete (RFC 4431, RFC 8749).
  32769: digest,
};

function digestMeaning(value: string): string {
  return `The hash that made the digest: ${value} is ${digestName(Number(value))}.`;
}

/** RFC 4034 §2.1.1, RFC 5011 §7. */
function keyFlags(value: string): string {
  const bits = Number(value);
  const said = [
    (bits & 0x0100) === 0 ? 'not a zone key' : 'zone key',
    ...((bits & 0x0001) === 0 ? [] : ['secure entry point (a key-signing key)']),
    ...((bits & 0x0080) === 0 ? [] : ['revoked']),
  ];
  return `Flags: ${said.join(', ')}.`;
}
