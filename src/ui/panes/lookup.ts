import {sockaddrText} from '../../chapters/names/lookup-python.ts';
import type {LookupState} from '../../chapters/names/lookup-state.ts';
import type {WireEvent} from '../../journal/event.ts';
import {counted} from '../../wire/text/counted.ts';
import {codePart} from '../parts/code.ts';
import {eventsPart} from '../parts/events.ts';
import {lineText} from '../parts/line.ts';
import {listPart} from '../parts/list.ts';
import {quantity} from '../parts/quantity.ts';
import {columns, stack, type Wish} from '../parts/stack.ts';
import {tablePart} from '../parts/table.ts';
import {textPart} from '../parts/text.ts';
import type {Line, PaneModel, PartModel, PartReply, View} from '../view.ts';
import {explainRow, rowLines} from './lookup/explain-row.ts';
import {factsOf} from './lookup/facts.ts';

type Model = PaneModel<LookupState>;

const rowAt = (item: number, {state}: Model) => state.rows[item];

const itemsOf = (() => {
  const made = new WeakMap<object, readonly number[]>();
  return ({state: {rows}}: Model) => {
    const known = made.get(rows) ?? rows.map((_, index) => index);
    made.set(rows, known);
    return known;
  };
})();

const rows = tablePart<LookupState>({
  id: 'rows',
  title: ({state}) => `The infolist: ${counted(state.rows.length, 'row')}`,
  items: itemsOf,
  columns: [
    {id: 'number', head: '#', width: 3, rank: 4, align: 'right', cell: item => [[String(item + 1), 'dim']]},
    {
      id: 'family',
      head: 'family',
      width: 11,
      rank: 7,
      cell: (item, model) => named(rowAt(item, model)?.family, rowAt(item, model)?.familyNumber),
    },
    {
      id: 'type',
      head: 'type',
      width: 13,
      rank: 6,
      cell: (item, model) => named(rowAt(item, model)?.type, rowAt(item, model)?.typeNumber),
    },
    {
      id: 'proto',
      head: 'proto',
      width: 14,
      rank: 5,
      cell: (item, model) => named(rowAt(item, model)?.proto, rowAt(item, model)?.protoNumber),
    },
    {
      id: 'canonname',
      head: 'canonname',
      width: 9,
      grow: 1,
      rank: 3,
      cell: (item, model) => rowAt(item, model)?.canonname || [["''", 'dim']],
    },
    {
      id: 'sockaddr',
      head: 'sockaddr',
      width: 20,
      grow: 2,
      rank: 9,
      cell: (item, model) => [[sockaddrText(rowAt(item, model)?.sockaddr), 'strong']],
    },
    {id: 'connect', head: 'connect', width: 12, rank: 8, cell: connectCell},
  ],
  empty: ({state, problem}) =>
    problem?.says ??
    {
      asking: 'The look-up is under way: C gives it up.',
      failed: `No rows: ${state.failure?.code ?? 'it failed'}.`,
      cancelled: 'Given up. a looks up again.',
      answered: 'No rows.',
    }[state.phase],
  grabs: key => key === 'c' || key === 'n',
  press: connectKey,
  explain(model) {
    const row = rowAt(model.cursor, model);
    return row && explainRow(row);
  },
});

function named(name: string | undefined, number: number | undefined): Line {
  return [`${(name ?? '').replace(/^(SOCK|IPPROTO)_/, '')} `, [String(number ?? ''), 'dim']];
}

function connectCell(item: number, {state}: Model): Line {
  const attempt = state.attempts[item + 1];
  if (attempt === undefined) return [];
  if (!attempt.connected) return [[attempt.errno ?? 'failed', 'bad']];
  return state.open === item + 1 ? [['connected', 'good']] : [['was open', 'dim']];
}

/** The row under the cursor goes with the action: a key alone would not say which. */
function connectKey(key: string, {cursor, state}: PartModel<LookupState>): PartReply | undefined {
  const action = {c: 'connect', enter: 'connect', n: 'rest'}[key];
  return action === undefined || state.rows.length === 0 ? undefined : {action, args: {row: cursor + 1}};
}

const facts = listPart<LookupState>({
  id: 'facts',
  title: () => 'Where it comes from',
  range: model => ({first: 0, end: factsOf(model).length}),
  row: (item, model) => factsOf(model)[item]?.line ?? [],
  empty: () => 'Nothing is known yet.',
  explain: model => factsOf(model)[model.cursor]?.explain,
  copies: model => [{label: 'the line', text: lineText(factsOf(model)[model.cursor]?.line ?? []).trim()}],
});

