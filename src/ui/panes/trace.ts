import type {TraceAsked, TraceState} from '../../chapters/names/trace-state.ts';
import {codePart} from '../parts/code.ts';
import {dnsMessageParts} from '../parts/dns-message.ts';
import type {DnsShown} from '../parts/dns-shown.ts';
import {columns, stack} from '../parts/stack.ts';
import {textPart} from '../parts/text.ts';
import type {Line, PaneModel, View} from '../view.ts';
import {askedOf} from './trace/rows.ts';
import {chosenRow, treePart} from './trace/tree.ts';
import {trustPart, verdictRoles} from './trace/trust.ts';

type Model = PaneModel<TraceState>;

/** What the selected server said, as text, as fields and as bytes. */
const response = dnsMessageParts<TraceState>({
  shown: shownResponse,
  title: responseTitle,
  jumpId: model => chosenAsked(model)?.seq,
  empty: model => chosenAsked(model)?.says ?? 'Nobody was asked yet.',
});

function chosenAsked(model: Model): TraceAsked | undefined {
  const row = chosenRow(model);
  return row === undefined ? undefined : askedOf(row, model.state);
}

function shownResponse(model: Model): DnsShown | undefined {
  const seq = chosenAsked(model)?.seq;
  const event = seq === undefined ? undefined : model.journal.get(seq);
  if (event?.bytes === undefined) return undefined;
  return {owner: model.ask, id: event.seq, bytes: () => model.journal.bytesOf(event)};
}

function responseTitle(model: Model): string {
  const asked = chosenAsked(model);
  return asked === undefined ? 'Response' : `${asked.server} on ${asked.name} ${asked.type}`;
}

/** Tabs become columns that fit, and a narrow part leaves out what they would take. */
function recordLine(line: string, width: number): Line {
  const [name = '', ttl = '', code = '', type = '', ...data] = line.split(/[\t ]+/);
  const front = width < 70 ? `${name} ` : `${name.padEnd(28)} ${ttl.padStart(6)} ${code} `;
  return [front, [`${type.padEnd(6)} `, 'call'], data.join(' ')];
}

/** The answer: what the servers of the last zone say. */
const end = textPart<TraceState>(
  'end',
  ({state}) => answerTitle(state),
  (model, width) => {
    const {answer: found, ended, aliases} = model.state;
    const via: Line[] = aliases.map(({from, to, by}) => [[from, 'strong'], ` is an alias of ${to} `, [by, 'dim']]);
    if (found === undefined) return [...via, [[ended?.says ?? 'Not there yet.', ended === undefined ? 'dim' : 'warn']]];
    if (found.records.length === 0) return [...via, [[`${found.outcome}: ${found.says}`, 'warn']]];
    return [...via, ...found.records.map(line => recordLine(line, width))];
  },
);

function answerTitle({answer: found}: TraceState): string {
  return found === undefined ? 'Answer' : `Answer: ${found.rcode}, ${found.says}`;
}

function heading({state, ask, status}: Model): Line {
  const name = `${String(ask['name'])} ${String(ask['type'])}`;
  const {verdict, ended} = state;
  if (verdict !== undefined)
    return [
      [name, 'strong'],
      '  ',
      [verdict.verdict, verdictRoles[verdict.verdict]],
      `  ${verdict.reason}`,
      [verdict.extendedError === '' ? '' : ` (${verdict.extendedError})`, 'dim'],
    ];
  const going = ended?.says ?? (status === 'running' ? 'going down from the root' : '');
  return [
    [name, 'strong'],
    [`  ${going}`, 'dim'],
  ];
}

export const traceView: View<TraceState> = {
  first: 'tree',
  heading,
  parts: [treePart, end, trustPart, ...response, codePart()],
  layout(size, {state}) {
    const found = (state.answer?.records.length ?? 0) + state.aliases.length;
    const isLow = size.height < 30;
    const tree = {part: 'tree', atLeast: isLow ? 5 : 10, share: 3, rank: 9};
    const ending = {part: 'end', atLeast: Math.min(isLow ? 3 : 6, 2 + Math.max(0, found - 1)), rank: 8};
    const trust = {part: 'trust', atLeast: Math.min(isLow ? 5 : 10, Math.max(3, 1 + state.links.length)), rank: 7};
    const said = {part: 'answer', atLeast: 6, share: 2, rank: 6};
    const fields = {part: 'fields', atLeast: 6, share: 1, rank: 3};
    const bytes = {part: 'bytes', atLeast: 6, share: 1, rank: 4};
    const code = {part: 'code', atLeast: 10, share: 1, rank: 2};
    if (size.width < 150) return stack([tree, ending, trust, said, bytes], size);
    return columns([tree, ending, trust], [said, fields, bytes, code], size, {wideFrom: 150, leftShare: 0.5});
  },
};
