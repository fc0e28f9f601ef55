import {decodeMessage} from '../../wire/dns/decode.ts';
import {rdataText} from '../../wire/dns/rdata/text.ts';
import {typeName} from '../../wire/dns/tables.ts';
import type {Slot} from './bulk-slots.ts';
import type {BulkBatch, BulkOptions} from './bulk-types.ts';

const headerLength = 12;

/** Writes the message of question `index` of a batch: everything but the question is the same each time, and the id comes later. */
export function questionWriter({recursion, dnssec, udpSize}: BulkOptions) {
  const header = Buffer.alloc(headerLength);
  header[2] = recursion ? 1 : 0;
  header[5] = 1;
  header[11] = udpSize > 0 ? 1 : 0;
  // RFC 6891 §6.1.2: the root's name, OPT, the size, extended code and version, flags with DO first, no options.
  const edns = Buffer.alloc(udpSize > 0 ? 11 : 0);
  if (udpSize > 0) {
    edns[2] = 41;
    edns.writeUInt16BE(udpSize, 3);
    edns[7] = dnssec ? 0x80 : 0;
  }
  return (slot: Slot, {bytes, ends}: BulkBatch, index: number): void => {
    const from = index === 0 ? 0 : ends[index - 1]!;
    const {message} = slot;
    message.set(header, 0);
    message.set(bytes.subarray(from, ends[index]!), headerLength);
    slot.length = headerLength + ends[index]! - from + edns.length;
    message.set(edns, slot.length - edns.length);
  };
}

/** Whether these bytes answer that question: a response, with the same id and question in whichever case. */
export function answers(bytes: Uint8Array, {message, length, id}: Slot): boolean {
  if (bytes.length < headerLength || (bytes[2]! & 0x80) === 0 || ((bytes[0]! << 8) | bytes[1]!) !== id) return false;
  const questions = (bytes[4]! << 8) | bytes[5]!;
  // A server that could not even read the message may leave the question out (RFC 1035 §4.1.1, RCODE 1 and 4).
  if (questions === 0) return (bytes[3]! & 0x0f) !== 0;
  const end = length - (message[11] === 1 ? 11 : 0);
  if (questions !== 1 || bytes.length < end) return false;
  for (let at = headerLength; at < end; at++)
    if (bytes[at] !== message[at] && lower(bytes[at]!) !== lower(message[at]!)) return false;
  return true;
}

export const truncatedBit = 0x0200;

export const flagsOf = (bytes: Uint8Array): number => (bytes[2]! << 8) | bytes[3]!;

export const answerCount = (bytes: Uint8Array): number => (bytes[6]! << 8) | bytes[7]!;

/** The response code and the records of the answer section as text. */
export function read(bytes: Uint8Array): {rcode: number; answers: string[]} {
  const {message} = decodeMessage(bytes);
  return {
    rcode: message.rcode,
    answers: message.answers.map(({type, data}) => `${typeName(type)} ${rdataText(type, data)}`),
  };
}

const lower = (byte: number): number => (byte >= 0x41 && byte <= 0x5a ? byte | 0x20 : byte);
