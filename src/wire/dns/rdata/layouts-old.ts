import {address4} from './addresses.ts';
import {base64Rest, wholeHexRest} from './binary.ts';
import {field, type Layout} from './kind.ts';
import {atm, nsap, oldBitmap, ports, protocols} from './legacy.ts';
import {exactName, laterName} from './names.ts';
import {errorCode, named, numberKind, time, u8, u16, u48} from './numbers.ts';
import {sizedBase64} from './sized.ts';
import {spelledTime, timeText} from './time.ts';

const protocol = numberKind(1, {
  write: (token, what) => named(token, what, 0xff, text => protocols.get(text.toLowerCase())),
});

/** Types of networks and plans that are gone, and the two that only messages have: TKEY and TSIG. */
export const oldLayouts: Readonly<Record<number, Layout>> = {
  // Services that a host offers, obsolete (RFC 1035 §3.4.2).
  11: [
    field('address', address4, 'The address of the host.'),
    field('protocol', protocol, '6 is TCP, 17 is UDP.'),
    field('ports', ports, 'The ports that are open.'),
  ],
  // An OSI network address (RFC 1706 §5).
  22: [field('address', nsap, 'The address.')],
  // From an OSI network address to its host (RFC 1706 §6).
  23: [field('target', laterName, 'The host.')],
  // The next name of the zone, before NSEC (RFC 2535 §5).
  30: [
    field('nextName', laterName, 'No name of the zone lies between.'),
    field('types', oldBitmap, value => `These types exist at the owner name: ${value}.`),
  ],
  // An endpoint identifier of Nimrod.
  31: [field('identifier', wholeHexRest, 'The identifier.')],
  // A locator of Nimrod.
  32: [field('locator', wholeHexRest, 'The locator.')],
  // An ATM address.
  34: [field('address', atm, 'The address.')],
  // Anything at all, never standardised (draft-eastlake-kitchen-sink).
  40: [
    field('meaning', u8, 'What the data means.'),
    field('coding', u8, 'How the data is coded.'),
    field('subcoding', u8, 'A variant of the coding.'),
    field('data', base64Rest, 'The data.'),
  ],
  // Establishes a key for TSIG; a message has it and no zone does (RFC 2930).
  249: [
    field('algorithm', laterName, 'The algorithm that the key is for.'),
    field('inception', time, value => `The key is good from ${spelledTime(value)} on.`),
    field('expiration', time, value => `The key is good until ${spelledTime(value)}.`),
    field('mode', u16, '2 is Diffie-Hellman, 3 GSS-API, 5 deletion.'),
    field('error', errorCode, 'What went wrong.'),
    field('key', sizedBase64, 'What the mode exchanges.'),
    field('other', sizedBase64, 'Data of the mode.'),
  ],
  // A signature of the whole message with a shared key; no zone has it (RFC 8945).
  250: [
    field('algorithm', exactName, 'The algorithm of the signature.'),
    field('timeSigned', u48, value => `It was signed at ${spelledTime(timeText(Number(value)))}.`),
    field('fudge', u16, value => `Clocks may differ by ${value} seconds.`),
    field('mac', sizedBase64, 'The signature.'),
    field('originalId', u16, 'The ID of the message when it was signed.'),
    field('error', errorCode, 'What went wrong.'),
    field('other', sizedBase64, "With BADTIME, the server's clock."),
  ],
};
