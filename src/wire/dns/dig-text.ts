import {optLines} from './dig-options.ts';
import {dataText, questionText, recordText} from './dig-record.ts';
import {headerFlags} from './tables/codes.ts';
import {responseCodeName} from './tables.ts';
import type {Message, ResourceRecord} from './types.ts';

export {recordText} from './dig-record.ts';

/** What dig prints around a message, and the message itself does not know. */
export interface DigExtra {
  /** What was asked, for the first line: `; <<>> … <<>> @127.4.0.53 www.example.test`. */
  readonly command?: string;
  /** A truncated answer came first, over UDP. */
  readonly truncatedFirst?: boolean;
  /** The message could be read in part only. */
  readonly malformed?: boolean;
  /** Bytes behind its last record. */
  readonly trailing?: number;
  readonly seconds?: number;
  readonly server?: {
    readonly address: string;
    readonly port: number;
    readonly transport: string;
    readonly name?: string;
  };
  /** `Tue Dec 01 03:30:01 UTC 2026`. */
  readonly when?: string;
  /** Bytes of the message. */
  readonly size?: number;
  /** The client cookie that was sent, so that the one that came back can be called good (RFC 7873 §5.3). */
  readonly clientCookie?: Uint8Array;
}

/** A message as dig prints it, line by line. */
export function digText(message: Message, extra: DigExtra = {}): readonly string[] {
  return [
    ...(extra.truncatedFirst === true ? [';; Truncated, retrying in TCP mode.'] : []),
    ...(extra.command === undefined ? [] : ['', `; <<>> wirebook <<>> ${extra.command}`, ';; global options: +cmd']),
    ...headerLines(message, extra),
    ...optSection(message, extra),
    ...questionSection(message),
    ...recordSection(message, 'answers'),
    ...recordSection(message, 'authorities'),
    ...recordSection(message, 'additionals'),
    ...transactionSection(message),
    ...statistics(extra),
  ];
}

/** What `dig +short` prints: the data of the answers alone. */
export function digShort(message: Message): readonly string[] {
  return message.answers.map(dataText);
}

/** One section's records, as `dig +noall +answer` prints them. */
export function recordLines(records: readonly ResourceRecord[]): readonly string[] {
  return records.map(recordText);
}

const opcodes = ['QUERY', 'IQUERY', 'STATUS', undefined, 'NOTIFY', 'UPDATE'] as const;
const update = 5;
const tsig = 250;
const sig = 24;

function headerLines(message: Message, {malformed, trailing = 0}: DigExtra): readonly string[] {
  const {id, opcode, rcode, flags} = message;
  const set = headerFlags.filter(({name}) => (name === 'qr' ? message.response : flags[name])).map(({name}) => name);
  const shown = set.filter(name => name !== 'z').map(name => ` ${name}`);
  const reserved = flags.z ? '; MBZ: 0x4' : '';
  const counts = [
    message.questions.length,
    message.answers.length,
    message.authorities.length,
    message.additionals.length + (message.edns === undefined ? 0 : 1),
  ];
  const sections = sectionNames(message).map((section, index) => `${section.short}: ${counts[index]}`);
  const warnings = [
    ...(flags.rd && !flags.ra && message.response ? [';; WARNING: recursion requested but not available'] : []),
    ...(trailing > 0 ? [`;; WARNING: Message has ${trailing} extra bytes at end`] : []),
  ];
  return [
    ...(malformed === true ? [';; Warning: Message parser reports malformed message packet.'] : []),
    ...(message.response ? [';; Got answer:'] : []),
    `;; ->>HEADER<<- opcode: ${opcodes[opcode] ?? `RESERVED${opcode}`}, status: ${statusText(rcode)}, id: ${id}`,
    `;; flags:${shown.join('')}${reserved}; ${sections.join(', ')}`,
    ...warnings,
    '',
  ];
}

/** dig has no names for 11 to 15, for those that only TSIG and TKEY use (17 to 22), nor for what is not assigned. */
function statusText(rcode: number): string {
  if (rcode >= 11 && rcode <= 15) return `RESERVED${rcode}`;
  const name = responseCodeName(rcode);
  return name.startsWith('RCODE') || (rcode >= 17 && rcode <= 22) ? `?${rcode}` : name;
}

interface SectionName {
  readonly short: string;
  readonly long: string;
}

/** RFC 2136 §2: an update has other things in the four sections. */
function sectionNames({opcode}: Message): readonly SectionName[] {
  return opcode === update ? updateSections : querySections;
}

const querySections: readonly SectionName[] = [
  {short: 'QUERY', long: 'QUESTION'},
  {short: 'ANSWER', long: 'ANSWER'},
  {short: 'AUTHORITY', long: 'AUTHORITY'},
  {short: 'ADDITIONAL', long: 'ADDITIONAL'},
];

const updateSections: readonly SectionName[] = [
  {short: 'ZONE', long: 'ZONE'},
  {short: 'PREREQ', long: 'PREREQUISITE'},
  {short: 'UPDATE', long: 'UPDATE'},
  {short: 'ADDITIONAL', long: 'ADDITIONAL'},
];

function optSection({edns}: Message, {clientCookie}: DigExtra): readonly string[] {
  return edns === undefined ? [] : [';; OPT PSEUDOSECTION:', ...optLines(edns, clientCookie)];
}

function questionSection(message: Message): readonly string[] {
  if (message.questions.length === 0) return [];
  return [`;; ${sectionNames(message)[0]!.long} SECTION:`, ...message.questions.map(questionText), ''];
}

function recordSection(message: Message, key: 'answers' | 'authorities' | 'additionals'): readonly string[] {
  const records = message[key].filter(record => !isTransaction(record));
  if (records.length === 0) return [];
  const place = ['answers', 'authorities', 'additionals'].indexOf(key) + 1;
  const line = message.opcode === update ? updateText : recordText;
  return [`;; ${sectionNames(message)[place]!.long} SECTION:`, ...records.map(line), ''];
}

/** In an update, a record without data stands for a condition or for a deletion (RFC 2136 §2.4, §2.5). */
function updateText(record: ResourceRecord): string {
  return record.data.length === 0 ? recordText(record).replace(/ ?\\# 0$/, '') : recordText(record);
}

/** TSIG, and SIG that covers no type, belong to the message as a whole. */
function isTransaction({type, data}: ResourceRecord): boolean {
  return type === tsig || (type === sig && data[0] === 0 && data[1] === 0);
}

function transactionSection({additionals}: Message): readonly string[] {
  return additionals
    .filter(isTransaction)
    .flatMap(record => [`;; ${record.type === tsig ? 'TSIG' : 'SIG0'} PSEUDOSECTION:`, recordText(record), '']);
}

function statistics({seconds, server, when, size}: DigExtra): readonly string[] {
  return [
    ...(seconds === undefined ? [] : [`;; Query time: ${Math.round(seconds * 1000)} msec`]),
    ...(server === undefined
      ? []
      : [
          `;; SERVER: ${server.address}#${server.port}(${server.name ?? server.address}) (${server.transport.toUpperCase()})`,
        ]),
    ...(when === undefined ? [] : [`;; WHEN: ${when}`]),
    ...(size === undefined ? [] : [`;; MSG SIZE  rcvd: ${size}`]),
  ];
}
