import {concat} from '../bytes.ts';
import {hexText} from './rdata/binary.ts';
import {rdataText} from './rdata/text.ts';
import {className, responseCodeName, typeName} from './tables.ts';
import type {Edns, Message, Question, ResourceRecord, WireField} from './types.ts';

export type JsonMember = string | number | readonly JsonObject[];
export interface JsonObject {
  readonly [name: string]: JsonMember;
}

/**
 * A message as RFC 8427 §2 writes it in JSON, plain data: flags are 0 or 1, each record has `rdataMX` or the like as text
 * (§2.3) beside its bytes, and OPT stands among the additional records. `messageOctetsHEX` (§2.4) needs the bytes. Members
 * of our own: `RCODEname`, with the bits that OPT adds, and `fields`, the fields of the message with their places.
 */
export function rfc8427(message: Message, bytes?: Uint8Array, fields?: readonly WireField[]): JsonObject {
  const {flags, edns} = message;
  const opt = edns === undefined ? [] : [optObject(edns, message.rcode)];
  const bit = (set: boolean): number => (set ? 1 : 0);
  return {
    ...(bytes !== undefined && {msgLength: bytes.length}),
    ID: message.id,
    QR: bit(message.response),
    Opcode: message.opcode,
    AA: bit(flags.aa),
    TC: bit(flags.tc),
    RD: bit(flags.rd),
    RA: bit(flags.ra),
    AD: bit(flags.ad),
    CD: bit(flags.cd),
    RCODE: message.rcode & 0x0f,
    RCODEname: responseCodeName(message.rcode),
    QDCOUNT: message.questions.length,
    ANCOUNT: message.answers.length,
    NSCOUNT: message.authorities.length,
    ARCOUNT: message.additionals.length + opt.length,
    ...questionMembers(message.questions),
    ...records('answerRRs', message.answers.map(recordObject)),
    ...records('authorityRRs', message.authorities.map(recordObject)),
    ...records('additionalRRs', [...message.additionals.map(recordObject), ...opt]),
    ...(bytes !== undefined && {messageOctetsHEX: hexText(bytes)}),
    ...(fields !== undefined && {fields: fields.map(fieldObject)}),
  };
}

/** One question stands in the message itself; several, which no server answers, are a list (§2.1). */
function questionMembers(questions: readonly Question[]): JsonObject {
  const [first] = questions;
  if (questions.length === 1) return questionObject('Q', first!);
  return records(
    'questionRRs',
    questions.map(question => questionObject('', question)),
  );
}

function questionObject(prefix: string, {name, type, class: code}: Question): JsonObject {
  return {
    [`${prefix}NAME`]: name,
    [`${prefix}TYPE`]: type,
    [`${prefix}TYPEname`]: typeName(type),
    [`${prefix}CLASS`]: code,
    [`${prefix}CLASSname`]: className(code),
  };
}

function recordObject({name, type, class: code, ttl, data}: ResourceRecord): JsonObject {
  return {
    ...questionObject('', {name, type, class: code}),
    TTL: ttl,
    [`rdata${typeName(type)}`]: rdataText(type, data),
    ...dataMembers(data),
  };
}

/** RFC 6891 §6.1.2 and §6.1.3: class and TTL of OPT are other things. */
function optObject({udpSize, version, dnssecOk, z, options}: Edns, rcode: number): JsonObject {
  const data = concat(
    options.map(option => {
      const head = new DataView(new ArrayBuffer(4));
      head.setUint16(0, option.code);
      head.setUint16(2, option.data.length);
      return concat([new Uint8Array(head.buffer), option.data]);
    }),
  );
  return {
    NAME: '.',
    TYPE: 41,
    TYPEname: 'OPT',
    CLASS: udpSize,
    TTL: (rcode >> 4) * 2 ** 24 + version * 2 ** 16 + (dnssecOk ? 0x8000 : 0) + z,
    ...dataMembers(data),
  };
}

/** Data that is empty has a length alone. */
function dataMembers(data: Uint8Array): JsonObject {
  return {RDLENGTH: data.length, ...(data.length > 0 && {RDATAHEX: hexText(data)})};
}

function records(name: string, objects: readonly JsonObject[]): JsonObject {
  return objects.length === 0 ? {} : {[name]: objects};
}

function fieldObject({offset, length, name, value, meaning, section, entry, targets, fault}: WireField): JsonObject {
  return {
    offset,
    length,
    name,
    value,
    meaning,
    section,
    ...(entry !== undefined && {entry}),
    ...(targets !== undefined && {targets: targets.join(' ')}),
    ...(fault !== undefined && {fault}),
  };
}
