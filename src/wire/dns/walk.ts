import {readSession} from './dso.ts';
import {FieldList} from './field-list.ts';
import {readName} from './name.ts';
import {className, typeName} from './tables.ts';
import type {Section, WireField} from './types.ts';
import {walkSession} from './walk-dso.ts';
import {walkHeader} from './walk-header.ts';
import {classMeaning, ownerMeaning, type Place, placed, ttlMeaning, typeMeaning} from './walk-meanings.ts';
import {walkOpt} from './walk-opt.ts';
import {walkRdata} from './walk-rdata.ts';

/**
 * A message taken apart: every byte belongs to exactly one field, in the order of the wire, whatever the bytes are.
 * Offsets and lengths are those that Wireshark gives the same fields; names of the fields of data are those of
 * {@link readRdata}. What cannot be read is a field with `fault`. Never throws.
 */
export function walkMessage(bytes: Uint8Array): readonly WireField[] {
  const list = new FieldList(bytes);
  const counts = walkHeader(list);
  if (counts === undefined) return list.fields;
  const session = readSession(bytes);
  if (session !== undefined) {
    walkSession(list, session);
    return list.fields;
  }
  const whole = sections.every((section, index) => {
    for (let entry = 0; entry < counts[index]!; entry++)
      if (!walkEntry(list, section, entry, counts[index]!)) return false;
    return true;
  });
  if (whole && list.left > 0)
    list.rest('trailing', 'additional', `Behind the last record, where the message should end.`, {
      fault: `The counts of the header end here, and the message has ${list.left} more ${list.left === 1 ? 'byte' : 'bytes'}.`,
    });
  return list.fields;
}

const sections: readonly Section[] = ['question', 'answer', 'authority', 'additional'];

/** The field of the header that counts the first section. */
const firstCount = 2;

/** `false` when nothing behind can be found; then every byte that is left is in a field with `fault`. */
function walkEntry(list: FieldList, section: Section, entry: number, count: number): boolean {
  const at: Place = {section, entry};
  const path = `${section}[${entry}]`;
  const cut = (reason: string): false => {
    if (list.left > 0) list.rest(`${path}.malformed`, section, 'Bytes that cannot be read.', {entry, fault: reason});
    else list.blame(`The message ends after ${entry} of ${count}.`, firstCount + sections.indexOf(section));
    return false;
  };
  const name = readName(list.bytes, list.at);
  if (name.kind === 'malformed') return cut(name.reason);
  const type = name.next + 2 <= list.bytes.length ? list.word(name.next) : 0;
  const nameLength = name.next - list.at;
  const targets = name.targets === undefined ? {} : {targets: name.targets};
  const meaning = section === 'question' ? askedMeaning(list) : ownerMeaning(type);
  list.add(`${path}.name`, nameLength, name.text, placed(meaning, name.targets, nameLength), at, targets);
  const fixed = section === 'question' ? 4 : 10;
  if (list.left < fixed) return cut(`The message ends inside this ${section === 'question' ? 'question' : 'record'}.`);
  list.add(
    `${path}.type`,
    2,
    typeName(type),
    typeMeaning(type),
    at,
    section === 'question' ? {} : optFault(list, type, at, name.text),
  );
  if (section === 'question') return walkQuestionClass(list, path, at);
  if (type === optType) return walkOpt(list, path, at);
  return walkRecord(list, path, at, type);
}

const optType = 41;

/** RFC 6891 §6.1.1: one OPT record, in the additional section, whose owner is the root. */
function optFault(list: FieldList, type: number, {section}: Place, owner: string): {readonly fault?: string} {
  if (type !== optType) return {};
  const second = list.hasOpt;
  list.hasOpt = true;
  if (section !== 'additional')
    return {fault: 'An OPT record stands in the additional section only (RFC 6891 §6.1.1).'};
  if (second) return {fault: 'A message has one OPT record at most (RFC 6891 §6.1.1).'};
  return owner === '.' ? {} : {fault: `The owner of OPT is the root, not ${owner} (RFC 6891 §6.1.2).`};
}

/** In an update the question is the zone (RFC 2136 §2.3), and in a notification what has changed (RFC 1996 §3.6). */
function askedMeaning({bytes}: FieldList): string {
  const opcode = (bytes[2]! >> 3) & 0x0f;
  return opcode === 5
    ? 'The zone to update'
    : opcode === 4
      ? 'The name whose records have changed'
      : 'The name that is asked for';
}

function walkQuestionClass(list: FieldList, path: string, at: Place): true {
  const code = list.word(list.at);
  list.add(`${path}.class`, 2, className(code), classMeaning(code), at);
  return true;
}

function walkRecord(list: FieldList, path: string, at: Place, type: number): boolean {
  const code = list.word(list.at);
  list.add(`${path}.class`, 2, className(code), classMeaning(code), at);
  const ttl = list.word(list.at) * 0x10000 + list.word(list.at + 2);
  list.add(`${path}.ttl`, 4, String(ttl), ttlMeaning(ttl, type), at);
  const length = list.word(list.at);
  const left = list.left - 2;
  const tooLong = length > left ? {fault: `RDLENGTH says ${length}, and ${left} bytes are left.`} : {};
  const meaning = `The data has ${length} ${length === 1 ? 'byte' : 'bytes'}.`;
  list.add(`${path}.length`, 2, String(length), meaning, at, tooLong);
  if (length <= left) {
    walkRdata(list, path, at, {type, class: code, end: list.at + length});
    return true;
  }
  if (left > 0)
    list.rest(`${path}.rdata`, at.section, 'Data of a record that was cut.', {
      entry: at.entry,
      fault: `${length - left} bytes of the record are not here.`,
    });
  return false;
}
