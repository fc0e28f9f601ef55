import {fromBase64, toBase64} from '../../text/base64.ts';
import {fromHex} from '../../text/hex.ts';
import {hexText, inPieces} from './binary.ts';
import {type FieldKind, meant} from './kind.ts';
import {TextMistake} from './lexer.ts';
import {spoken} from './numbers.ts';
import {MalformedRdata} from './reader.ts';

/** Two bytes of length, which the text shows, and base64: the MAC and the other data of TSIG (RFC 8945 §4.2), the key of TKEY. */
export const sizedBase64: FieldKind = {
  read(reader, {name, meaning}) {
    const offset = reader.at;
    const length = reader.number(2, `${name}Size`);
    reader.add(offset, {name: `${name}Size`, value: String(length), meaning: `Bytes of the ${spoken(name)}.`});
    const contentAt = reader.at;
    const value = toBase64(reader.bytes(length, name));
    reader.add(contentAt, {name, value, text: inPieces(value), meaning: meant(meaning, value)});
  },
  write(words, bytes, {name}) {
    const length = words.number(`The size of the ${spoken(name)}`, 0xffff);
    bytes.number(length, 2);
    const at = words.lexer.at;
    let text = '';
    // Base64 has 4 characters for each 3 bytes, and may be written in pieces.
    while (text.length < Math.ceil(length / 3) * 4) text += words.take(`the ${spoken(name)}`).text;
    const content = fromBase64(text);
    if (content?.length !== length) throw new TextMistake(at, `The ${spoken(name)} is not base64 of ${length} bytes.`);
    bytes.bytes(content);
  },
};

/** HIP keeps both lengths before the two things (RFC 8005 §5); its text has none. */
export const hostIdentity: FieldKind = {
  read(reader) {
    const start = reader.at;
    const tagLength = reader.number(1, 'tagLength');
    reader.add(start, {
      name: 'tagLength',
      value: String(tagLength),
      text: '',
      meaning: 'Bytes of the host identity tag.',
    });
    const algorithmAt = reader.at;
    const algorithm = String(reader.number(1, 'algorithm'));
    reader.add(algorithmAt, {
      name: 'algorithm',
      value: algorithm,
      meaning: 'The algorithm of the key: 1 DSA, 2 RSA, 3 ECDSA.',
    });
    const keyLengthAt = reader.at;
    const keyLength = reader.number(2, 'keyLength');
    reader.add(keyLengthAt, {
      name: 'keyLength',
      value: String(keyLength),
      text: '',
      meaning: 'Bytes of the public key.',
    });
    if (tagLength === 0 || keyLength === 0)
      throw new MalformedRdata(start, 'A host has a tag and a key, of a byte or more.');
    const tagAt = reader.at;
    const tag = hexText(reader.bytes(tagLength, 'tag'));
    reader.add(tagAt, {name: 'tag', value: tag, meaning: 'The host identity tag, made of the key.'});
    const keyAt = reader.at;
    const key = toBase64(reader.bytes(keyLength, 'key'));
    reader.add(keyAt, {name: 'key', value: key, meaning: 'The public key of the host.'});
  },
  write(words, bytes) {
    const algorithm = words.number('The algorithm', 0xff);
    const tagToken = words.take('the host identity tag');
    const tag = fromHex(tagToken.text);
    if (tag === undefined || tag.length === 0 || tag.length > 255)
      throw new TextMistake(tagToken.at, 'The host identity tag is pairs of hex digits.');
    const keyToken = words.take('the public key');
    const key = fromBase64(keyToken.text);
    if (key === undefined || key.length === 0)
      throw new TextMistake(keyToken.at, 'The public key is base64 without blanks.');
    bytes.number(tag.length, 1);
    bytes.number(algorithm, 1);
    bytes.number(key.length, 2);
    bytes.bytes(tag);
    bytes.bytes(key);
  },
};

/** Base64 up to the end, or `-` for none: the data of DOA. */
export const optionalBase64: FieldKind = {
  read(reader, {name, meaning}) {
    const offset = reader.at;
    const value = toBase64(reader.bytes(reader.left, name));
    reader.add(offset, {name, value, text: value === '' ? '-' : value, meaning: meant(meaning, value)});
  },
  write(words, bytes, {name}) {
    const {text, at} = words.rest();
    const content = text === '-' ? new Uint8Array(0) : fromBase64(text);
    if (content === undefined) throw new TextMistake(at, `The ${spoken(name)} is base64, or - for none.`);
    bytes.bytes(content);
  },
};
