import {address6Text} from '../../ip-address.ts';
import {nameBytes} from '../name.ts';
import {address4, address6} from './addresses.ts';
import {type FieldKind, meant} from './kind.ts';
import {TextMistake} from './lexer.ts';
import {exactName, fileName} from './names.ts';
import {MalformedRdata, type RdataReader} from './reader.ts';
import {ByteWriter} from './words.ts';

/**
 * A gateway or relay in one of four forms: nothing (written as a dot), an IPv4 address, an IPv6 address, a name. The second
 * byte of the record says which (RFC 4025 §2.5, RFC 8777 §4.2.3).
 */
export const gateway: FieldKind = {
  domain: {compressed: false, lowered: false},
  read(reader, field) {
    const type = reader.message[reader.start + 1]! & 0x7f;
    const form = forms[type];
    if (type === 0) reader.add(reader.at, {name: field.name, value: '.', meaning: meant(field.meaning, '.')});
    else if (form !== undefined) form.read(reader, field);
    else throw new MalformedRdata(reader.start + 1, `${type} is no form of a ${field.name}: 0 to 3 are.`);
  },
  write(words, bytes, field) {
    const type = bytes.at(1) & 0x7f;
    const form = forms[type];
    if (form !== undefined) return form.write(words, bytes, field);
    const token = words.take(`the ${field.name}`);
    if (type !== 0) throw new TextMistake(token.at, `${type} is no form of a ${field.name}: 0 to 3 are.`);
    if (token.text !== '.') throw new TextMistake(token.at, `Without a ${field.name}, its place is taken by a dot.`);
  },
};

const forms: readonly (FieldKind | undefined)[] = [undefined, address4, address6, exactName];

/** AMTRELAY keeps a bit and the form of the relay in one byte (RFC 8777 §4.2). */
export const discovery: FieldKind = {
  size: 1,
  read(reader, {name, meaning}) {
    const offset = reader.at;
    const byte = reader.number(1, name);
    const value = `${byte >> 7} ${byte & 0x7f}`;
    reader.add(offset, {name, value, meaning: meant(meaning, value)});
  },
  write(words, bytes) {
    const optional = words.number('The discovery bit', 1);
    bytes.number((optional << 7) | words.number('The form of the relay', 3), 1);
  },
};

/** The prefix length of A6, what it leaves of the address, and the name that has the rest (RFC 2874 §3.1). */
export const a6: FieldKind = {
  domain: {compressed: false, lowered: true},
  read(reader, field) {
    const offset = reader.at;
    const prefix = reader.number(1, 'prefixLength');
    if (prefix > 128) throw new MalformedRdata(offset, `A prefix has 128 bits at most, not ${prefix}.`);
    reader.add(offset, {name: 'prefixLength', value: String(prefix), meaning: 'Bits that another record has.'});
    if (prefix < 128) suffix(reader, prefix);
    if (prefix === 0) return;
    const nameAt = reader.at;
    const {text, targets} = reader.name('prefixName');
    reader.add(nameAt, {
      name: 'prefixName',
      value: text,
      text: fileName(text),
      meaning: meant(field.meaning, text),
      domain: {targets, expanded: nameBytes(text), lowered: true},
    });
  },
  write(words, bytes, field) {
    const prefix = words.number('The prefix length', 128);
    bytes.number(prefix, 1);
    if (prefix < 128) {
      const whole = new ByteWriter();
      address6.write(words, whole, field);
      bytes.bytes(masked(whole.finish(), prefix).subarray(prefix >> 3));
    }
    if (prefix > 0) bytes.bytes(words.name('the prefix name').bytes);
  },
};

function suffix(reader: RdataReader, prefix: number): void {
  const offset = reader.at;
  const address = new Uint8Array(16);
  address.set(reader.bytes(16 - (prefix >> 3), 'suffix'), prefix >> 3);
  const value = address6Text(masked(address, prefix));
  reader.add(offset, {name: 'suffix', value, meaning: 'The other bits of the address.'});
}

function masked(address: Uint8Array, prefix: number): Uint8Array {
  return address.map((byte, index) => (index === prefix >> 3 ? byte & (0xff >> (prefix & 7)) : byte));
}
