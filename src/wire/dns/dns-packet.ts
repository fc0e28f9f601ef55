import * as dnsPacket from 'dns-packet';
import {nameBytes} from './name.ts';
import type {Edns, Message, Question} from './types.ts';

/** What is used of dns-packet, whose own types would bring Node's along. */
interface Packets {
  encode(packet: {
    readonly type: 'query';
    readonly id: number;
    readonly flags: number;
    readonly questions: readonly {readonly name: string; readonly type: string; readonly class: string}[];
    readonly additionals: readonly OptRecord[];
  }): Uint8Array;
}

interface OptRecord {
  readonly type: 'OPT';
  readonly name: '.';
  readonly udpPayloadSize: number;
  readonly extendedRcode: number;
  readonly ednsVersion: number;
  readonly flags: number;
  readonly options: readonly {readonly code: number; readonly data: Uint8Array}[];
}

/** What is used of Node: dns-packet writes into a Buffer, and takes options only as one. */
interface Host {
  readonly Buffer?: {from(bytes: Uint8Array): Uint8Array};
}

/**
 * An ordinary query as dns-packet writes it: one question, and EDNS. Nothing where dns-packet would write something else
 * than was asked for: names with escapes, the classes it has no name for, and whatever is no plain query. Throws a
 * RangeError for a name that no message can carry, of which dns-packet would make something else.
 */
export function encodeOrdinary(message: Message, flags: number): Uint8Array | undefined {
  const {Buffer: nodeBuffer} = globalThis as Host;
  const [question] = message.questions;
  if (nodeBuffer === undefined || question === undefined || !isOrdinary(message, question)) return undefined;
  nameBytes(question.name);
  const {id, edns} = message;
  const {encode} = dnsPacket as unknown as Packets;
  const packet = encode({
    type: 'query',
    id,
    flags,
    questions: [{name: question.name, type: numbered(question.type), class: classes[question.class]!}],
    additionals: edns === undefined ? [] : [optRecord(edns, message.rcode, nodeBuffer)],
  });
  return new Uint8Array(packet.buffer as ArrayBuffer, packet.byteOffset, packet.length);
}

/** The only classes it writes; others become 0 without a word. */
const classes: Readonly<Record<number, string>> = {1: 'IN', 3: 'CH', 4: 'HS', 255: 'ANY'};

function isOrdinary(
  {response, questions, answers, authorities, additionals, edns}: Message,
  question: Question,
): boolean {
  const alone = questions.length === 1 && answers.length + authorities.length + additionals.length === 0;
  const known = classes[question.class] !== undefined && !question.name.includes('\\');
  // A payload size of 0 would be written as 4096.
  return !response && alone && known && edns?.udpSize !== 0;
}

/** Its table of types ends early, and what it does not know becomes 0 unless it is written so. */
function numbered(type: number): string {
  return `UNKNOWN_${type}`;
}

function optRecord(edns: Edns, rcode: number, nodeBuffer: NonNullable<Host['Buffer']>): OptRecord {
  return {
    type: 'OPT',
    name: '.',
    udpPayloadSize: edns.udpSize,
    extendedRcode: rcode >> 4,
    ednsVersion: edns.version,
    flags: (edns.dnssecOk ? 0x8000 : 0) | edns.z,
    // With `data` it writes any option as it is; its own codecs for some of them are not used.
    options: edns.options.map(({code, data}) => ({code, data: nodeBuffer.from(data)})),
  };
}
