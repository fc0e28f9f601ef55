import {address4} from './addresses.ts';
import {prefixes} from './apl.ts';
import {base64Rest, groups64, hexRest, hyphenated} from './binary.ts';
import {certificateAlgorithm, certificateType, scheme} from './codes.ts';
import {a6, discovery, gateway} from './gateway.ts';
import {field, type Layout} from './kind.ts';
import {location} from './loc.ts';
import {exactName, exactNames} from './names.ts';
import {algorithm, coveredType, u8, u16, u32} from './numbers.ts';
import {hostIdentity, optionalBase64} from './sized.ts';
import {string} from './strings.ts';
import {svcParams} from './svcb.ts';

const preference = field('preference', u16, 'Lower numbers are tried first.');

const association: Layout = [
  field(
    'usage',
    u8,
    'What the record restricts: 0 and 1 an authority and a certificate of the usual kind, 2 and 3 of the own.',
  ),
  field('selector', u8, '0 is the whole certificate, 1 its public key.'),
  field('matchingType', u8, '0 is the thing itself, 1 its SHA-256, 2 its SHA-512.'),
  field('data', hexRest, 'What the certificate must match.'),
];

const service: Layout = [
  field('priority', u16, value =>
    value === '0' ? 'Zero: this name is an alias of the target.' : 'Lower numbers are tried first.',
  ),
  field('target', exactName, value =>
    value === '.' ? 'The dot stands for the owner name itself.' : 'Where the service is.',
  ),
  field('params', svcParams, value => `The parameter ${value} has no meaning that is known here.`),
];

/** Types with fields of a shape that few others have: places, keys, certificates, services. */
export const moreLayouts: Readonly<Record<number, Layout>> = {
  // Where on the earth something is (RFC 1876).
  29: [field('location', location, 'Metres above the WGS 84 ellipsoid.')],
  // A certificate or a revocation list (RFC 4398).
  37: [
    field('certificateType', certificateType, 'The form of the certificate.'),
    field('keyTag', u16, 'The tag of the key in it, as in DNSSEC.'),
    field('algorithm', certificateAlgorithm, 'The algorithm of the key, as in DNSSEC.'),
    field('certificate', base64Rest, 'The certificate.'),
  ],
  // A part of an IPv6 address, historic: AAAA is used (RFC 2874, RFC 6563).
  38: [field('prefixName', a6, 'The name whose A6 has the other bits.')],
  // A list of address prefixes (RFC 3123).
  42: [field('prefixes', prefixes, 'Family, address and length; ! excludes it.')],
  // The fingerprint of a host key of SSH (RFC 4255).
  44: [
    field('algorithm', u8, '1 RSA, 2 DSA, 3 ECDSA, 4 Ed25519, 6 Ed448.'),
    field('fingerprintType', u8, '1 SHA-1, 2 SHA-256.'),
    field('fingerprint', hexRest, 'The hash of the host key.'),
  ],
  // A public key for IPsec, and the gateway to use (RFC 4025).
  45: [
    field('precedence', u8, 'Lower numbers are tried first.'),
    field('gatewayType', u8, '0 no gateway, 1 an IPv4 address, 2 an IPv6 address, 3 a name.'),
    field('algorithm', u8, '0 no key, 1 DSA, 2 RSA, 3 ECDSA.'),
    field('gateway', gateway, 'The gateway that protects the traffic.'),
    field('publicKey', base64Rest, 'The public key.'),
  ],
  // Which DHCP client a name belongs to, as a hash (RFC 4701).
  49: [field('identifier', base64Rest, 'Two bytes of type, one of digest, and the digest.')],
  // What certificate a TLS server has (RFC 6698).
  52: association,
  // What certificate a mail user has (RFC 8162).
  53: association,
  // The identity of a host, and where it can be met (RFC 8005).
  55: [
    field('identity', hostIdentity, ''),
    field('rendezvousServers', exactNames, 'A server that knows where the host is.'),
  ],
  // A key that encrypts the data of NAPTR records (draft-reid-dnsext-rkey).
  57: [
    field('flags', u16, 'Zero.'),
    field('protocol', u8, 'One.'),
    field('algorithm', algorithm, 'The algorithm of the key.'),
    field('publicKey', base64Rest, 'The public key.'),
  ],
  // An OpenPGP public key of a mail user (RFC 7929).
  61: [field('publicKey', base64Rest, 'The key.')],
  // Where and how a service is offered (RFC 9460).
  64: service,
  // Where and how a web server is reached (RFC 9460).
  65: service,
  // Where to send notice of changes to a delegation (RFC 9859).
  66: [
    field('type', coveredType, 'The type that has changed.'),
    field('scheme', scheme, 'How to tell: 1 is a NOTIFY message.'),
    field('port', u16, 'The port of the receiver.'),
    field('target', exactName, 'The receiver.'),
  ],
  // A node identifier of ILNP (RFC 6742 §2.1).
  104: [preference, field('nodeId', groups64, 'The 64 bits of the node.')],
  // A locator of ILNP for IPv4 (RFC 6742 §2.2).
  105: [preference, field('locator', address4, 'The 32 bits of the network.')],
  // A locator of ILNP for IPv6 (RFC 6742 §2.3).
  106: [preference, field('locator', groups64, 'The 64 bits of the network.')],
  // A name whose locators hold for this one (RFC 6742 §2.4).
  107: [preference, field('target', exactName, 'The name that has L32 or L64 records.')],
  // An EUI-48 address (RFC 7043 §3).
  108: [field('address', hyphenated(6), 'The address, as Ethernet has it.')],
  // An EUI-64 address (RFC 7043 §4).
  109: [field('address', hyphenated(8), 'The address.')],
  // A digital object, or where it is (draft-durand-doa-over-dns).
  259: [
    field('enterprise', u32, 'Who assigned the type.'),
    field('type', u32, 'The type of the object.'),
    field('location', u8, '1 is local, 2 a URI, 3 HDL.'),
    field('mediaType', string, 'The media type.'),
    field('data', optionalBase64, 'The object, or its place.'),
  ],
  // A relay that brings multicast over unicast networks (RFC 8777).
  260: [
    field('precedence', u8, 'Lower numbers are tried first.'),
    field(
      'relayType',
      discovery,
      'Whether discovery is optional, and the form of the relay: 1 IPv4, 2 IPv6, 3 a name.',
    ),
    field('relay', gateway, 'The relay.'),
  ],
};
