import {decodeMessage} from '../../wire/dns/decode.ts';
import {encodeMessage} from '../../wire/dns/encode.ts';
import {codes, types} from '../../wire/dns/numbers.ts';
import type {DecodedMessage, Message, Question, ResourceRecord} from '../../wire/dns/types.ts';
import type {TransportName} from '../../world/dns/types.ts';
import {type Extras, replyOptions, requestFault} from './edns.ts';
import type {ExtendedError} from './reply.ts';

/** Who asks, and how. */
export interface Asker {
  readonly transport: TransportName;
  readonly address: string;
  readonly port: number;
  /** Bytes of a datagram that are wanted for something else. */
  readonly reserved?: number;
}

/** What a server says to one question; its header and its OPT are made from this. */
export interface Response {
  readonly rcode: number;
  readonly aa?: boolean;
  readonly ra?: boolean;
  readonly ad?: boolean;
  readonly tc?: boolean;
  readonly answers?: readonly ResourceRecord[];
  readonly authorities?: readonly ResourceRecord[];
  readonly additionals?: readonly ResourceRecord[];
  readonly errors?: readonly ExtendedError[];
  /** A transfer: the answers of the messages to send, one after the other (RFC 5936 §2.2). */
  readonly stream?: Iterable<readonly ResourceRecord[]>;
}

export type Answerer = (
  question: Question,
  request: Message,
  asker: Asker,
) => Response | 'silence' | Promise<Response | 'silence'>;

/** What was asked and answered, for counts and for the log. */
export interface Told {
  readonly question?: Question;
  readonly rcode: number;
  readonly bytes: number;
}

export interface Responded {
  /** The messages to send back, in order: usually one, none for silence. */
  readonly messages: Iterable<Uint8Array>;
  readonly told?: Told;
}

const silence: Responded = {messages: []};

/** A datagram of this size crosses any network whole, and one of this size needs loopback (RFC 9715 §3.1). */
const largestUdp = 4096;

/** Two bytes of length say no more; a signature must still fit behind it. */
const largestStream = 65_535 - 200;

/**
 * Answers the bytes of a query with the bytes of a response, whatever they are (RFC 1035 §4.1.1, RFC 6891 §6, RFC 7873).
 * What is no query gets no answer, so that two servers never talk to each other for ever.
 */
export async function respond(query: Uint8Array, asker: Asker, answerer: Answerer, extras: Extras): Promise<Responded> {
  if (query.length < 12 || (query[2]! & 0x80) !== 0) return silence;
  const decoded = decodeMessage(query);
  const request = decoded.message;
  const refused = faultOf(decoded) ?? requestFault(request, asker, extras);
  const [question] = request.questions;
  if (refused !== undefined) return one(request, asker, extras, refused);
  if (question === undefined) return one(request, asker, extras, {rcode: codes.NOERROR});
  const said = await answerer(question, request, asker);
  if (said === 'silence') return silence;
  if (said.stream === undefined) return one(request, asker, extras, said);
  return {messages: many(request, asker, extras, said), told: {question, rcode: said.rcode, bytes: 0}};
}

/** RFC 1035 §4.1.1: what cannot be read is FORMERR, what is not a question of ours NOTIMP. */
function faultOf({message, faults, trailing}: DecodedMessage): Response | undefined {
  if (message.opcode !== 0) return {rcode: codes.NOTIMP};
  // RFC 9619: a query has one question. None at all is how a cookie alone is asked for (RFC 7873 §5.4).
  const cookieOnly = message.questions.length === 0 && message.edns !== undefined && faults.length === 0;
  if (faults.length > 0 || trailing > 0 || (message.questions.length !== 1 && !cookieOnly))
    return {rcode: codes.FORMERR};
  return undefined;
}

function one(request: Message, asker: Asker, extras: Extras, said: Response): Responded {
  const limit = limitOf(request, asker);
  const bytes = finish(request, asker, extras, said, limit);
  const [question] = request.questions;
  const told = {rcode: said.rcode, bytes: bytes.length, ...(question !== undefined && {question})};
  return {messages: [bytes], told};
}

function* many(request: Message, asker: Asker, extras: Extras, said: Response): Generator<Uint8Array> {
  for (const answers of said.stream ?? []) yield finish(request, asker, extras, {...said, answers}, largestStream);
}

/** RFC 6891 §6.2.3: what the asker says it takes, and 512 bytes without EDNS. */
function limitOf({edns}: Message, {transport, reserved = 0}: Asker): number {
  if (transport !== 'udp') return largestStream;
  return (edns === undefined ? 512 : Math.min(largestUdp, Math.max(512, edns.udpSize))) - reserved;
}

function finish(request: Message, asker: Asker, extras: Extras, said: Response, limit: number): Uint8Array {
  const message = responseTo(request, said);
  if (request.edns === undefined) {
    // Without OPT there is no room for the upper bits of the code (RFC 6891 §6.1.3).
    return encodeMessage({...message, rcode: said.rcode > 15 ? codes.SERVFAIL : said.rcode}, {limit});
  }
  const edns = {udpSize: 1232, version: 0, dnssecOk: request.edns.dnssecOk, z: 0};
  const options = replyOptions(request, asker, extras, said.errors ?? []);
  const bytes = encodeMessage({...message, edns: {...edns, options}}, {limit});
  const padding = extras.padding(request, asker, bytes.length);
  if (padding === undefined) return bytes;
  return encodeMessage({...message, edns: {...edns, options: [...options, padding]}}, {limit});
}

function responseTo(request: Message, said: Response): Message {
  const {rd, cd} = request.flags;
  const {
    rcode,
    aa = false,
    ra = false,
    ad = false,
    tc = false,
    answers = [],
    authorities = [],
    additionals = [],
  } = said;
  return {
    id: request.id,
    response: true,
    opcode: request.opcode,
    flags: {aa, tc, rd, ra, z: false, ad, cd},
    rcode,
    questions: request.questions,
    answers,
    authorities,
    additionals,
  };
}

/** Transfers go over a stream: over UDP an IXFR gets the SOA alone (RFC 1995 §2), and an AXFR FORMERR. */
export const isTransfer = ({type}: Question): boolean => type === types.AXFR || type === types.IXFR;
