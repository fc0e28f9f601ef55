import {toHex} from '../text/hex.ts';
import type {FieldList} from './field-list.ts';
import {headerFlags} from './tables/codes.ts';
import {opcodeEntry, opcodeName, responseCodeEntry, responseCodeName} from './tables.ts';

/** The twelve bytes before the first question (RFC 1035 §4.1.1). Gives the counts of the four sections, or nothing when it is cut. */
export function walkHeader(list: FieldList): readonly number[] | undefined {
  const {bytes} = list;
  const update = bytes.length >= 4 && opcodeOf(list.word(2)) === updateCode;
  for (const [name, show, means] of header(update)) {
    if (list.left < 2) break;
    const value = list.word(list.at);
    list.add(`header.${name}`, 2, show(value), means(value), {section: 'header'});
  }
  if (bytes.length >= 12) return [4, 6, 8, 10].map(at => list.word(at));
  const reason = `A DNS message has a header of 12 bytes, and only ${bytes.length} are here.`;
  if (list.left > 0) list.rest('header.malformed', 'header', 'A part of a field.', {fault: reason});
  else list.blame(reason);
  return undefined;
}

type Row = readonly [name: string, show: (value: number) => string, means: (value: number) => string];

function header(update: boolean): readonly Row[] {
  return [
    ['id', String, () => 'The response has the same number, by which the sender knows its question again.'],
    ['flags', bits => `0x${toHex(Uint8Array.of(bits >> 8, bits & 0xff))}`, flagsMeaning],
    ...(update ? updateSections : sections).map(
      ([name, one, many]): Row => [
        name,
        String,
        count => `${count === 0 ? 'No' : count} ${count === 1 ? one : many} ${count === 1 ? 'follows' : 'follow'}.`,
      ],
    ),
  ];
}

type Counted = readonly [name: string, one: string, many: string];

const sections: readonly Counted[] = [
  ['questions', 'question', 'questions'],
  ['answers', 'answer record', 'answer records'],
  ['authorities', 'authority record', 'authority records'],
  ['additionals', 'additional record', 'additional records'],
];

/** An update uses the sections for other things (RFC 2136 §2.2). */
const updateSections: readonly Counted[] = [
  ['questions', 'zone to update', 'zones to update'],
  ['answers', 'prerequisite', 'prerequisites'],
  ['authorities', 'change', 'changes'],
  ['additionals', 'additional record', 'additional records'],
];

const updateCode = 5;
const opcodeOf = (bits: number) => (bits >> 11) & 0x0f;

function flagsMeaning(bits: number): string {
  const set = headerFlags.filter(({bit, name}) => name !== 'qr' && (bits & bit) !== 0);
  const isResponse = (bits & 0x8000) !== 0;
  const code = bits & 0x0f;
  const opcode = opcodeOf(bits);
  const what = `A ${isResponse ? 'response' : 'query'}: ${opcodeName(opcode)}`;
  const flags = set.length === 0 ? 'no flag' : set.map(({name}) => name.toUpperCase()).join(' ');
  const result = isResponse || code !== 0 ? `, ${responseCodeName(code)}` : '';
  return [
    `${what}, ${flags}${result}.`,
    ...(isResponse ? [responseCodeEntry(code)?.meaning] : [opcodeEntry(opcode)?.meaning]),
    ...set.map(({name, meaning}) => `${name.toUpperCase()}: ${isResponse || name !== 'ad' ? meaning : adAsked}`),
  ]
    .filter(sentence => sentence !== undefined)
    .join(' ');
}

/** RFC 6840 §5.7: in a query the bit asks for itself. */
const adAsked = 'The client wants to be told whether the answer was validated.';