const calls = eventsPart<LookupState>({
  id: 'calls',
  title: () => 'Calls',
  text: callText,
  role: event => (event['errno'] === undefined && event['code'] === undefined ? 'dim' : 'bad'),
  empty: () => 'The process is starting.',
  explain: event =>
    event.kind === 'call'
      ? {
          title: String(event['text']),
          says: `It returned ${String(event['result'])}${event['errno'] === undefined ? '' : `, ${String(event['errno'])}: ${String(event['means'])}`}.`,
          source: 'RFC 3493 §6.1; getaddrinfo(3), socket(2), connect(2)',
        }
      : undefined,
});

function callText(event: WireEvent): string | Line | undefined {
  if (event.kind === 'call') {
    const {text, result, errno, seconds} = event as unknown as {
      text: string;
      result: number;
      errno?: string;
      seconds: number;
    };
    return [
      [text, errno === undefined ? 'plain' : 'bad'],
      ` = ${result}${errno === undefined ? '' : ` ${errno}`}`,
      [`  ${quantity(seconds, 's')}`, 'dim'],
    ];
  }
  const said = plain(event);
  if (said !== undefined) return said;
  if (event.kind === 'row')
    return `${String(event['family'])} ${String(event['type'])} ${sockaddrText(event['sockaddr'])}`;
  if (event.kind === 'attempt')
    return `row ${String(event['row'])}, ${String(event['address'])}: ${event['connected'] === true ? 'connected' : String(event['errno'])}`;
  return undefined;
}

/** Events whose one sentence is among their fields. */
function plain(event: WireEvent): string | undefined {
  const name = {
    asked: 'call',
    failed: 'code',
    switch: 'text',
    hosts: 'text',
    origin: 'says',
    notice: 'says',
    idn: 'says',
  }[event.kind];
  if (name !== undefined) return String(event[name]);
  if (event.kind === 'source')
    return `${String(event['name'])}: ${(event['addresses'] as string[]).join(', ') || String(event['code'])}`;
  if (event.kind === 'resolver')
    return `${(event['servers'] as string[]).join(', ')} for ${(event['tried'] as string[]).join(', ')}`;
  return event.kind === 'answer' ? (event['rows'] === 1 ? '1 row' : `${String(event['rows'])} rows`) : undefined;
}

const chosen = textPart<LookupState>(
  'row',
  model => `Row ${cursorOf(model) + 1} in full`,
  model => {
    const row = rowAt(cursorOf(model), model);
    return row === undefined
      ? [[[' None is selected.', 'dim']]]
      : rowLines(row, model.state).map(line => [' ', ...line]);
  },
);

const cursorOf = (model: Model): number => (model as PartModel<LookupState>).cursors?.['rows'] ?? 0;

export const lookupView: View<LookupState> = {
  first: 'rows',
  parts: [rows, chosen, facts, calls, codePart<LookupState>()],
  heading({state}) {
    const {call, phase, answer, failure, origin} = state;
    const rowsHere = counted(answer?.rows ?? 0, 'row');
    const outcome: Line[number] = {
      asking: ['asking …', 'warn'] as const,
      answered: [`${rowsHere} in ${quantity(answer?.seconds ?? 0, 's')}`, 'good'] as const,
      failed: [failure?.code ?? 'failed', 'bad'] as const,
      cancelled: ['given up', 'warn'] as const,
    }[phase];
    return [' ', outcome, origin === undefined ? '' : [`  from ${origin.from}`, 'accent'], '  ', [call, 'call']];
  },
  layout(size, {state}) {
    const few = Math.max(3, Math.min(2 + state.rows.length, Math.floor(size.height / 3)));
    const table: Wish = {part: 'rows', atLeast: size.height < 12 ? 4 : Math.max(4, few), share: 1, rank: 10};
    const full: Wish = {part: 'row', atLeast: 7, rank: 6};
    const where: Wish = {part: 'facts', atLeast: size.height < 12 ? 4 : 6, share: 1, rank: 8};
    const called: Wish = {part: 'calls', atLeast: 4, share: 1, rank: 5};
    const code: Wish = {part: 'code', atLeast: 8, share: 2, rank: 2};
    const inFull = state.rows.length === 0 ? [] : [full];
    if (size.width >= 150)
      return columns([table, where, called], [...inFull, code], size, {wideFrom: 150, leftShare: 0.6});
    return stack([table, ...inFull, where, called], size);
  },
};
