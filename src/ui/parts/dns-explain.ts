import {types} from '../../wire/dns/numbers.ts';
import {rdataText} from '../../wire/dns/rdata/text.ts';
import {
  className,
  optionEntry,
  optionNumber,
  responseCodeEntry,
  responseCodeNumber,
  typeEntry,
  typeName,
  typeNumber,
} from '../../wire/dns/tables.ts';
import type {Message, ResourceRecord} from '../../wire/dns/types.ts';
import type {Explanation} from '../view.ts';
import type {AnswerLine} from './dns-lines.ts';
import type {DnsField, DnsRead} from './dns-shown.ts';

/** A field of the wire: what it means, and where that is written. */
export function explainDnsField(
  {label, value, meaning = '', start, end, section, entry, wire}: DnsField,
  read: DnsRead,
): Explanation {
  const size = end - start === 1 ? `byte ${start}` : `bytes ${start} to ${end - 1}`;
  const where = entry === undefined ? section : `${section} ${entry}`;
  const jump = (wire?.targets ?? []).length > 0 ? ' Enter goes to where the name goes on.' : '';
  const source = sourceOf(wire?.name ?? '', section, recordTypeOf(read, section, entry));
  return {
    title: label,
    says: `${value}: ${meaning} ${size.charAt(0).toUpperCase()}${size.slice(1)} of the message, in ${where}.${jump}`.replace(
      /^: /,
      '',
    ),
    ...(source !== undefined && {source}),
  };
}

/** A line of the answer: the record's type, the response code, the option. */
export function explainDnsLine(
  {text, kind, section, entry}: AnswerLine,
  {decoded: {message}}: DnsRead,
  record: ResourceRecord | undefined,
): Explanation | undefined {
  if (kind === 'record' && record !== undefined) return explainRecord(record);
  if (kind === 'question') {
    const question = message.questions[entry ?? 0];
    if (question === undefined) return undefined;
    const about = typeEntry(question.type);
    const says =
      `Asked for ${question.name}, class ${className(question.class)}, type ${typeName(question.type)}. ${about?.meaning ?? ''}`.trim();
    return {title: 'question', says, source: 'RFC 1035 §4.1.2'};
  }
  const status = /status: ([A-Z0-9]+)/.exec(text)?.[1];
  if (status !== undefined) {
    const about = responseCodeEntry(responseCodeNumber(status) ?? message.rcode);
    return {
      title: status,
      says: about?.meaning ?? 'A response code that no registry has.',
      source: about?.source ?? 'RFC 1035 §4.1.1',
    };
  }
  if (/^;; flags/.test(text))
    return {title: 'flags', says: flagsSay(message), source: 'RFC 1035 §4.1.1, RFC 4035 §3.2'};
  if (kind === 'option') return explainOption(text);
  if (/WARNING|Warning/.test(text)) return {title: 'warning', says: warningSays(text), source: 'RFC 1035 §4.1.1'};
  return kind === 'section' ? sectionsSay[section] : undefined;
}

function explainRecord({type, data, ttl, name}: ResourceRecord): Explanation {
  const about = typeEntry(type);
  return {
    title: typeName(type),
    says: `${name} ${rdataText(type, data)}: ${about?.meaning ?? 'A type that has no name here.'} It may be kept for ${ttl} s (TTL).`,
    source: about?.source ?? 'RFC 3597 §5',
  };
}

function explainOption(text: string): Explanation {
  if (/^; EDNS:/.test(text))
    return {
      title: 'EDNS',
      says: 'The OPT record: which version of EDNS the sender speaks, whether it wants DNSSEC records (do), and the largest UDP message it takes.',
      source: 'RFC 6891 §6.1',
    };
  const word = /^; ([A-Z0-9-]+)/.exec(text)?.[1] ?? '';
  const about = optionEntry(optionNumber(word === 'PAD' ? 'PADDING' : word) ?? -1);
  return {
    title: word || 'option',
    says: about?.meaning ?? 'An option that has no name here.',
    source: about?.source ?? 'RFC 6891 §6.1.2',
  };
}

const sectionsSay: Readonly<Record<string, Explanation>> = {
  question: {title: 'question', says: 'What was asked, repeated by the server.', source: 'RFC 1035 §4.1.2'},
  answer: {
    title: 'answer',
    says: 'The records that answer the question, with the aliases on the way to them.',
    source: 'RFC 1035 §4.1',
  },
  authority: {
    title: 'authority',
    says: 'Name servers that know more, or the SOA that says how long the “no” may be kept.',
    source: 'RFC 1035 §4.1, RFC 2308 §3',
  },
  additional: {
    title: 'additional',
    says: 'Records that may save a question, and OPT.',
    source: 'RFC 1035 §4.1, RFC 6891 §6.1',
  },
  header: {title: 'header', says: 'Twelve bytes that every message begins with.', source: 'RFC 1035 §4.1.1'},
};

function warningSays(text: string): string {
  if (/recursion/.test(text))
    return 'RD asked the server to find the answer elsewhere, and it does not do that for you (no RA).';
  if (/extra byte/.test(text)) return 'Behind the last record that the header counts there is something more.';
  return 'Part of the message could not be read: the fields that are marked say why.';
}

const flagMeanings = {
  aa: 'AA: the server is an authority for the name',
  tc: 'TC: the message was cut',
  rd: 'RD: recursion was asked for',
  ra: 'RA: the server offers recursion',
  z: 'Z: the reserved bit is set',
  ad: 'AD: the server vouches that all of it was verified with DNSSEC',
  cd: 'CD: the server was asked not to check',
} as const;

function flagsSay({flags, response}: Message): string {
  const names = Object.keys(flagMeanings) as (keyof typeof flagMeanings)[];
  const set = names.filter(name => flags[name]).map(name => flagMeanings[name]);
  return `${[response ? 'QR: a response' : 'no QR: a query', ...set].join('. ')}.`;
}

function recordTypeOf({fields}: DnsRead, section: string, entry: number | undefined): number | undefined {
  const type = fields.find(
    field => field.section === section && field.entry === entry && field.wire?.name.endsWith('.type') === true,
  );
  return type === undefined ? undefined : typeNumber(type.value.split(' ')[0] ?? '');
}

function sourceOf(name: string, section: string, type: number | undefined): string | undefined {
  if (section === 'header') return /\.(ad|cd)$/.test(name) ? 'RFC 4035 §3.2' : 'RFC 1035 §4.1.1';
  if (section === 'question') return 'RFC 1035 §4.1.2';
  if (type === types.OPT) return 'RFC 6891 §6.1';
  if (/\.rdata/.test(name)) return type === undefined ? undefined : typeEntry(type)?.source;
  return 'RFC 1035 §4.1.3';
}
