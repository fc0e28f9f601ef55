import {encodeOrdinary} from './dns-packet.ts';
import {isSubdomain} from './name.ts';
import {types} from './numbers.ts';
import type {Message, ResourceRecord} from './types.ts';
import {MessageWriter, optBytes} from './writer.ts';

export interface EncodeOptions {
  /** Names that stand in the message already become pointers (RFC 1035 §4.1.4). */
  readonly compress?: boolean;
  /** Bytes. Sets of records that do not fit are left out whole, and TC says so (RFC 2181 §9). */
  readonly limit?: number;
}

/**
 * The bytes of a message. The OPT record stands behind the other records, but before a TSIG or SIG(0), which come last
 * (RFC 8945 §5.1, RFC 2931 §3). Without EDNS only the lower four bits of the response code travel. Throws a RangeError
 * for a name that is not in canonical text, and for data or options of more than 65535 bytes.
 */
export function encodeMessage(message: Message, {compress = true, limit}: EncodeOptions = {}): Uint8Array {
  checkSizes(message);
  const bits = flagBits(message);
  const ordinary = encodeOrdinary(message, bits);
  if (ordinary !== undefined && ordinary.length <= (limit ?? ordinary.length)) return ordinary;
  const writer = new MessageWriter(compress);
  for (const word of [message.id, bits, message.questions.length, 0, 0, 0]) writer.word(word);
  for (const question of message.questions) writer.question(question);
  const signature = signatureOf(message);
  const additionals = signature === undefined ? message.additionals : message.additionals.slice(0, -1);
  const room = (limit ?? Number.POSITIVE_INFINITY) - reserved(message, signature);
  const answers = addSets(writer, message.answers, room);
  const authorities = answers.whole ? addSets(writer, message.authorities, room) : noRoom;
  const others = authorities.whole ? addAdditionals(writer, additionals, message, room) : noRoom;
  if (message.edns !== undefined) writer.opt(message.edns, message.rcode);
  if (signature !== undefined) writer.record(signature);
  writer.setWord(6, answers.count);
  writer.setWord(8, authorities.count);
  writer.setWord(10, others.count + (message.edns === undefined ? 0 : 1) + (signature === undefined ? 0 : 1));
  if (!others.whole) writer.setWord(2, bits | truncated);
  return writer.finish();
}

/** `whole`: no record that a reader needs was left out. */
interface Added {
  readonly count: number;
  readonly whole: boolean;
}

const noRoom: Added = {count: 0, whole: false};
const truncated = 0x0200;

function addSets(writer: MessageWriter, records: readonly ResourceRecord[], room: number): Added {
  let count = 0;
  for (const set of setsOf(records)) {
    if (!addSet(writer, set, room)) return {count, whole: false};
    count += set.length;
  }
  return {count, whole: true};
}

/** Addresses are an extra and may go without a word, but not the glue that a referral cannot do without (RFC 9471 §2). */
function addAdditionals(
  writer: MessageWriter,
  records: readonly ResourceRecord[],
  message: Message,
  room: number,
): Added {
  const cuts = message.answers.length > 0 ? [] : message.authorities.filter(({type}) => type === types.NS);
  let count = 0;
  let whole = true;
  for (const set of setsOf(records)) {
    if (addSet(writer, set, room)) count += set.length;
    else if (cuts.some(({name}) => isSubdomain(set[0]!.name, name))) whole = false;
  }
  return {count, whole};
}

function addSet(writer: MessageWriter, set: readonly ResourceRecord[], room: number): boolean {
  const mark = writer.mark();
  for (const record of set) {
    writer.record(record);
    if (writer.length <= room) continue;
    writer.back(mark);
    return false;
  }
  return true;
}

/** Neighbours of one name, type and class, with the RRSIG records behind them, which are of no use alone. */
function setsOf(records: readonly ResourceRecord[]): readonly (readonly ResourceRecord[])[] {
  const sets: ResourceRecord[][] = [];
  for (const record of records) {
    const set = sets.at(-1);
    if (set !== undefined && belongs(record, set[0]!)) set.push(record);
    else sets.push([record]);
  }
  return sets;
}

function belongs({name, type, class: code, data}: ResourceRecord, first: ResourceRecord): boolean {
  if (name !== first.name || code !== first.class) return false;
  return type === first.type || (type === types.RRSIG && ((data[0] ?? 0) << 8) + (data[1] ?? 0) === first.type);
}

/** What signs the whole message, and therefore ends it; a SIG(0) covers type 0. */
function signatureOf({additionals}: Message): ResourceRecord | undefined {
  const last = additionals.at(-1);
  if (last === undefined) return undefined;
  const {type, data} = last;
  return type === types.TSIG || (type === types.SIG && data[0] === 0 && data[1] === 0) ? last : undefined;
}

function reserved({edns}: Message, signature: ResourceRecord | undefined): number {
  const opt = edns === undefined ? 0 : optBytes(edns);
  if (signature === undefined) return opt;
  const alone = new MessageWriter(false);
  alone.record(signature);
  return opt + alone.length;
}

function flagBits({response, opcode, flags, rcode}: Message): number {
  const {aa, tc, rd, ra, z, ad, cd} = flags;
  const bits: readonly [boolean, number][] = [
    [response, 0x8000],
    [aa, 0x0400],
    [tc, truncated],
    [rd, 0x0100],
    [ra, 0x0080],
    [z, 0x0040],
    [ad, 0x0020],
    [cd, 0x0010],
  ];
  return bits.reduce((sum, [set, bit]) => (set ? sum | bit : sum), ((opcode & 0x0f) << 11) | (rcode & 0x0f));
}

function checkSizes({answers, authorities, additionals, edns}: Message): void {
  for (const {name, data} of [...answers, ...authorities, ...additionals])
    if (data.length > 0xffff)
      throw new RangeError(`The data of ${name} has ${data.length} bytes, and a record holds 65535`);
  if (edns !== undefined && optBytes(edns) - 11 > 0xffff)
    throw new RangeError('The EDNS options have more than 65535 bytes together');
}
