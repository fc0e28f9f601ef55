import {type FieldKind, meant} from './kind.ts';
import {TextMistake, type Token} from './lexer.ts';
import {spoken} from './numbers.ts';
import {MalformedRdata, type RdataReader} from './reader.ts';
import {type ByteWriter, unescaped} from './words.ts';

/** `<character-string>` (RFC 1035 §3.3): a byte of length and up to 255 bytes, in quotes. */
export const string: FieldKind = {
  read(reader, {name, meaning}) {
    const offset = reader.at;
    const value = quoted(counted(reader, name));
    reader.add(offset, {name, value, meaning: meant(meaning, value)});
  },
  write(words, bytes, {name}) {
    writeCounted(words.take(`the ${spoken(name)}`), bytes);
  },
};

/** A counted word of letters and digits without quotes: the tag of CAA (RFC 8659 §4.1). */
export const tag: FieldKind = {
  read(reader, {name, meaning}) {
    const offset = reader.at;
    const value = String.fromCharCode(...counted(reader, name));
    if (!isTag.test(value)) throw new MalformedRdata(offset, `The ${name} is one or more letters and digits.`);
    reader.add(offset, {name, value, meaning: meant(meaning, value)});
  },
  write(words, bytes, {name}) {
    const token = words.take(`the ${name}`);
    if (!isTag.test(token.text))
      throw new TextMistake(token.at, `The ${name} is one or more letters and digits, not "${token.text}".`);
    writeCounted(token, bytes);
  },
};

const isTag = /^[A-Za-z0-9]+$/;

/** As many counted strings as there are, at least one. */
export const strings: FieldKind = {
  read(reader, {name, meaning}) {
    for (let index = 0; index === 0 || reader.left > 0; index++) {
      const offset = reader.at;
      const value = quoted(counted(reader, `${name}[${index}]`));
      reader.add(offset, {name: `${name}[${index}]`, value, meaning: meant(meaning, value)});
    }
  },
  write(words, bytes, {name}) {
    do writeCounted(words.take(`the ${spoken(name)}`), bytes);
    while (!words.done);
  },
};

/** A counted string that may be absent, as the subaddress of ISDN. */
export const optionalString: FieldKind = {
  read(reader, field) {
    if (reader.left > 0) string.read(reader, field);
  },
  write(words, bytes, field) {
    if (!words.done) string.write(words, bytes, field);
  },
};

/** Text up to the end of the record, with no length of its own: the target of URI, the value of CAA. */
export const restString: FieldKind = {
  read(reader, {name, meaning}) {
    const offset = reader.at;
    const value = quoted(reader.bytes(reader.left, name));
    reader.add(offset, {name, value, meaning: meant(meaning, value)});
  },
  write(words, bytes, {name}) {
    bytes.bytes(unescaped(words.take(`the ${spoken(name)}`)));
  },
};

/** In quotes, with `\"`, `\\` and `\DDD` where they are needed. */
export function quoted(bytes: Uint8Array): string {
  let text = '"';
  for (const byte of bytes)
    if (byte < 0x20 || byte > 0x7e) text += '\\' + String(byte).padStart(3, '0');
    else text += (byte === quote || byte === backslash ? '\\' : '') + String.fromCharCode(byte);
  return text + '"';
}

const quote = 0x22;
const backslash = 0x5c;

function counted(reader: RdataReader, name: string): Uint8Array {
  const start = reader.at;
  const length = reader.number(1, name);
  const bytes = reader.message.subarray(reader.at, reader.at + length);
  if (length > reader.left) {
    // The fault is the length: it stands there although the bytes are missing later.
    reader.at = start;
    reader.bytes(length + 1, name);
  }
  reader.at += length;
  return bytes;
}

function writeCounted(token: Token, bytes: ByteWriter): void {
  const content = unescaped(token);
  if (content.length > 255)
    throw new TextMistake(token.at, `This string has ${content.length} bytes, and 255 is the most: write several.`);
  bytes.number(content.length, 1);
  bytes.bytes(content);
}
