import {encodeMessage} from '../../wire/dns/encode.ts';
import {options as codes, types} from '../../wire/dns/numbers.ts';
import type {EdnsOption, Message, Question, ResourceRecord} from '../../wire/dns/types.ts';
import type {Read} from '../fields.ts';
import type {QueryAsk} from './query-fields.ts';
import {type AskedType, readClass, readCookie, readOpcode, readOptions, readSubnet} from './query-read.ts';

/** Where chance comes from: it is handed in, so that a query can be built the same twice. */
export interface Random {
  /** From 0 up to, not including, `below`. */
  integer(below: number): number;
  bytes(count: number): Uint8Array;
}

export interface Wanted {
  readonly name: string;
  readonly asked: AskedType;
  /** Over HTTPS the id is 0 unless one is given, so that caches see equal queries as equal (RFC 8484 §4.1). */
  readonly overHttps: boolean;
  /** The client's part of the cookie, and the server's once it is known. */
  readonly cookie?: Uint8Array;
}

/** The query as a message, ready to be encoded. */
export function buildQuery(ask: QueryAsk, wanted: Wanted, random: Random): Message {
  const {name, asked} = wanted;
  const question: Question = {
    name: ask.mixCase ? mixed(name, random) : name,
    type: asked.type,
    class: understood(readClass(ask.class)),
  };
  const {aa, rd, z, ad, cd} = ask;
  const message: Message = {
    id: ask.id >= 0 ? ask.id : wanted.overHttps ? 0 : random.integer(0x10000),
    response: false,
    opcode: understood(readOpcode(ask.opcode)),
    flags: {aa, tc: false, rd, ra: false, z, ad, cd},
    rcode: 0,
    questions: [question],
    answers: [],
    authorities: asked.serial === undefined ? [] : [soaOf(question, asked.serial)],
    additionals: [],
  };
  if (!ask.edns) return message;
  const options = optionsOf(ask, wanted.cookie);
  const edns = {udpSize: ask.udpSize, version: ask.ednsVersion, dnssecOk: ask.dnssec, z: 0};
  const whole = {...message, edns: {...edns, options}};
  return ask.padding === 0 ? whole : {...message, edns: {...edns, options: [...options, padding(whole, ask.padding)]}};
}

/** A random cookie where one is asked for, or the one that was typed. */
export function firstCookie(ask: QueryAsk, random: Random): Uint8Array | undefined {
  const cookie = understood(readCookie(ask.cookie));
  if (cookie === 'no' || !ask.edns) return undefined;
  return cookie === 'yes' ? random.bytes(8) : cookie;
}

/** What the fields have checked already. */
export function understood<T>(read: Read<T>): T {
  if (read.ok) return read.value;
  throw new RangeError(read.says);
}

const nothing = new Uint8Array(0);

function optionsOf(ask: QueryAsk, cookie: Uint8Array | undefined): EdnsOption[] {
  const options: EdnsOption[] = [];
  if (ask.nsid) options.push({code: codes.NSID, data: nothing});
  if (ask.subnet.trim() !== '') options.push({code: codes.SUBNET, data: subnetData(ask.subnet)});
  if (ask.expire) options.push({code: codes.EXPIRE, data: nothing});
  if (cookie !== undefined) options.push({code: codes.COOKIE, data: cookie});
  if (ask.keepalive) options.push({code: codes.KEEPALIVE, data: nothing});
  return ask.option.trim() === '' ? options : [...options, ...understood(readOptions(ask.option))];
}

/** RFC 7871 §6: family, source and scope prefix length, then as many bytes as the source has. */
function subnetData(typed: string): Uint8Array {
  const {family, prefix, address} = understood(readSubnet(typed));
  return Uint8Array.from([0, family, prefix, 0, ...address]);
}

/** Zeros that make the message a multiple of the block (RFC 8467 §4.1); the option itself takes four bytes. */
function padding(message: Message, block: number): EdnsOption {
  const length = encodeMessage(message).length + 4;
  return {code: codes.PADDING, data: new Uint8Array((block - (length % block)) % block)};
}

/** RFC 1995 §3: an IXFR query shows the version the client has as an SOA record, of which only the serial counts. */
function soaOf(question: Question, serial: number): ResourceRecord {
  const data = new Uint8Array(22);
  new DataView(data.buffer).setUint32(2, serial);
  return {name: question.name, type: types.SOA, class: question.class, ttl: 0, data};
}

/** Letters in a case chosen at random: something more that a forger has to guess (draft-vixie-dnsext-dns0x20). */
function mixed(name: string, random: Random): string {
  return name.replace(/[a-z]/gi, letter => (random.integer(2) === 0 ? letter.toLowerCase() : letter.toUpperCase()));
}
