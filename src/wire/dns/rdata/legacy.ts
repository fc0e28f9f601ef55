import {fromHex, toHex} from '../../text/hex.ts';
import {typeName, typeNumber} from '../tables.ts';
import {bitField, bitsSet} from './bitmap.ts';
import {type FieldKind, meant} from './kind.ts';
import {TextMistake} from './lexer.ts';
import {named} from './numbers.ts';
import {MalformedRdata} from './reader.ts';

/** Ports as bits, the first being port 0 (RFC 1035 §3.4.2). */
export const ports: FieldKind = {
  read(reader, {name, meaning}) {
    const offset = reader.at;
    if (reader.left > 8192) throw new MalformedRdata(offset, 'The bits go beyond port 65535.');
    const value = bitsSet(reader.bytes(reader.left, name)).join(' ');
    reader.add(offset, {name, value, meaning: meant(meaning, value)});
  },
  write(words, bytes) {
    const numbers: number[] = [];
    while (!words.done)
      numbers.push(named(words.take('a port'), 'port', 65535, text => services.get(text.toLowerCase())));
    bytes.bytes(bitField(numbers));
  },
};

/** Names that stood in WKS records; others are written as numbers. */
const services = new Map([
  ['ftp-data', 20],
  ['ftp', 21],
  ['ssh', 22],
  ['telnet', 23],
  ['smtp', 25],
  ['time', 37],
  ['domain', 53],
  ['tftp', 69],
  ['finger', 79],
  ['http', 80],
  ['www', 80],
  ['pop3', 110],
  ['nntp', 119],
  ['ntp', 123],
  ['imap', 143],
  ['imap2', 143],
  ['snmp', 161],
  ['https', 443],
]);

export const protocols = new Map([
  ['icmp', 1],
  ['tcp', 6],
  ['udp', 17],
]);

/** An NSAP address: `0x` and hex, where dots may stand anywhere (RFC 1706 §7). */
export const nsap: FieldKind = {
  read(reader, {name, meaning}) {
    const offset = reader.at;
    if (reader.left === 0) throw new MalformedRdata(offset, 'An NSAP address has one byte at least.');
    const value = '0x' + toHex(reader.bytes(reader.left, name));
    reader.add(offset, {name, value, meaning: meant(meaning, value)});
  },
  write(words, bytes) {
    const token = words.take('the NSAP address');
    const content = /^0x/i.test(token.text) ? fromHex(token.text.slice(2).replaceAll('.', '')) : undefined;
    if (content === undefined || content.length === 0)
      throw new TextMistake(token.at, 'An NSAP address is 0x and pairs of hex digits, dots between them or not.');
    bytes.bytes(content);
  },
};

/** An ATM address: E.164 digits behind a plus, or the hex of an end system address (ATM Name System, §5.2). */
export const atm: FieldKind = {
  read(reader, {name, meaning}) {
    const offset = reader.at;
    const format = reader.number(1, 'format');
    if (format > 1) throw new MalformedRdata(offset, `The format of an ATM address is 0 or 1, not ${format}.`);
    if (reader.left === 0) throw new MalformedRdata(reader.at, 'An ATM address has one byte at least.');
    const bytes = reader.bytes(reader.left, name);
    if (format === 1 && !bytes.every(byte => byte >= 0x30 && byte <= 0x39))
      throw new MalformedRdata(offset + 1, 'An E.164 address is digits only.');
    const value = format === 0 ? toHex(bytes) : '+' + String.fromCharCode(...bytes);
    reader.add(offset, {name, value, meaning: meant(meaning, value)});
  },
  write(words, bytes) {
    const token = words.take('the ATM address');
    const isNumber = /^\+\d+$/.test(token.text);
    const content = isNumber
      ? Array.from(token.text.slice(1), digit => 0x30 + Number(digit))
      : fromHex(token.text.replaceAll('.', ''));
    if (content === undefined || content.length === 0)
      throw new TextMistake(token.at, 'An ATM address is + and digits, or pairs of hex digits.');
    bytes.number(isNumber ? 1 : 0, 1);
    bytes.bytes(content);
  },
};

/** The types of NXT: bits up to 127, the first being type 0 (RFC 2535 §5.2). */
export const oldBitmap: FieldKind = {
  read(reader, {name, meaning}) {
    const offset = reader.at;
    const bits = reader.bytes(reader.left, name);
    if (bits.length > 16) throw new MalformedRdata(offset, 'This bitmap ends with type 127.');
    const value = bitsSet(bits).map(typeName).join(' ');
    reader.add(offset, {name, value, meaning: meant(meaning, value)});
  },
  write(words, bytes) {
    const types: number[] = [];
    while (!words.done) {
      const token = words.take('a type');
      const type = typeNumber(token.text);
      if (type === undefined || type > 127) throw new TextMistake(token.at, `"${token.text}" is not a type up to 127.`);
      types.push(type);
    }
    bytes.bytes(bitField(types));
  },
};
