import {digText} from '../../wire/dns/dig-text.ts';
import type {DecodedMessage, Section} from '../../wire/dns/types.ts';
import type {Role} from '../theme.ts';
import type {Line} from '../view.ts';

/** A line of what dig prints, and what of the message it shows. */
export interface AnswerLine {
  readonly line: Line;
  /** As dig writes it, with its tabs. */
  readonly text: string;
  readonly section: Section;
  readonly entry?: number;
  /** What kind of line it is: records are the rows one looks for. */
  readonly kind: 'head' | 'section' | 'question' | 'option' | 'record';
}

/** `additional` names the entries of that section that are no OPT. */
export function answerLines(
  {message, faults, trailing}: DecodedMessage,
  additional: readonly number[],
): readonly AnswerLine[] {
  const texts = digText(message, {trailing, ...(faults.length > 0 && {malformed: true})});
  const widths = widthsOf(texts);
  const counts: Record<Section, number> = {header: 0, question: 0, answer: 0, authority: 0, additional: 0};
  let section: Section = 'header';
  const lines: AnswerLine[] = [];
  for (const text of texts) {
    // On a screen the styles part the sections, and every row counts.
    if (text === '' || text === ';; Got answer:') continue;
    section = sectionOf(text) ?? section;
    const isRecord = !text.startsWith(';');
    const isQuestion = section === 'question' && /^;[^;]/.test(text);
    const entry = isRecord || isQuestion ? counts[section]++ : undefined;
    const place = entry === undefined ? undefined : section === 'additional' ? additional[entry] : entry;
    lines.push({...shown(text, isRecord, isQuestion, widths), section, ...(place !== undefined && {entry: place})});
  }
  return lines;
}

/** `;; ANSWER SECTION:`, and what the sections are called in an update (RFC 2136 §2). */
const sections: Readonly<Record<string, Section>> = {
  QUESTION: 'question',
  ZONE: 'question',
  ANSWER: 'answer',
  PREREQUISITE: 'answer',
  AUTHORITY: 'authority',
  UPDATE: 'authority',
  ADDITIONAL: 'additional',
  OPT: 'additional',
  TSIG: 'additional',
  SIG0: 'additional',
};

function sectionOf(text: string): Section | undefined {
  const name = /^;; ([A-Z0-9]+) (?:PSEUDO)?SECTION:/.exec(text)?.[1];
  return name === undefined ? undefined : sections[name];
}

function shown(
  text: string,
  isRecord: boolean,
  isQuestion: boolean,
  widths: Widths,
): Pick<AnswerLine, 'line' | 'text' | 'kind'> {
  if (isRecord) return {text, line: recordLine(text, widths), kind: 'record'};
  if (isQuestion) return {text, line: questionLine(text), kind: 'question'};
  if (/SECTION:$/.test(text)) return {text, line: [[text, 'title']], kind: 'section'};
  const status = /^(.*status: )([A-Z0-9]+)(.*)$/.exec(text);
  if (status !== null)
    return {
      text,
      line: [
        [status[1]!, 'dim'],
        [status[2]!, statusRole(status[2]!)],
        [status[3]!, 'dim'],
      ],
      kind: 'head',
    };
  const warns = /WARNING|Warning/.test(text);
  const isOption = /^; /.test(text);
  return {text, line: [[text, warns ? 'warn' : isOption ? 'call' : 'dim']], kind: isOption ? 'option' : 'head'};
}

/** The role of a response code: what is there, what is not, and what went wrong. */
export function statusRole(status: string): Role {
  return status === 'NOERROR' ? 'good' : status === 'NXDOMAIN' ? 'warn' : 'bad';
}

/** Name, TTL, class and type have no blanks in them; the data is the rest. */
const columns = /^(\S+)\s+(\S+)\s+(\S+)\s+(\S+)\s*(.*)$/;

/** The widest name, TTL and type of a message. */
interface Widths {
  readonly name: number;
  readonly ttl: number;
  readonly type: number;
}

function recordLine(text: string, widths: Widths): Line {
  const [, name = '', ttl = '', code = '', type = '', data = ''] = columns.exec(text) ?? [];
  return [
    [name.padEnd(widths.name), 'strong'],
    [` ${ttl.padStart(widths.ttl)} ${code} `, 'dim'],
    [`${type.padEnd(widths.type)} `, 'accent'],
    data.replaceAll('\t', ' '),
  ];
}

function questionLine(text: string): Line {
  const [, name = '', code = '', type = ''] = /^;(\S+)\s+(\S+)\s+(\S+)/.exec(text) ?? [];
  return [
    [`;${name}`, 'strong'],
    [` ${code} `, 'dim'],
    [type, 'accent'],
  ];
}

/** The widest there are, but no name so wide that there is no room for anything else. */
function widthsOf(texts: readonly string[]): Widths {
  const records = texts.filter(text => text !== '' && !text.startsWith(';')).map(text => columns.exec(text) ?? []);
  const widest = (column: number) => Math.max(0, ...records.map(cells => cells[column]?.length ?? 0));
  return {name: Math.min(32, widest(1)), ttl: widest(2), type: Math.min(10, widest(4))};
}
