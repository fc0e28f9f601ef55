import type {Session, Tlv} from './dso.ts';
import {type FieldList, hexOf} from './field-list.ts';
import type {Place} from './walk-meanings.ts';

/** The TLVs of a session message (RFC 8490 §5.4.4). They stand where records would, so they belong to the last section. */
export function walkSession(list: FieldList, {tlvs, fault}: Session): void {
  for (const [entry, tlv] of tlvs.entries()) walkTlv(list, tlv, {section: 'additional', entry});
  if (fault !== undefined)
    list.rest(`tlv[${tlvs.length}].malformed`, 'additional', 'Bytes that cannot be read.', {fault: fault.reason});
}

function walkTlv(list: FieldList, {type, end}: Tlv, place: Place): void {
  const path = `tlv[${place.entry}]`;
  const known = kinds[type];
  const meaning = known?.meaning ?? `A TLV that is not known here, number ${type}.`;
  list.add(`${path}.type`, 2, known?.name ?? `DSOTYPE${type}`, meaning, place);
  const length = end - list.at - 2;
  list.add(`${path}.length`, 2, String(length), `The TLV has ${length} ${length === 1 ? 'byte' : 'bytes'}.`, place);
  if (type === keepalive && length === 8) {
    for (const [name, says] of times) {
      const milliseconds = list.word(list.at) * 0x10000 + list.word(list.at + 2);
      list.add(`${path}.${name}`, 4, String(milliseconds), `${says} ${spoken(milliseconds)}.`, place);
    }
    return;
  }
  list.add(`${path}.data`, length, hexOf(list.bytes.subarray(list.at, end)), 'What the TLV carries.', place);
}

const times = [
  ['inactivity', 'A session with nothing to do is closed after'],
  ['keepalive', 'Without other traffic, something is sent after'],
] as const;

/** RFC 8490 §7.1: all bits set is for ever. */
const spoken = (milliseconds: number) => (milliseconds === 0xffffffff ? 'no time at all: never' : `${milliseconds} ms`);

const keepalive = 1;

/** IANA, “DSO Type Codes”. */
const kinds: Readonly<Record<number, {readonly name: string; readonly meaning: string}>> = {
  1: {name: 'KEEPALIVE', meaning: 'How long the session lives (RFC 8490 §7.1).'},
  2: {name: 'RETRY-DELAY', meaning: 'The server ends the session: come back later (RFC 8490 §7.2).'},
  3: {name: 'ENCRYPTION-PADDING', meaning: 'Bytes that hide how long the message is (RFC 8490 §7.3).'},
  64: {name: 'SUBSCRIBE', meaning: 'The client wants to hear of changes (RFC 8765 §6.2).'},
  65: {name: 'PUSH', meaning: 'The server tells of changes (RFC 8765 §6.3).'},
  66: {name: 'UNSUBSCRIBE', meaning: 'The client wants to hear no more (RFC 8765 §6.4).'},
  67: {name: 'RECONFIRM', meaning: 'The client doubts a record (RFC 8765 §6.5).'},
};
