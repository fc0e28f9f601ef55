import {address4Text, address6Text, parseAddress4, parseAddress6} from '../../ip-address.ts';
import {type FieldKind, meant} from './kind.ts';
import {TextMistake, type Token} from './lexer.ts';
import {MalformedRdata} from './reader.ts';

/** Address prefixes: `1:192.0.2.0/24 !2:2001:db8::/32` (RFC 3123 §4, §5). */
export const prefixes: FieldKind = {
  read(reader, {name, meaning}) {
    for (let index = 0; reader.left > 0; index++) {
      const offset = reader.at;
      const family = reader.number(2, 'family');
      const bits = reader.number(1, 'prefix');
      const second = reader.number(1, 'length');
      const kind = families.get(family);
      if (kind === undefined)
        throw new MalformedRdata(offset, `Address family ${family} is neither 1, IPv4, nor 2, IPv6.`);
      if (bits > kind.size * 8)
        throw new MalformedRdata(offset + 2, `A prefix of ${bits} bits is longer than the address.`);
      const part = reader.bytes(second & 0x7f, 'address');
      if (part.length > kind.size)
        throw new MalformedRdata(offset + 3, `${part.length} bytes are more than the address has.`);
      if (part.at(-1) === 0)
        throw new MalformedRdata(offset + 3, 'Zero bytes at the end of an address are left out (RFC 3123 §4).');
      const address = new Uint8Array(kind.size);
      address.set(part);
      const value = `${second >= 0x80 ? '!' : ''}${family}:${kind.text(address)}/${bits}`;
      reader.add(offset, {name: `${name}[${index}]`, value, meaning: meant(meaning, value)});
    }
  },
  write(words, bytes) {
    while (!words.done) {
      const token = words.take('a prefix');
      const {family, bits, negated, address} = prefixOf(token);
      let length = address.length;
      while (length > 0 && address[length - 1] === 0) length--;
      bytes.number(family, 2);
      bytes.number(bits, 1);
      bytes.number((negated ? 0x80 : 0) | length, 1);
      bytes.bytes(address.subarray(0, length));
    }
  },
};

const families = new Map([
  [1, {size: 4, text: address4Text, parse: parseAddress4}],
  [2, {size: 16, text: address6Text, parse: parseAddress6}],
]);

function prefixOf(token: Token): {family: number; bits: number; negated: boolean; address: Uint8Array} {
  const [, not, family, typed, bits] = /^(!?)([12]):([^/]+)\/(\d{1,3})$/.exec(token.text) ?? [];
  const kind = families.get(Number(family));
  const address = typed === undefined ? undefined : kind?.parse(typed);
  if (kind === undefined || address === undefined || Number(bits) > kind.size * 8)
    throw new TextMistake(token.at, `"${token.text}" is not a prefix like 1:192.0.2.0/24 or !2:2001:db8::/32.`);
  return {family: Number(family), bits: Number(bits), negated: not === '!', address};
}
