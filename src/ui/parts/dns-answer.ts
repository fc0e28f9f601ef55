import {digText} from '../../wire/dns/dig-text.ts';
import {rdataText} from '../../wire/dns/rdata/text.ts';
import type {ResourceRecord} from '../../wire/dns/types.ts';
import type {PaneModel, Part, PartModel} from '../view.ts';
import {explainDnsLine} from './dns-explain.ts';
import type {AnswerLine} from './dns-lines.ts';
import type {DnsMessageOf} from './dns-message.ts';
import type {DnsRead} from './dns-shown.ts';
import {fieldAt} from './hex-fields.ts';
import {listPart} from './list.ts';

type Reader<State> = (model: PaneModel<State>) => DnsRead | undefined;

export function lineOf({lines}: DnsRead, index: number): AnswerLine | undefined {
  return lines[index];
}

/** The message as dig prints it. */
export function answerPart<State>({title, empty, jumpId}: DnsMessageOf<State>, read: Reader<State>): Part<State> {
  const part = listPart<State>({
    id: 'answer',
    title,
    empty,
    range: model => ({first: 0, end: read(model)?.lines.length ?? 0}),
    row: (item, model) => read(model)?.lines[item]?.line ?? [],
    linked(model) {
      const known = read(model);
      if (known === undefined || (model.focus !== 'fields' && model.focus !== 'bytes')) return undefined;
      const at = model.cursors[model.focus] ?? 0;
      return lineAt(known, model.focus === 'fields' ? at : fieldAt(known.fields, at), model.cursor);
    },
    explain(model) {
      const known = read(model);
      const line = known?.lines[model.cursor];
      return known === undefined || line === undefined ? undefined : explainDnsLine(line, known, recordOf(known, line));
    },
    copies(model) {
      const known = read(model);
      return known === undefined ? [] : copiesOf(known, model);
    },
  });
  return {
    ...part,
    // A message that comes on screen is looked at where its first record is.
    jump(model) {
      const known = read(model);
      const id = jumpId?.(model);
      if (known === undefined || id === undefined) return undefined;
      return {
        id,
        cursor: Math.max(
          0,
          known.lines.findIndex(({kind}) => kind === 'record'),
        ),
      };
    },
  };
}

/** The line of the record or question that a field belongs to; where the cursor is on one of them, that one. */
function lineAt({fields, lines}: DnsRead, index: number, cursor: number): number | undefined {
  const field = fields[index];
  if (field === undefined) return undefined;
  const belongs = ({section, entry}: AnswerLine) => section === field.section && entry === field.entry;
  const here = lines[cursor];
  if (here !== undefined && belongs(here)) return cursor;
  const found = lines.findIndex(belongs);
  if (found !== -1) return found;
  // OPT has no record line: its options stand at the top.
  const option = lines.findIndex(({kind}) => kind === 'option');
  return field.section === 'additional' && option !== -1 ? option : undefined;
}

/** The record on a line. */
function recordOf({decoded: {message}, lines}: DnsRead, line: AnswerLine): ResourceRecord | undefined {
  if (line.kind !== 'record') return undefined;
  const place = lines.filter(({kind, section}) => kind === 'record' && section === line.section).indexOf(line);
  const records = {answer: message.answers, authority: message.authorities, additional: message.additionals};
  return line.section === 'header' || line.section === 'question' ? undefined : records[line.section][place];
}

function copiesOf<State>(read: DnsRead, model: PartModel<State>) {
  const line = read.lines[model.cursor];
  const record = line === undefined ? undefined : recordOf(read, line);
  const {message} = read.decoded;
  const all = digText(message).join('\n');
  return [
    ...(line === undefined ? [] : [{label: 'the line as dig prints it', text: line.text}]),
    ...(record === undefined ? [] : [{label: 'the data of the record', text: rdataText(record.type, record.data)}]),
    {label: 'all of it as dig prints it', text: all},
    {label: 'the answers, short', text: message.answers.map(({type, data}) => rdataText(type, data)).join('\n')},
  ];
}
