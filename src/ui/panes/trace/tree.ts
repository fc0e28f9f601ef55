import type {TraceAsked, TraceState, TraceZone} from '../../../chapters/names/trace-state.ts';
import {listPart} from '../../parts/list.ts';
import {listedOrder} from '../../parts/order.ts';
import {quantity} from '../../parts/quantity.ts';
import type {Role} from '../../theme.ts';
import type {Explanation, Line, PaneModel, PartModel} from '../../view.ts';
import {type TraceRow, traceRows} from './rows.ts';

type Model = PaneModel<TraceState>;

/** The row under the cursor of the tree; while another part has the keys, the one it was left on. */
export function chosenRow(model: Model): TraceRow | undefined {
  const rows = traceRows(model.state);
  const cursor = (model as Partial<PartModel<TraceState>>).cursors?.['tree'];
  return rows.find(({seq}) => seq === cursor) ?? rows[0];
}

const marks: Readonly<Record<TraceAsked['outcome'], Role>> = {
  answer: 'good',
  alias: 'good',
  'no such name': 'warn',
  'no data': 'warn',
  referral: 'accent',
  lame: 'bad',
  failure: 'bad',
  silent: 'bad',
  unreachable: 'bad',
};

export const treePart = listPart<TraceState>({
  id: 'tree',
  title: ({state}) => {
    const wrong = state.findings.filter(({severity}) => severity === 'wrong').length;
    const found =
      state.findings.length === 0 ? '' : `, ${state.findings.length} findings${wrong > 0 ? ` (${wrong} wrong)` : ''}`;
    return `Zones: ${state.zones.length}, servers asked ${state.asked.length} times${found}`;
  },
  range: ({state}) => ({first: 0, end: traceRows(state).reduce((end, {seq}) => Math.max(end, seq + 1), 0)}),
  order({filter, state, journal}) {
    const passes = (row: TraceRow) => {
      const event = journal.get(row.seq);
      return filter === undefined || (event !== undefined && filter(event, rowText(row)));
    };
    return listedOrder(traceRows(state).flatMap(row => (passes(row) ? [row.seq] : [])));
  },
  row: (item, model) => rowLine(rowAt(item, model), model),
  empty: ({problem, status}) => problem?.says ?? (status === 'running' ? 'The root is asked.' : 'Nobody was asked.'),
  explain: model => explain(rowAt(model.cursor, model)),
  copies(model) {
    const row = rowAt(model.cursor, model);
    if (row === undefined) return [];
    const records = row.kind === 'zone' ? row.zone.records : row.kind === 'asked' ? row.asked.records : [];
    return [
      {label: 'the row', text: rowText(row)},
      ...(records.length > 0 ? [{label: 'the records', text: records.join('\n')}] : []),
      {label: 'the tree', text: traceRows(model.state).map(rowText).join('\n')},
    ];
  },
});

const rowAt = (item: number, {state}: Model) => traceRows(state).find(({seq}) => seq === item);

function rowText(row: TraceRow): string {
  const indent = '  '.repeat(row.depth);
  switch (row.kind) {
    case 'zone':
      return `${indent}${row.zone.zone}  ${row.zone.by}`;
    case 'asked':
      return `${indent}  ${row.asked.server} ${row.asked.address}  ${row.asked.outcome}: ${row.asked.says}`;
    case 'finding':
      return `${indent}  ${row.finding.severity}: ${row.finding.says}`;
  }
}

function rowLine(row: TraceRow | undefined, {theme, size}: PartModel<TraceState>): Line {
  if (row === undefined) return [];
  const indent = (size.width < 60 ? ' ' : '  ').repeat(row.depth);
  if (row.kind === 'zone') return [indent, ...zoneLine(row.zone)];
  if (row.kind === 'finding') {
    const wrong = row.finding.severity === 'wrong';
    return [indent, '  ', [`${wrong ? 'wrong' : 'odd'} `, wrong ? 'bad' : 'warn'], row.finding.says];
  }
  const {server, address, outcome, says, seconds, aa, name, type, why} = row.asked;
  const branch: Line = [`${indent}  `, [`${theme.glyphs.horizontal} `, 'dim']];
  const mark: Line[number] = [outcome, marks[outcome]];
  const what: Line[number] = why === 'trace' ? '' : [`  ${name} ${type}, ${why}`, 'dim'];
  // Where little fits, what came of it goes first.
  if (size.width < 60) return [...branch, mark, ' ', [server, 'server'], what, `  ${says}`];
  const end: Line[number] = [`${aa ? '  aa' : ''}  ${quantity(seconds, 's')}`, 'dim'];
  return [...branch, [server, 'server'], [` ${address}`, 'dim'], '  ', mark, what, `  ${says}`, end];
}

function zoneLine({zone, servers, signed, by}: TraceZone): Line {
  const ds: Line[number] = signed === undefined ? '' : signed ? ['  DS', 'good'] : ['  no DS', 'warn'];
  const addresses = servers.reduce((sum, server) => sum + server.addresses.length, 0);
  return [[zone, 'strong'], ds, [`  ${addresses} ${addresses === 1 ? 'address' : 'addresses'}, ${by}`, 'dim']];
}

const outcomeSays: Readonly<Record<TraceAsked['outcome'], string>> = {
  answer: 'It answers with authority (AA): it is a server of the zone, and the name is in it.',
  alias:
    'It answers with authority (AA) that the name is another one, which is not in this zone: the search begins again with that.',
  'no such name':
    'It says with authority that there is no such name: NXDOMAIN. Nothing below it is there either (RFC 8020).',
  'no data':
    'The name is there, and has no records of this type: NOERROR with an empty answer, and the SOA of the zone (RFC 2308 §2.2).',
  referral:
    'It does not know the name and says who does: the NS records of a zone further down, and the addresses of its servers as glue. That is no answer, so AA is not set.',
  lame: 'It was named as a server of this zone and does not serve it: it refuses, answers without authority, or refers to somewhere that leads no further down. Whoever asks it loses time.',
  failure: 'It is a server of the zone, perhaps, and cannot answer: the response code says how.',
  silent: 'No answer came in time. Resolvers wait for such a server again and again.',
  unreachable: 'Nothing could be sent to it, or its machine says that nobody listens there.',
};

function explain(row: TraceRow | undefined): Explanation | undefined {
  if (row === undefined) return undefined;
  if (row.kind === 'finding')
    return {title: row.finding.code, says: sentence(row.finding.says), source: 'RFC 1912 §2.8, RFC 2182'};
  if (row.kind === 'asked')
    return {
      title: `${row.asked.outcome} from ${row.asked.server}`,
      says: `${outcomeSays[row.asked.outcome]} Here: ${sentence(row.asked.says)}`,
      source: 'RFC 1034 §4.3.2 and §5.3.3',
    };
  const {zone, by, servers, signed} = row.zone;
  const named = servers.map(({name, source}) => `${name} (${source})`).join(', ');
  const ds =
    signed === undefined
      ? 'The root has no parent: its key is the trust anchor.'
      : signed
        ? 'The zone above has a DS record for it, so its data must be signed.'
        : 'The zone above has no DS record for it: it is not part of the chain of trust.';
  return {
    title: `The zone ${zone}`,
    says: `Known by ${sentence(by)} Servers: ${named}. Glue is an address that the zone above keeps because only the zone itself could be asked for it. ${ds}`,
    source: 'RFC 1034 §4.2, RFC 4035 §3.1.4',
  };
}

/** With a full stop; the dot of a name that stands at the end is one already. */
function sentence(says: string): string {
  return says.endsWith('.') ? says : `${says}.`;
}
