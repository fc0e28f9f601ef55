import {address4, address6} from './addresses.ts';
import {field, type Layout} from './kind.ts';
import {exactName, laterName, oldName} from './names.ts';
import {period, u8, u16, u32} from './numbers.ts';
import {optionalString, restString, string, strings, tag} from './strings.ts';

const text: Layout = [field('strings', strings, 'A string of up to 255 bytes.')];

/** The types of RFC 1035, and those after it that hold numbers, names and strings, by their numbers. */
export const basicLayouts: Readonly<Record<number, Layout>> = {
  // The IPv4 address of a host (RFC 1035 §3.4.1).
  1: [field('address', address4, 'An IPv4 address.')],
  // A name server that is authoritative for the zone (RFC 1035 §3.3.11).
  2: [field('nameServer', oldName, 'A host that answers for this zone.')],
  // A mail destination, obsolete: MX took its place (RFC 1035 §3.3.4).
  3: [field('mailAgent', oldName, 'A host that delivers the mail of this domain.')],
  // A mail forwarder, obsolete: MX took its place (RFC 1035 §3.3.5).
  4: [field('mailAgent', oldName, 'A host that forwards the mail of this domain.')],
  // The canonical name that this name is an alias of (RFC 1035 §3.3.1).
  5: [field('canonicalName', oldName, 'The search goes on at this name.')],
  // The start of a zone of authority (RFC 1035 §3.3.13).
  6: [
    field('primary', oldName, 'MNAME: the name server that the zone comes from.'),
    field('mailbox', oldName, 'RNAME: who is responsible; its first dot stands for the @ of a mail address.'),
    field('serial', u32, 'The version of the zone, compared by serial number arithmetic (RFC 1982).'),
    field('refresh', period, value => `Secondary servers ask for a new version every ${value} seconds.`),
    field('retry', period, value => `After a failure they ask again in ${value} seconds.`),
    field('expire', period, value => `After ${value} seconds without contact they no longer answer for the zone.`),
    field('minimum', period, value => `An absence may be remembered for up to ${value} seconds (RFC 2308 §4).`),
  ],
  // A mailbox, never in common use (RFC 1035 §3.3.3).
  7: mailbox('host', 'The host that has this mailbox.'),
  // A member of a mail group, never in common use (RFC 1035 §3.3.6).
  8: mailbox('member', 'A mailbox in this mail group.'),
  // A new name of a mailbox, never in common use (RFC 1035 §3.3.8).
  9: mailbox('newName', 'The right name of this mailbox.'),
  // A pointer to another name, most often from an address to its host (RFC 1035 §3.3.12).
  12: [field('target', oldName, 'The name that this one points to.')],
  // What kind of machine a host is (RFC 1035 §3.3.2); RFC 8482 answers ANY with it.
  13: [field('cpu', string, 'The processor.'), field('os', string, 'The operating system.')],
  // Who is responsible for a mailbox or a mailing list, never in common use (RFC 1035 §3.3.7).
  14: [
    field('responsible', oldName, 'The mailbox of who is responsible.'),
    field('errors', oldName, 'The mailbox that gets error messages.'),
  ],
  // A mail exchange: a host that takes mail for the domain (RFC 1035 §3.3.9).
  15: [
    field('preference', u16, 'Lower numbers are tried first (RFC 5321 §5.1).'),
    field('exchange', oldName, value =>
      value === '.' ? 'The root means that this domain takes no mail (RFC 7505).' : 'The host that takes the mail.',
    ),
  ],
  // Free text (RFC 1035 §3.3.14); SPF, DKIM and proofs of ownership are kept in it.
  16: [field('strings', strings, 'A string of up to 255 bytes; some uses join them without a blank.')],
  // A responsible person (RFC 1183 §2.2).
  17: [
    field('mailbox', laterName, 'A mail address; its first dot stands for the @.'),
    field('text', laterName, 'A name whose TXT records say more, or the root.'),
  ],
  // A server of an AFS cell or of DCE naming (RFC 1183 §1).
  18: [
    field('subtype', u16, '1 is an AFS volume location server, 2 a DCE name server.'),
    field('host', laterName, 'The server.'),
  ],
  // A PSDN address, of the X.25 networks (RFC 1183 §3.1).
  19: [field('address', string, 'Decimal digits; the first four are the DNIC.')],
  // An ISDN address (RFC 1183 §3.2).
  20: [
    field('address', string, 'The ISDN number.'),
    field('subaddress', optionalString, 'Hex digits behind the number.'),
  ],
  // A host that routes to one that has no address of its own (RFC 1183 §3.3).
  21: [field('preference', u16, 'Lower numbers are tried first.'), field('host', laterName, 'The host in between.')],
  // How X.400 and Internet mail addresses map to one another (RFC 2163 §4).
  26: [
    field('preference', u16, 'Lower numbers are tried first.'),
    field('map822', laterName, 'The Internet domain.'),
    field('mapX400', laterName, 'The X.400 domain, written as a name.'),
  ],
  // A geographical location, before LOC (RFC 1712).
  27: [
    field('longitude', string, 'Degrees, -180 to 180.'),
    field('latitude', string, 'Degrees, -90 to 90.'),
    field('altitude', string, 'Metres above the WGS 84 ellipsoid.'),
  ],
  // The IPv6 address of a host (RFC 3596 §2.1).
  28: [field('address', address6, 'An IPv6 address.')],
  // Where a service is offered (RFC 2782).
  33: [
    field('priority', u16, 'Lower numbers are tried first.'),
    field('weight', u16, 'Among equal priorities, the share of clients that should come here.'),
    field('port', u16, 'The port of the service.'),
    field('target', laterName, value =>
      value === '.' ? 'The root means that the service is not offered here.' : 'The host that offers it.',
    ),
  ],
  // A rule that rewrites a name, as ENUM and SIP use it (RFC 3403 §4.1).
  35: [
    field('order', u16, 'Rules are taken in this order.'),
    field('preference', u16, 'Among equal orders, lower numbers first.'),
    field('flags', string, 'What to do next: S is SRV, A an address, U a URI.'),
    field('services', string, 'The service and protocol behind the rule.'),
    field('regexp', string, 'A substitution, with its delimiters.'),
    field('replacement', laterName, 'The name that comes next, when there is no regexp.'),
  ],
  // A host that exchanges keys for another (RFC 2230).
  36: [
    field('preference', u16, 'Lower numbers are tried first.'),
    field('exchanger', laterName, 'The host that exchanges keys.'),
  ],
  // Everything below this name is found below another (RFC 6672).
  39: [field('target', laterName, 'The name that takes the place of this one.')],
  // Information about the status of a zone (draft-reid-dnsext-zs).
  56: text,
  // Where trust anchors of a zone are linked to one another (draft-ietf-dnsop-dnssec-trust-history).
  58: [
    field('previous', exactName, 'The name before this one in the list.'),
    field('next', exactName, 'The name behind this one.'),
  ],
  // Sender policy, obsolete: it is in TXT now (RFC 7208 §3.1).
  99: text,
  // The URI of a service (RFC 7553).
  256: [
    field('priority', u16, 'Lower numbers are tried first.'),
    field('weight', u16, 'Among equal priorities, the share of clients that should come here.'),
    field('target', restString, 'The URI.'),
  ],
  // Which authorities may issue certificates for this domain (RFC 8659 §4).
  257: [
    field('flags', u8, value =>
      Number(value) >= 128 ? 'Critical: who does not know the tag must not issue.' : 'An unknown tag may be ignored.',
    ),
    field('tag', tag, 'The property: issue, issuewild, iodef and others.'),
    field('value', restString, 'What the property says.'),
  ],
  // Statistics of an application, as text (Cisco; never standardised).
  258: text,
  // What a resolver can do, as key and value (RFC 9606).
  261: text,
  // Addresses of wallets, as text.
  262: text,
};

function mailbox(name: string, meaning: string): Layout {
  return [field(name, oldName, meaning)];
}
