import type {BulkRow, BulkState} from '../../../chapters/names/bulk-state.ts';
import type {WireEvent} from '../../../journal/event.ts';
import {formatProblem} from '../../../journal/problem.ts';
import {quantity} from '../../parts/quantity.ts';
import {tablePart} from '../../parts/table.ts';
import type {TableColumn} from '../../parts/table-columns.ts';
import type {Role} from '../../theme.ts';
import type {Explanation, Line, PaneModel, PartModel} from '../../view.ts';

type Model = PaneModel<BulkState>;

/** What went wrong, and the slowest of what went well. */
export const outcomesPart = tablePart<BulkState>({
  id: 'outcomes',
  title: ({state}) => {
    const {wrong, moreWrong, slow} = state;
    const more = moreWrong > 0 ? ` and ${moreWrong} more` : '';
    return `Not NOERROR: ${wrong.length}${more}; the slowest ${slow.length}`;
  },
  items: model => shownItems(model),
  sortedBy: {column: 'seconds', down: true},
  columns: [
    column('name', 'name', 16, 9, row => row.name, {grow: 2, sort: row => row.name}),
    column('type', 'type', 5, 6, row => row.type, {sort: row => row.type}),
    {...column('outcome', 'outcome', 9, 8, row => row.outcome, {sort: row => row.outcome}), cell: outcomeCell},
    column('seconds', 'time', 8, 8, row => quantity(row.seconds, 's'), {right: true, sort: row => row.seconds}),
    column('tries', 'sent', 4, 4, row => String(row.tries), {right: true, sort: row => row.tries}),
    column('size', 'bytes', 6, 3, row => (row.size === 0 ? '' : String(row.size)), {
      right: true,
      sort: row => row.size,
    }),
    column('transport', 'over', 4, 2, row => row.transport, {sort: row => row.transport}),
    column('answers', 'answer', 12, 5, row => row.answers.join(', '), {grow: 3}),
  ],
  empty: ({state, problem}) => {
    if (problem !== undefined) return formatProblem(problem);
    return state.server === '' ? 'The names are being opened.' : 'No outcome yet.';
  },
  explain: explainRow,
});

interface ColumnOptions {
  readonly grow?: number;
  readonly right?: boolean;
  readonly sort?: (row: BulkRow) => number | string;
}

function column(
  id: string,
  head: string,
  width: number,
  rank: number,
  show: (row: BulkRow) => string,
  {grow, right, sort}: ColumnOptions,
): TableColumn<BulkState> {
  return {
    id,
    head,
    width,
    rank,
    ...(grow !== undefined && {grow}),
    ...(right === true && {align: 'right' as const}),
    cell: (item, model) => {
      const row = rowsOf(model.state).get(item);
      return row === undefined ? '' : show(row);
    },
    ...(sort !== undefined && {
      key: (item: number, {state}: PartModel<BulkState>) => {
        const row = rowsOf(state).get(item);
        return row === undefined ? 0 : sort(row);
      },
    }),
  };
}

function outcomeCell(item: number, {state}: PartModel<BulkState>): Line {
  const outcome = rowsOf(state).get(item)?.outcome ?? '';
  return [[outcome, roleOf(outcome)]];
}

/** Response codes in their colours: an answer that there is no such name is an answer. */
export function roleOf(outcome: string): Role {
  if (outcome === 'NOERROR') return 'good';
  return outcome === 'NXDOMAIN' ? 'warn' : 'bad';
}

/** Rows by the number of their question; made once for each state that has other rows. */
const rowMaps = new WeakMap<readonly BulkRow[], {slow: readonly BulkRow[]; rows: ReadonlyMap<number, BulkRow>}>();

function rowsOf({wrong, slow}: BulkState): ReadonlyMap<number, BulkRow> {
  const kept = rowMaps.get(wrong);
  if (kept?.slow === slow) return kept.rows;
  const rows = new Map([...wrong, ...slow].map(row => [row.number, row]));
  rowMaps.set(wrong, {slow, rows});
  return rows;
}

/** The items last shown, so that an array is replaced only when its items are others. */
const shown = new WeakMap<ReadonlyMap<number, BulkRow>, {filter: Model['filter']; items: readonly number[]}>();

function shownItems({state, filter}: Model): readonly number[] {
  const rows = rowsOf(state);
  const kept = shown.get(rows);
  if (kept !== undefined && kept.filter === filter) return kept.items;
  const items = [...rows.values()]
    .filter(row => filter === undefined || filter(eventOf(row), textOf(row)))
    .map(({number}) => number)
    .sort((a, b) => a - b);
  shown.set(rows, {filter, items});
  return items;
}

/** The row as the event that it was made of, for the filter. */
function eventOf(row: BulkRow): WireEvent {
  return {kind: 'answer', t: 0, seq: row.number, run: 0, ...row};
}

const textOf = ({name, type, outcome, answers}: BulkRow): string => `${name} ${type} ${outcome} ${answers.join(' ')}`;

function explainRow({state, cursor}: PartModel<BulkState>): Explanation | undefined {
  const row = rowsOf(state).get(cursor);
  if (row === undefined) return undefined;
  const {says, source} = meanings[row.outcome] ?? {says: 'The question could not be asked.', source: 'RFC 7766 §6.2.4'};
  const sent = row.tries === 1 ? 'It was sent once' : `It was sent ${row.tries} times`;
  const flags = row.flags === '' ? '' : ` Flags of the answer: ${row.flags}.`;
  return {
    title: `${row.name} ${row.type}: ${row.outcome}`,
    says: `${says} ${sent}; it took ${quantity(row.seconds, 's')} from the first sending.${flags}`,
    source,
    equivalents: [{language: 'shell', code: `dig ${row.name} ${row.type}${digServer(state)}\n`}],
  };
}

function digServer({server}: BulkState): string {
  const colon = server.lastIndexOf(':');
  return colon === -1 ? '' : ` @${server.slice(0, colon).replace(/[[\]]/g, '')} -p ${server.slice(colon + 1)}`;
}

const meanings: Readonly<Record<string, {says: string; source: string}>> = {
  NOERROR: {
    says: 'The name is there. Whether it has records of the type asked for is said by their count.',
    source: 'RFC 1035 §4.1.1',
  },
  FORMERR: {says: 'The server could not read the question.', source: 'RFC 1035 §4.1.1'},
  SERVFAIL: {
    says: 'The server could not find the answer: no server of the zone answered it, or the signatures are wrong.',
    source: 'RFC 1035 §4.1.1, RFC 4035 §5.5',
  },
  NXDOMAIN: {says: 'There is no such name, whatever the type.', source: 'RFC 1035 §4.1.1, RFC 8020'},
  NOTIMP: {says: 'The server does not do this kind of question.', source: 'RFC 1035 §4.1.1'},
  REFUSED: {says: 'The server does not want to answer: it may not resolve for everybody.', source: 'RFC 1035 §4.1.1'},
  timeout: {
    says: 'No answer came in time: question or answer was lost, or the server does not answer.',
    source: 'RFC 1035 §4.2.1',
  },
};
