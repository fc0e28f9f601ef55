import {address4Text, address6Text, parseAddress4, parseAddress6} from '../../ip-address.ts';
import {fromBase64, toBase64} from '../../text/base64.ts';
import {type Field, type FieldKind, meant} from './kind.ts';
import {TextMistake, type Token} from './lexer.ts';
import {MalformedRdata} from './reader.ts';
import {quoted} from './strings.ts';
import {ByteWriter, unescaped} from './words.ts';

/** The parameters of SVCB and HTTPS, in the order of their keys, each key once (RFC 9460 §2.2). */
export const svcParams: FieldKind = {
  read(reader, field) {
    let before = -1;
    for (let index = 0; reader.left > 0; index++) {
      const offset = reader.at;
      const key = reader.number(2, 'key');
      const length = reader.number(2, 'length');
      if (key <= before)
        throw new MalformedRdata(offset, `The key ${keyName(key)} does not come after ${keyName(before)}.`);
      before = key;
      const valueAt = reader.at;
      const value = reader.bytes(length, keyName(key));
      const text = valueText(key, value);
      if (text === undefined) throw new MalformedRdata(valueAt, `The value of ${keyName(key)} is malformed.`);
      const shown = text === '' ? keyName(key) : `${keyName(key)}=${text}`;
      reader.add(offset, {name: `${field.name}[${index}]`, value: shown, meaning: meaningOf(key, field)});
    }
  },
  write(words, bytes) {
    const params = new Map<number, Uint8Array>();
    const at = words.lexer.at;
    while (!words.done) {
      const token = words.take('a parameter', true);
      const {key, value} = paramOf(token);
      if (params.has(key)) throw new TextMistake(token.at, `${keyName(key)} stands here twice.`);
      params.set(key, value);
    }
    checkMandatory(params, at);
    for (const key of [...params.keys()].sort((a, b) => a - b)) {
      const value = params.get(key)!;
      bytes.number(key, 2);
      bytes.number(value.length, 2);
      bytes.bytes(value);
    }
  },
};

interface ParamKind {
  readonly name: string;
  readonly meaning: string;
  /** Nothing for a value that the key cannot have. */
  readonly text: (value: Uint8Array) => string | undefined;
  readonly bytes: (value: Uint8Array, text: string) => Uint8Array | undefined;
}

const addresses = (
  size: number,
  text: (bytes: Uint8Array) => string,
  parse: (text: string) => Uint8Array | undefined,
): Pick<ParamKind, 'text' | 'bytes'> => ({
  text: value => (value.length === 0 || value.length % size !== 0 ? undefined : cut(value, size).map(text).join(',')),
  bytes: (_, typed) => joined(typed.split(',').map(parse)),
});

const nothing: Pick<ParamKind, 'text' | 'bytes'> = {
  text: value => (value.length === 0 ? '' : undefined),
  bytes: value => (value.length === 0 ? value : undefined),
};

/** RFC 9460 §14.3.2; 7: RFC 9461, 8: RFC 9540. */
const params: readonly ParamKind[] = [
  {
    name: 'mandatory',
    meaning: 'A client that does not know all of these keys must leave this record alone (RFC 9460 §8).',
    text: value =>
      value.length === 0 || value.length % 2 !== 0 ? undefined : ascending(keysOf(value))?.map(keyName).join(','),
    bytes: (_, text) => mandatoryBytes(text),
  },
  {
    name: 'alpn',
    meaning: 'Protocols that are spoken here, for the TLS handshake (RFC 9460 §7.1).',
    text: alpnText,
    bytes: alpnBytes,
  },
  {name: 'no-default-alpn', meaning: 'Only the protocols in alpn are spoken here (RFC 9460 §7.1).', ...nothing},
  {
    name: 'port',
    meaning: 'The port of the service (RFC 9460 §7.2).',
    text: value => (value.length === 2 ? String((value[0]! << 8) | value[1]!) : undefined),
    bytes: (_, text) => (/^\d{1,5}$/.test(text) && Number(text) < 65536 ? pair(Number(text)) : undefined),
  },
  {
    name: 'ipv4hint',
    meaning: 'Addresses to begin with while A is looked up (RFC 9460 §7.3).',
    ...addresses(4, address4Text, parseAddress4),
  },
  {
    name: 'ech',
    meaning: 'Keys that hide the name in the TLS handshake (RFC 9849).',
    text: toBase64,
    bytes: (_, text) => fromBase64(text),
  },
  {
    name: 'ipv6hint',
    meaning: 'Addresses to begin with while AAAA is looked up (RFC 9460 §7.3).',
    ...addresses(16, address6Text, parseAddress6),
  },
  {name: 'dohpath', meaning: 'The URI template of DNS over HTTPS (RFC 9461 §5).', text: quoted, bytes: value => value},
  {name: 'ohttp', meaning: 'Oblivious HTTP is offered here (RFC 9540 §4).', ...nothing},
];

