import type {TraceState} from '../../chapters/names/trace-state.ts';
import {codePart} from '../parts/code.ts';
import {columns, stack} from '../parts/stack.ts';
import {textPart} from '../parts/text.ts';
import type {Line, PaneModel, View} from '../view.ts';
import {chosenRow, treePart} from './trace/tree.ts';
import {trustPart, verdictRoles} from './trace/trust.ts';

type Model = PaneModel<TraceState>;

/** What the selected server said, or the referral that led to the selected zone. */
const records = textPart<TraceState>('records', recordsTitle, (model, width) => {
  const row = chosenRow(model);
  if (row === undefined) return [[['Nothing is selected.', 'dim']]];
  if (row.kind === 'finding') return [[row.finding.says]];
  const lines = row.kind === 'zone' ? row.zone.records : row.asked.records;
  if (lines.length === 0)
    return [[[row.kind === 'asked' ? row.asked.says : 'The hints are no part of any answer.', 'dim']]];
  return lines.map(line => recordLine(line, width));
});

function recordsTitle(model: Model): string {
  const row = chosenRow(model);
  if (row === undefined || row.kind === 'finding') return 'Finding';
  if (row.kind === 'zone') return `What leads to ${row.zone.zone}`;
  return `What ${row.asked.server} says to ${row.asked.name} ${row.asked.type}`;
}

/** Tabs become columns that fit, and a narrow part leaves out what they would take. */
function recordLine(line: string, width: number): Line {
  const [name = '', ttl = '', code = '', type = '', ...data] = line.split(/[\t ]+/);
  const front = width < 70 ? `${name} ` : `${name.padEnd(28)} ${ttl.padStart(6)} ${code} `;
  return [front, [`${type.padEnd(6)} `, 'call'], data.join(' ')];
}

/** The answer: what the servers of the last zone say. */
const answer = textPart<TraceState>(
  'answer',
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
  parts: [treePart, records, answer, trustPart, codePart()],
  layout(size, {state}) {
    const found = (state.answer?.records.length ?? 0) + state.aliases.length;
    const tree = {part: 'tree', atLeast: 5, share: 3, rank: 9};
    const said = {part: 'records', atLeast: size.height < 30 ? 5 : 4, share: 1, rank: 4};
    const end = {part: 'answer', atLeast: Math.min(6, 2 + Math.max(0, found - 1)), rank: 8};
    const trust = {part: 'trust', atLeast: Math.min(size.height < 30 ? 5 : 10, 3 + state.links.length), rank: 7};
    const code = {part: 'code', atLeast: 6, share: 1, rank: 2};
    if (size.width < 150) return stack([tree, end, trust, said], size);
    return columns([tree, said], [end, trust, code], size, {wideFrom: 150, leftShare: 0.5});
  },
};
