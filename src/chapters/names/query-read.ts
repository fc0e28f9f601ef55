import {isIP} from 'node:net';
import {domainToASCII} from 'node:url';
import {parseName} from '../../wire/dns/name.ts';
import {classNumber, opcodeNumber, optionNumber, typeName, typeNumber, typeNumbers} from '../../wire/dns/tables.ts';
import {parseTsigKey, type TsigKey} from '../../wire/dns/tsig.ts';
import type {EdnsOption} from '../../wire/dns/types.ts';
import {parseAddress4, parseAddress6} from '../../wire/ip-address.ts';
import {fromHex} from '../../wire/text/hex.ts';
import {nearest} from '../../wire/text/nearest.ts';
import type {Read} from '../fields.ts';

/** A name as it is asked for. */
export interface AskedName {
  /** Absolute, as DNS carries it. */
  readonly name: string;
  /** Without a dot at its end: a search list may make it longer. */
  readonly isRelative: boolean;
  /** Set when it was typed with letters that DNS does not carry: how it was typed. */
  readonly typed?: string;
}

/** A name in any script, or an address, which stands for its name under `arpa` and is kept as it is. */
export function readName(typed: string): Read<AskedName> {
  const text = typed.trim();
  if (isIP(text) !== 0) return {ok: true, value: {name: text, isRelative: false}};
  const ascii = asciiName(text);
  if (ascii === undefined)
    return {ok: false, says: `“${text}” cannot be written in ASCII (RFC 5891)`, next: 'Check its letters.', at: 0};
  const parsed = parseName(ascii);
  if (!parsed.ok)
    return {ok: false, says: parsed.says, next: 'Change the name.', ...(ascii === typed && {at: parsed.at})};
  const isRelative = !ascii.endsWith('.');
  return {ok: true, value: {name: parsed.name, isRelative, ...(ascii !== text && {typed: text})}};
}

/** Only the labels that need it are converted: others may hold an underscore or an escape, which IDNA knows nothing of. */
function asciiName(text: string): string | undefined {
  if (/^[\x00-\x7f]*$/.test(text)) return text;
  // The full stops of other scripts part labels too (RFC 3490 §3.1).
  const labels = text.split(/[.\u3002\uff0e\uff61]/);
  const converted = labels.map(label => (/^[\x00-\x7f]*$/.test(label) ? label : domainToASCII(label)));
  return converted.every((label, at) => label !== '' || labels[at] === '') ? converted.join('.') : undefined;
}

export interface AskedType {
  readonly type: number;
  /** IXFR: the serial that is known (RFC 1995 §3). */
  readonly serial?: number;
}

/** `MX`, `A,AAAA`, `TYPE65280`, `IXFR=2024010101`. */
export function readTypes(typed: string): Read<readonly AskedType[]> {
  const types: AskedType[] = [];
  for (const word of typed.split(/[,\s]+/).filter(Boolean)) {
    const serial = /^IXFR=(\d{1,10})$/i.exec(word)?.[1];
    const type = serial === undefined ? typeNumber(word) : 251;
    if (type === undefined) return noType(word, typed);
    types.push({type, ...(serial !== undefined && {serial: Number(serial) >>> 0})});
  }
  if (types.length > 0) return {ok: true, value: types};
  return {ok: false, says: 'No type is given', next: 'Type one such as A, MX or TXT.'};
}

function noType(word: string, typed: string): Read<never> {
  const near = nearest(word.toUpperCase(), typeNumbers.map(typeName));
  const next = near === undefined ? 'Type one such as A, MX, TXT or TYPE65280.' : `Did you mean ${near}?`;
  return {ok: false, says: `There is no type “${word}”`, next, at: typed.indexOf(word)};
}

export function readClass(typed: string): Read<number> {
  const number = classNumber(typed.trim());
  if (number !== undefined) return {ok: true, value: number};
  return {ok: false, says: `There is no class “${typed}”`, next: 'Use IN, CH, HS, NONE, ANY or CLASS1 to CLASS65535.'};
}

