import {address4, address6} from './addresses.ts';
import {field, type Layout} from './kind.ts';
import {exactName, laterName, oldName} from './names.ts';
import {period, u8, u16, u32} from './numbers.ts';
import {optionalString, restString, string, strings, tag} from './strings.ts';

/** The types of RFC 1035, and those after it that hold numbers, names and strings, by their numbers. */
export const basicLayouts: Readonly<Record<number, Layout>> = {
  1: {about: 'The IPv4 address of a host (RFC 1035 §3.4.1).', fields: [field('address', address4, 'An IPv4 address.')]},
  2: {
    about: 'A name server that is authoritative for the zone (RFC 1035 §3.3.11).',
    fields: [field('nameServer', oldName, 'A host that answers for this zone.')],
  },
  3: {
    about: 'A mail destination, obsolete: MX took its place (RFC 1035 §3.3.4).',
    fields: [field('mailAgent', oldName, 'A host that delivers the mail of this domain.')],
  },
  4: {
    about: 'A mail forwarder, obsolete: MX took its place (RFC 1035 §3.3.5).',
    fields: [field('mailAgent', oldName, 'A host that forwards the mail of this domain.')],
  },
  5: {
    about: 'The canonical name that this name is an alias of (RFC 1035 §3.3.1).',
    fields: [field('canonicalName', oldName, 'The search goes on at this name.')],
  },
  6: {
    about: 'The start of a zone of authority (RFC 1035 §3.3.13).',
    fields: [
      field('primary', oldName, 'MNAME: the name server that the zone comes from.'),
      field('mailbox', oldName, 'RNAME: who is responsible; its first dot stands for the @ of a mail address.'),
      field('serial', u32, 'The version of the zone, compared by serial number arithmetic (RFC 1982).'),
      field('refresh', period, value => `Secondary servers ask for a new version every ${value} seconds.`),
      field('retry', period, value => `After a failure they ask again in ${value} seconds.`),
      field('expire', period, value => `After ${value} seconds without contact they no longer answer for the zone.`),
      field('minimum', period, value => `An absence may be remembered for up to ${value} seconds (RFC 2308 §4).`),
    ],
  },
  7: mailbox('A mailbox, never in common use (RFC 1035 §3.3.3).', 'host', 'The host that has this mailbox.'),
  8: mailbox(
    'A member of a mail group, never in common use (RFC 1035 §3.3.6).',
    'member',
    'A mailbox in this mail group.',
  ),
  9: mailbox(
    'A new name of a mailbox, never in common use (RFC 1035 §3.3.8).',
    'newName',
    'The right name of this mailbox.',
  ),
  12: {
    about: 'A pointer to another name, most often from an address to its host (RFC 1035 §3.3.12).',
    fields: [field('target', oldName, 'The name that this one points to.')],
  },
  13: {
    about: 'What kind of machine a host is (RFC 1035 §3.3.2); RFC 8482 answers ANY with it.',
    fields: [field('cpu', string, 'The processor.'), field('os', string, 'The operating system.')],
  },
  14: {
    about: 'Who is responsible for a mailbox or a mailing list, never in common use (RFC 1035 §3.3.7).',
    fields: [
      field('responsible', oldName, 'The mailbox of who is responsible.'),
      field('errors', oldName, 'The mailbox that gets error messages.'),
    ],
  },
  15: {
    about: 'A mail exchange: a host that takes mail for the domain (RFC 1035 §3.3.9).',
    fields: [
      field('preference', u16, 'Lower numbers are tried first (RFC 5321 §5.1).'),
      field('exchange', oldName, value =>
        value === '.' ? 'The root means that this domain takes no mail (RFC 7505).' : 'The host that takes the mail.',
      ),
    ],
  },
  16: {
    about: 'Free text (RFC 1035 §3.3.14); SPF, DKIM and proofs of ownership are kept in it.',
    fields: [field('strings', strings, 'A string of up to 255 bytes; some uses join them without a blank.')],
  },
  17: {
    about: 'A responsible person (RFC 1183 §2.2).',
    fields: [
      field('mailbox', laterName, 'A mail address; its first dot stands for the @.'),
      field('text', laterName, 'A name whose TXT records say more, or the root.'),
    ],
  },
  18: {
    about: 'A server of an AFS cell or of DCE naming (RFC 1183 §1).',
    fields: [
      field('subtype', u16, '1 is an AFS volume location server, 2 a DCE name server.'),
      field('host', laterName, 'The server.'),
    ],
  },
  19: {
    about: 'A PSDN address, of the X.25 networks (RFC 1183 §3.1).',
    fields: [field('address', string, 'Decimal digits; the first four are the DNIC.')],
  },
  20: {
    about: 'An ISDN address (RFC 1183 §3.2).',
    fields: [
      field('address', string, 'The ISDN number.'),
      field('subaddress', optionalString, 'Hex digits behind the number.'),
    ],
  },
  21: {
    about: 'A host that routes to one that has no address of its own (RFC 1183 §3.3).',
    fields: [
      field('preference', u16, 'Lower numbers are tried first.'),
      field('host', laterName, 'The host in between.'),
    ],
  },
  26: {
    about: 'How X.400 and Internet mail addresses map to one another (RFC 2163 §4).',
    fields: [
      field('preference', u16, 'Lower numbers are tried first.'),
      field('map822', laterName, 'The Internet domain.'),
      field('mapX400', laterName, 'The X.400 domain, written as a name.'),
    ],
  },
  27: {
    about: 'A geographical location, before LOC (RFC 1712).',
    fields: [
      field('longitude', string, 'Degrees, -180 to 180.'),
      field('latitude', string, 'Degrees, -90 to 90.'),
      field('altitude', string, 'Metres above the WGS 84 ellipsoid.'),
    ],
  },
  28: {about: 'The IPv6 address of a host (RFC 3596 §2.1).', fields: [field('address', address6, 'An IPv6 address.')]},
  33: {
    about: 'Where a service is offered (RFC 2782).',
    fields: [
      field('priority', u16, 'Lower numbers are tried first.'),
      field('weight', u16, 'Among equal priorities, the share of clients that should come here.'),
      field('port', u16, 'The port of the service.'),
      field('target', laterName, value =>
        value === '.' ? 'The root means that the service is not offered here.' : 'The host that offers it.',
      ),
    ],
  },
  35: {
    about: 'A rule that rewrites a name, as ENUM and SIP use it (RFC 3403 §4.1).',
    fields: [
      field('order', u16, 'Rules are taken in this order.'),
      field('preference', u16, 'Among equal orders, lower numbers first.'),
      field('flags', string, 'What to do next: S is SRV, A an address, U a URI.'),
      field('services', string, 'The service and protocol behind the rule.'),
      field('regexp', string, 'A substitution, with its delimiters.'),
      field('replacement', laterName, 'The name that comes next, when there is no regexp.'),
    ],
  },
  36: {
    about: 'A host that exchanges keys for another (RFC 2230).',
    fields: [
      field('preference', u16, 'Lower numbers are tried first.'),
      field('exchanger', laterName, 'The host that exchanges keys.'),
    ],
  },
  39: {
    about: 'Everything below this name is found below another (RFC 6672).',
    fields: [field('target', laterName, 'The name that takes the place of this one.')],
  },
  56: text('Information about the status of a zone (draft-reid-dnsext-zs).'),
  58: {
    about: 'Where trust anchors of a zone are linked to one another (draft-ietf-dnsop-dnssec-trust-history).',
    fields: [
      field('previous', exactName, 'The name before this one in the list.'),
      field('next', exactName, 'The name behind this one.'),
    ],
  },
  99: text('Sender policy, obsolete: it is in TXT now (RFC 7208 §3.1).'),
  256: {
    about: 'The URI of a service (RFC 7553).',
    fields: [
      field('priority', u16, 'Lower numbers are tried first.'),
      field('weight', u16, 'Among equal priorities, the share of clients that should come here.'),
      field('target', restString, 'The URI.'),
    ],
  },
  257: {
    about: 'Which authorities may issue certificates for this domain (RFC 8659 §4).',
    fields: [
      field('flags', u8, value =>
        Number(value) >= 128 ? 'Critical: who does not know the tag must not issue.' : 'An unknown tag may be ignored.',
      ),
      field('tag', tag, 'The property: issue, issuewild, iodef and others.'),
      field('value', restString, 'What the property says.'),
    ],
  },
  258: text('Statistics of an application, as text (Cisco; never standardised).'),
  261: text('What a resolver can do, as key and value (RFC 9606).'),
  262: text('Addresses of wallets, as text.'),
};

function mailbox(about: string, name: string, meaning: string): Layout {
  return {about, fields: [field(name, oldName, meaning)]};
}

function text(about: string): Layout {
  return {about, fields: [field('strings', strings, 'A string of up to 255 bytes.')]};
}
