import {decodeMessage} from '../../wire/dns/decode.ts';
import {typeEntry, typeNumber} from '../../wire/dns/tables.ts';
import type {DecodedMessage, Section, WireField} from '../../wire/dns/types.ts';
import {walkMessage} from '../../wire/dns/walk.ts';
import {type AnswerLine, answerLines} from './dns-lines.ts';
import type {DecodedField} from './fields-table.ts';

/** A message on screen: the one with this number of all that belong to `owner`, an object as long-lived as the run. */
export interface DnsShown {
  readonly owner: object;
  readonly id: number;
  /** Asked for once; nothing when they are gone. */
  bytes(): Uint8Array | undefined;
}

/** A row of the table of fields: a field of the wire, or a whole record that holds the fields after it. */
export interface DnsField extends DecodedField {
  readonly wire?: WireField;
  readonly section: Section;
  readonly entry?: number;
}

/** All that is known of a message, worked out once. */
export interface DnsRead {
  readonly bytes: Uint8Array;
  readonly decoded: DecodedMessage;
  readonly fields: readonly DnsField[];
  readonly lines: readonly AnswerLine[];
}

/** The last few of each owner: a frame asks for the same one dozens of times. */
const known = new WeakMap<object, Map<number, DnsRead>>();
const mostKept = 8;

export function readShown({owner, id, bytes: get}: DnsShown): DnsRead | undefined {
  let kept = known.get(owner);
  if (kept === undefined) {
    kept = new Map();
    known.set(owner, kept);
  }
  const before = kept.get(id);
  if (before !== undefined) return before;
  const bytes = get();
  if (bytes === undefined) return undefined;
  const decoded = decodeMessage(bytes);
  const wire = walkMessage(bytes);
  const read = {bytes, decoded, fields: grouped(wire), lines: answerLines(decoded, additionalEntries(wire))};
  for (const oldest of kept.keys()) if (kept.size >= mostKept) kept.delete(oldest);
  kept.set(id, read);
  return read;
}

/** The table row of a record or question as a whole. */
export function groupOf({fields}: DnsRead, section: Section, entry: number | undefined): number {
  return fields.findIndex(field => field.section === section && field.entry === entry);
}

/** Header, questions and records, each with its fields under it. */
function grouped(wire: readonly WireField[]): readonly DnsField[] {
  const fields: DnsField[] = [];
  for (let at = 0; at < wire.length; ) {
    const first = wire[at]!;
    let end = at;
    while (end < wire.length && wire[end]!.section === first.section && wire[end]!.entry === first.entry) end++;
    const members = wire.slice(at, end);
    fields.push(groupField(members), ...members.map(memberField));
    at = end;
  }
  return fields;
}

function groupField(members: readonly WireField[]): DnsField {
  const first = members[0]!;
  const last = members.at(-1)!;
  const {section, entry} = first;
  const value = (name: string) => members.find(field => field.name.endsWith(`.${name}`))?.value ?? '';
  const type = value('type');
  const about = entry === undefined ? undefined : typeEntry(typeNumber(type.split(' ')[0] ?? '') ?? -1);
  const isBroken = members.some(({fault}) => fault !== undefined);
  return {
    start: first.offset,
    end: last.offset + last.length,
    label: entry === undefined ? section : `${section} ${entry}`,
    role: isBroken ? 'bad' : 'strong',
    value:
      entry === undefined ? `${last.offset + last.length - first.offset} bytes` : `${value('name')} ${type}`.trim(),
    meaning: section === 'header' ? 'What kind of message this is, and how much is in it.' : (about?.meaning ?? ''),
    section,
    ...(entry !== undefined && {entry}),
  };
}

function memberField(wire: WireField): DnsField {
  const {offset, length, name, value, meaning, section, entry, targets = [], fault} = wire;
  const path = name.replace(/^[a-z]+(\[\d+\])?\./, '');
  return {
    start: offset,
    end: offset + length,
    label: path.replace(/^rdata\./, ''),
    depth: 1,
    value: [value, ...targets.map(target => `→ @${target}`)].join(' '),
    meaning: fault ?? meaning,
    wire,
    section,
    ...(entry !== undefined && {entry}),
    ...(fault !== undefined && {role: 'bad' as const}),
  };
}

/** Which entries of the additional section are records of their own: OPT is not listed among them. */
function additionalEntries(wire: readonly WireField[]): readonly number[] {
  const entries = new Map<number, boolean>();
  for (const {section, entry, name, value} of wire) {
    if (section !== 'additional' || entry === undefined) continue;
    const isOpt = name.endsWith('.type') && /^(OPT|41)\b/.test(value);
    entries.set(entry, (entries.get(entry) ?? false) || isOpt);
  }
  return [...entries].filter(([, isOpt]) => !isOpt).map(([entry]) => entry);
}
