import {address4Text, address6Text, parseAddress4, parseAddress6} from '../../ip-address.ts';
import {type FieldKind, meant} from './kind.ts';
import {TextMistake} from './lexer.ts';

export const address4: FieldKind = {
  size: 4,
  read(reader, {name, meaning}) {
    const offset = reader.at;
    const value = address4Text(reader.bytes(4, name));
    reader.add(offset, {name, value, meaning: meant(meaning, value)});
  },
  write(words, bytes) {
    const token = words.take('the IPv4 address');
    const address = parseAddress4(token.text);
    if (address === undefined)
      throw new TextMistake(
        token.at,
        `"${token.text}" is not an IPv4 address: four numbers up to 255 with dots between them.`,
      );
    bytes.bytes(address);
  },
};

export const address6: FieldKind = {
  size: 16,
  read(reader, {name, meaning}) {
    const offset = reader.at;
    const value = address6Text(reader.bytes(16, name));
    reader.add(offset, {name, value, meaning: meant(meaning, value)});
  },
  write(words, bytes) {
    const token = words.take('the IPv6 address');
    const address = parseAddress6(token.text);
    if (address === undefined)
      throw new TextMistake(
        token.at,
        `"${token.text}" is not an IPv6 address: up to eight groups of hex digits, one :: for zeros.`,
      );
    bytes.bytes(address);
  },
};

export {address4Text, address6Text, parseAddress4, parseAddress6};
