import {fromBase32Hex, fromBase64, toBase32Hex, toBase64} from '../../text/base64.ts';
import {fromHex, toHex} from '../../text/hex.ts';
import {type FieldKind, meant} from './kind.ts';
import {TextMistake, type Token} from './lexer.ts';
import {spoken} from './numbers.ts';
import {MalformedRdata, type RdataReader} from './reader.ts';

/** Hex up to the end, in pieces of 56 digits as dig splits it, upper case. */
export const hexRest: FieldKind = restKind(bytes => inPieces(hexText(bytes)), fromHex, 'pairs of hex digits');

/** Base64 up to the end, in pieces of 56 characters. */
export const base64Rest: FieldKind = restKind(bytes => inPieces(toBase64(bytes)), fromBase64, 'base64');

/** Hex up to the end in one piece. */
export const wholeHexRest: FieldKind = restKind(hexText, fromHex, 'pairs of hex digits');

/** A byte of length and hex; `-` when there is none (RFC 5155 §3.3). */
export const salt: FieldKind = countedKind(
  bytes => (bytes.length === 0 ? '-' : hexText(bytes)),
  text => (text === '-' ? new Uint8Array(0) : fromHex(text)),
  'pairs of hex digits, or - for none',
);

/** A byte of length and base32hex without padding (RFC 5155 §3.3). */
export const hash: FieldKind = countedKind(toBase32Hex, fromBase32Hex, 'base32hex without padding');

/** An EUI-48 or EUI-64 address: pairs of digits with hyphens, `00-00-5e-00-53-2a` (RFC 7043 §3.2). */
export function hyphenated(size: number): FieldKind {
  const shape = new RegExp(`^[0-9a-f]{2}(?:-[0-9a-f]{2}){${size - 1}}$`, 'i');
  return {
    size,
    read(reader, {name, meaning}) {
      const offset = reader.at;
      const value = toHex(reader.bytes(size, name), '-');
      reader.add(offset, {name, value, meaning: meant(meaning, value)});
    },
    write(words, bytes, {name}) {
      const token = words.take(`the ${spoken(name)}`);
      if (!shape.test(token.text)) throw notSo(token, name, `${size} pairs of hex digits with hyphens between them`);
      bytes.bytes(fromHex(token.text.replaceAll('-', ''))!);
    },
  };
}

/** 64 bits as four groups of up to four hex digits (RFC 6742 §2.1.2). */
export const groups64: FieldKind = {
  size: 8,
  read(reader, {name, meaning}) {
    const offset = reader.at;
    const bytes = reader.bytes(8, name);
    const value = [0, 2, 4, 6].map(at => ((bytes[at]! << 8) | bytes[at + 1]!).toString(16)).join(':');
    reader.add(offset, {name, value, meaning: meant(meaning, value)});
  },
  write(words, bytes, {name}) {
    const token = words.take(`the ${spoken(name)}`);
    if (!/^[0-9a-f]{1,4}(?::[0-9a-f]{1,4}){3}$/i.test(token.text))
      throw notSo(token, name, 'four groups of hex digits with colons between them');
    for (const group of token.text.split(':')) bytes.number(Number.parseInt(group, 16), 2);
  },
};

/** As dig breaks what is long: a blank after each 56 characters. */
export function inPieces(text: string): string {
  return text.length <= 56 ? text : text.match(/.{1,56}/g)!.join(' ');
}

export function hexText(bytes: Uint8Array): string {
  return toHex(bytes).toUpperCase();
}

type Decode = (text: string) => Uint8Array | undefined;

function restKind(encode: (bytes: Uint8Array) => string, decode: Decode, called: string): FieldKind {
  return {
    read(reader, field) {
      addBytes(reader, field.name, reader.left, encode, value => meant(field.meaning, value));
    },
    write(words, bytes, {name}) {
      const {text, at} = words.rest();
      const content = decode(text);
      if (content === undefined)
        throw new TextMistake(at, `The ${spoken(name)} is written as ${called}, and this is not.`);
      bytes.bytes(content);
    },
  };
}

function countedKind(encode: (bytes: Uint8Array) => string, decode: Decode, form: string): FieldKind {
  return {
    read(reader, {name, meaning}) {
      const offset = reader.at;
      const length = reader.number(1, `${name}Length`);
      if (length === 0 && encode(new Uint8Array(0)) === '')
        throw new MalformedRdata(offset, `The ${spoken(name)} has one byte at least.`);
      reader.add(offset, {
        name: `${name}Length`,
        value: String(length),
        text: '',
        meaning: `Bytes of the ${spoken(name)}.`,
      });
      addBytes(reader, name, length, encode, value => meant(meaning, value));
    },
    write(words, bytes, {name}) {
      const token = words.take(`the ${spoken(name)}`);
      const content = decode(token.text);
      if (content === undefined || content.length > 255) throw notSo(token, name, form);
      bytes.number(content.length, 1);
      bytes.bytes(content);
    },
  };
}

function notSo(token: Token, name: string, form: string): TextMistake {
  return new TextMistake(token.at, `"${token.text}" cannot be the ${spoken(name)}: that is ${form}.`);
}

function addBytes(
  reader: RdataReader,
  name: string,
  length: number,
  encode: (bytes: Uint8Array) => string,
  meaning: (value: string) => string,
): void {
  const offset = reader.at;
  const text = encode(reader.bytes(length, name));
  const value = text.replaceAll(' ', '');
  reader.add(offset, {name, value, text, meaning: meaning(value)});
}