function keyName(key: number): string {
  return params[key]?.name ?? `key${key}`;
}

function meaningOf(key: number, field: Field): string {
  return params[key]?.meaning ?? meant(field.meaning, keyName(key));
}

function valueText(key: number, value: Uint8Array): string | undefined {
  const kind = params[key];
  return kind === undefined ? (value.length === 0 ? '' : quoted(value)) : kind.text(value);
}

/** `key` or `key=value` or `key="value"`. */
function paramOf(token: Token): {readonly key: number; readonly value: Uint8Array} {
  const equals = token.text.indexOf('=');
  const name = equals === -1 ? token.text : token.text.slice(0, equals);
  const key = keyNumber(name);
  if (key === undefined)
    throw new TextMistake(token.at, `"${name}" is not a key: write keyNNNNN for one without a name.`);
  const typed = equals === -1 ? '' : token.text.slice(equals + 1).replace(/^"([\s\S]*)"$/, '$1');
  const raw = unescaped({...token, text: typed});
  const kind = params[key];
  const value = kind === undefined || name.startsWith('key') ? raw : kind.bytes(raw, typed);
  if (value === undefined || value.length > 0xffff || valueText(key, value) === undefined)
    throw new TextMistake(token.at + equals + 1, `${keyName(key)} cannot have the value "${typed}".`);
  return {key, value};
}

function keyNumber(name: string): number | undefined {
  const index = params.findIndex(kind => kind.name === name);
  if (index !== -1) return index;
  const digits = /^key(0|[1-9]\d{0,4})$/.exec(name)?.[1];
  return digits !== undefined && Number(digits) < 65536 ? Number(digits) : undefined;
}

/** RFC 9460 §8: each key that is named must be there, and mandatory itself is not named. */
function checkMandatory(given: ReadonlyMap<number, Uint8Array>, at: number): void {
  for (const key of keysOf(given.get(0) ?? new Uint8Array(0)))
    if (key === 0 || !given.has(key)) throw new TextMistake(at, `mandatory names ${keyName(key)}, which is not there.`);
}

function mandatoryBytes(text: string): Uint8Array | undefined {
  const keys = text.split(',').map(keyNumber);
  if (keys.includes(undefined) || new Set(keys).size !== keys.length) return undefined;
  return joined((keys as number[]).sort((a, b) => a - b).map(pair));
}

/** A list in a string has a second layer of escapes: `\\,` is a comma inside of an entry (RFC 9460 appendix A.1). */
function alpnText(value: Uint8Array): string | undefined {
  const list: number[] = [];
  for (let at = 0; at < value.length; at += 1 + value[at]!) {
    const length = value[at]!;
    if (length === 0 || at + 1 + length > value.length) return undefined;
    if (at > 0) list.push(comma);
    for (const byte of value.subarray(at + 1, at + 1 + length))
      if (byte === comma || byte === backslash) list.push(backslash, byte);
      else list.push(byte);
  }
  return list.length === 0 ? undefined : quoted(Uint8Array.from(list));
}

function alpnBytes(raw: Uint8Array): Uint8Array | undefined {
  const writer = new ByteWriter();
  let entry: number[] = [];
  for (let at = 0; at <= raw.length; at++) {
    const byte = raw[at];
    if (byte !== undefined && byte !== comma) {
      const next = byte === backslash ? raw[++at] : byte;
      if (next === undefined) return undefined;
      entry.push(next);
      continue;
    }
    if (entry.length === 0 || entry.length > 255) return undefined;
    writer.number(entry.length, 1);
    writer.bytes(entry);
    entry = [];
  }
  return writer.finish();
}

const comma = 0x2c;
const backslash = 0x5c;

function keysOf(value: Uint8Array): number[] {
  return cut(value, 2).map(([high, low]) => (high! << 8) | low!);
}

function cut(value: Uint8Array, size: number): Uint8Array[] {
  return Array.from({length: value.length / size}, (_, index) => value.subarray(index * size, (index + 1) * size));
}

function joined(pieces: readonly (Uint8Array | undefined)[]): Uint8Array | undefined {
  const writer = new ByteWriter();
  for (const piece of pieces)
    if (piece === undefined) return undefined;
    else writer.bytes(piece);
  return writer.finish();
}

/** RFC 9460 §8: in strictly increasing order. */
function ascending(keys: readonly number[]): readonly number[] | undefined {
  return keys.every((key, index) => index === 0 || key > keys[index - 1]!) ? keys : undefined;
}

function pair(value: number): Uint8Array {
  return Uint8Array.of(value >> 8, value & 0xff);
}