export function readOpcode(typed: string): Read<number> {
  const text = typed.trim();
  const number = /^\d{1,2}$/.test(text) ? Number(text) : opcodeNumber(text);
  if (number !== undefined && number <= 15) return {ok: true, value: number};
  return {ok: false, says: `There is no opcode “${typed}”`, next: 'Use QUERY, STATUS, NOTIFY, UPDATE, DSO or 0 to 15.'};
}

/** A network as option 8 carries it (RFC 7871 §6): the bits behind the prefix are zero. */
export interface Subnet {
  readonly family: 1 | 2;
  readonly prefix: number;
  readonly address: Uint8Array;
}

/** `192.0.2.0/24`, `2001:db8::/56`, or `0` for “tell nobody where I am”. */
export function readSubnet(typed: string): Read<Subnet> {
  const text = typed.trim();
  if (/^0(\/0)?$/.test(text)) return {ok: true, value: {family: 1, prefix: 0, address: new Uint8Array(0)}};
  const {address = '', length} = /^(?<address>[^/]+)(?:\/(?<length>\d{1,3}))?$/.exec(text)?.groups ?? {};
  const version = isIP(address);
  const bytes = version === 4 ? parseAddress4(address) : version === 6 ? parseAddress6(address) : undefined;
  if (bytes === undefined)
    return {ok: false, says: `“${typed}” is not a network`, next: 'Type one such as 192.0.2.0/24 or 2001:db8::/56.'};
  const most = bytes.length * 8;
  const prefix = length === undefined ? most : Number(length);
  if (prefix > most) return {ok: false, says: `A prefix of ${prefix} bits is too long`, next: `Use 0 to ${most}.`};
  const kept = bytes.slice(0, Math.ceil(prefix / 8));
  if (prefix % 8 !== 0) kept[kept.length - 1]! &= 0xff << (8 - (prefix % 8));
  return {ok: true, value: {family: version === 4 ? 1 : 2, prefix, address: kept}};
}

/** `no`, `yes` for a random one, or the bytes: 8 of the client’s, and 8 to 32 of the server’s behind them (RFC 7873 §4). */
export function readCookie(typed: string): Read<'no' | 'yes' | Uint8Array> {
  const text = typed.trim().toLowerCase();
  if (text === 'no' || text === 'yes') return {ok: true, value: text};
  const bytes = fromHex(text);
  if (bytes !== undefined && (bytes.length === 8 || (bytes.length >= 16 && bytes.length <= 40)))
    return {ok: true, value: bytes};
  return {
    ok: false,
    says: `“${typed}” is not a cookie`,
    next: 'Type yes, no, or 16 hex digits, perhaps with 16 to 64 of the server’s.',
  };
}

/** `65001:c0ffee`, `NSID`, `10:0011223344556677`; several with commas. */
export function readOptions(typed: string): Read<readonly EdnsOption[]> {
  const options: EdnsOption[] = [];
  for (const word of typed.split(/[,\s]+/).filter(Boolean)) {
    const [name = '', hex = ''] = word.split(':', 2);
    const code = /^\d{1,5}$/.test(name) ? Number(name) : optionNumber(name);
    const data = hex === '' ? new Uint8Array(0) : fromHex(hex);
    const at = typed.indexOf(word);
    if (code === undefined || code > 0xffff)
      return {
        ok: false,
        says: `There is no option “${name}”`,
        next: 'Use a number from 0 to 65535, or a name such as NSID.',
        at,
      };
    if (data === undefined)
      return {
        ok: false,
        says: `“${hex}” is not hex`,
        next: 'Type pairs of hex digits, as in 65001:c0ffee.',
        at: at + name.length + 1,
      };
    options.push({code, data});
  }
  return {ok: true, value: options};
}

/** Base64 of 32 bytes. */
export function readPin(typed: string): Read<string> {
  const text = typed.trim().replace(/^(pin-)?sha256[:/=]/i, '');
  if (/^[A-Za-z0-9+/]{43}=$/.test(text)) return {ok: true, value: text};
  return {
    ok: false,
    says: `“${typed}” is not the pin of a key`,
    next: 'Give the SHA-256 of its SPKI in base64: 43 characters and =.',
  };
}

export function readKey(typed: string): Read<TsigKey> {
  const read = parseTsigKey(typed.trim());
  return read.ok ? {ok: true, value: read.key} : read;
}
