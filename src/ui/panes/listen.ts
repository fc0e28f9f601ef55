import type {ListenState, ServedConnection} from '../../chapters/tcp/listen-state.ts';
import {rowOf} from '../../chapters/tcp/rows.ts';
import {formatProblem} from '../../journal/problem.ts';
import {tcpStates} from '../../wire/tcp/states.ts';
import {callsPart} from '../parts/calls.ts';
import {codePart} from '../parts/code.ts';
import {type Gauge, gaugeRows, gaugesPart} from '../parts/gauges.ts';
import {quantity} from '../parts/quantity.ts';
import {columns, stack} from '../parts/stack.ts';
import {tablePart} from '../parts/table.ts';
import type {TableColumn} from '../parts/table-columns.ts';
import {queueGauges} from '../parts/tcp-figures.ts';
import {transferParts} from '../parts/transfers.ts';
import type {Role} from '../theme.ts';
import type {Line, PaneModel, PartModel, Placed, Size, View} from '../view.ts';

type Model = PaneModel<ListenState>;

/** Keys that act on the connection under the cursor, and what they do. */
const rowKeys: Readonly<Record<string, string>> = {
  enter: 'open',
  o: 'open',
  w: 'shut-wr',
  r: 'shut-rd',
  b: 'shut-rdwr',
  c: 'close',
  t: 'reset',
  a: 'reading',
};

export const listenView: View<ListenState> = {
  heading,
  first: 'connections',
  parts: [
    tablePart<ListenState>({
      id: 'connections',
      title: ({state}) => `Connections: ${state.open} open, ${state.served} in all`,
      items: ({state}) => state.order,
      columns: tableColumns(),
      empty: ({state, problem}) => {
        if (problem !== undefined) return formatProblem(problem);
        return state.listening === undefined ? 'The server is starting.' : `Nobody has connected yet. ${tryIt(state)}`;
      },
      grabs: (key, model) => rowKeys[key] !== undefined && selected(model)?.closedAt === -1,
      press: (key, model) =>
        rowKeys[key] === undefined || selected(model)?.closedAt !== -1
          ? undefined
          : {action: rowKeys[key], args: {connection: model.cursor}},
      explain: explainRow,
    }),
    gaugesPart<ListenState>('queues', 'Where connections and bytes wait', gauges),
    ...transferParts<ListenState>({
      title: bytesTitle,
      connection: shownConnection,
      roles: {sent: 'server', received: 'client'},
      empty: () => 'No bytes yet.',
    }),
    callsPart<ListenState>(() => 'The server’s process is starting.'),
    codePart(),
  ],
  layout,
};

const ageOf = ({openedAt, closedAt}: ServedConnection, now: number) => (closedAt < 0 ? now : closedAt) - openedAt;

/** A closed connection is dim in every cell, and says why in words. */
function cell(show: (row: ServedConnection, model: PartModel<ListenState>) => string, role: Role = 'plain') {
  return (item: number, model: PartModel<ListenState>): Line => {
    const row = rowOf(model.state.rows, item);
    return row === undefined ? [] : [[show(row, model), row.closedAt >= 0 ? 'dim' : role]];
  };
}

function key(of: (row: ServedConnection) => number | string) {
  return (item: number, {state}: Model): number | string => {
    const row = rowOf(state.rows, item);
    return row === undefined ? 0 : of(row);
  };
}

function tableColumns(): readonly TableColumn<ListenState>[] {
  const number = (
    id: string,
    head: string,
    rank: number,
    of: (row: ServedConnection) => number,
  ): TableColumn<ListenState> => ({
    id,
    head,
    width: 8,
    align: 'right',
    rank,
    cell: cell(row => quantity(of(row), 'B')),
    key: key(of),
  });
  return [
    {
      id: 'number',
      head: '#',
      width: 4,
      align: 'right',
      rank: 8,
      cell: cell(row => `${row.taken ? '*' : ''}${row.connection}`),
    },
    {
      id: 'peer',
      head: 'peer',
      width: 15,
      grow: 1,
      rank: 9,
      cell: cell(row => row.peer, 'client'),
      key: key(row => row.peer),
    },
    {
      id: 'state',
      head: 'state',
      width: 11,
      rank: 7,
      cell: cell(row => row.state, 'accent'),
      key: key(row => row.state),
    },
    number('in', 'in', 6, row => row.received),
    number('out', 'out', 6, row => row.sent),
    number('sendQueue', 'Send-Q', 5, row => row.sendQueue),
    number('receiveQueue', 'Recv-Q', 5, row => row.receiveQueue),
    {
      id: 'age',
      head: 'age',
      width: 7,
      align: 'right',
      rank: 3,
      cell: cell((row, {now}) => quantity(Math.floor(ageOf(row, now) * 10) / 10, 's')),
      key: key(row => -row.openedAt),
    },
    {
      id: 'rtt',
      head: 'rtt',
      width: 7,
      align: 'right',
      rank: 2,
      cell: cell(row => (row.rtt > 0 ? quantity(row.rtt, 's') : '')),
      key: key(row => row.rtt),
    },
    {id: 'why', head: 'what', width: 16, grow: 2, rank: 4, cell: cell(whatHappens, 'warn')},
  ];
}

function whatHappens({why, taken, peerEnded, sendShut, reading, closedAt}: ServedConnection): string {
  if (closedAt >= 0) return why;
  const said = [
    ...(sendShut && peerEnded ? ['both sent FIN'] : sendShut ? ['we sent FIN'] : peerEnded ? ['peer sent FIN'] : []),
    ...(reading ? [] : ['not reading']),
    ...(why === '' ? [] : [why]),
    // Last, because the star before its number says so too.
    ...(taken ? ['in hand'] : []),
  ];
  return said.join(', ');
}

function selected({state, cursor}: PartModel<ListenState>): ServedConnection | undefined {
  return rowOf(state.rows, cursor);
}

/** The connection whose bytes are shown: under the cursor of the table, else in hand, else the newest. */
function shownConnection(model: Model): number {
  const {state} = model;
  const cursor = (model as Partial<PartModel<ListenState>>).cursors?.['connections'];
  if (cursor !== undefined && rowOf(state.rows, cursor) !== undefined) return cursor;
  return state.chosen || (state.order.at(-1) ?? 0);
}

function bytesTitle(model: Model): string {
  const row = rowOf(model.state.rows, shownConnection(model));
  if (row === undefined) return 'Bytes';
  const untold = row.untold === 0 ? '' : `, ${quantity(row.untold, 'B')} too fast to list`;
  return `Connection ${row.connection}: ${quantity(row.received, 'B')} in, ${quantity(row.sent, 'B')} out${untold}`;
}

function heading({state, theme, problem, status}: Model): Line {
  const {listening, paused, deaf, queue, chosen} = state;
  if (listening === undefined)
    return [['server', 'server'], problem === undefined ? ['  starting', 'dim'] : ['  does not listen', 'bad']];
  const host = listening.address.includes(':') ? `[${listening.address}]` : listening.address;
  const hand = rowOf(state.rows, chosen);
  // A saved journal is `done`, and shows what was then.
  const over = deaf || status === 'stopped' || status === 'failed';
  return [
    ['server ', 'server'],
    `${host}:${listening.port} `,
    [over ? 'listens no more' : 'LISTEN', deaf ? 'bad' : over ? 'dim' : 'accent'],
    `  ${listening.behaviour}`,
    [queue !== undefined && queue.waiting > queue.backlog ? '  accept queue full' : '', 'bad'],
    [paused === '' ? '' : `  accept() rests: ${pauses[paused] ?? paused}`, 'warn'],
    [hand === undefined ? '' : `  keys act on ${hand.connection} ${theme.glyphs.right} ${hand.peer}`, 'client'],
    [state.notice === '' ? '' : `  ${state.notice}`, 'warn'],
  ];
}

/** Why accept() is not called, in words. */
const pauses: Readonly<Record<string, string>> = {
  behaviour: 'refuse never calls it (A does)',
  command: 'stopped by hand (A goes on)',
  maximum: 'as many are open as may be',
  'no descriptors': 'no descriptors are left',
};

/** The shortest program that would connect. */
function tryIt({listening}: ListenState): string {
  return listening === undefined ? '' : `Try: nc ${listening.address} ${listening.port}`;
}

/** The listening socket's queue, then the queues of the connection that is shown. */
function gauges(model: Model): readonly Gauge[] {
  const {queue, open} = model.state;
  const row = rowOf(model.state.rows, shownConnection(model));
  const most = Number(model.ask['maxConnections'] ?? 0);
  return [
    {
      label: 'Accept queue',
      value: queue?.waiting ?? 0,
      ...(queue !== undefined && {max: queue.backlog + 1}),
      ...(queue === undefined && {note: 'not known yet'}),
    },
    {label: 'Open', value: open, ...(most > 0 && {max: most})},
    ...(row === undefined ? [] : queueGauges(row, row.waiting, row.mostWaiting)),
  ];
}

function explainRow(model: PartModel<ListenState>) {
  const row = selected(model);
  if (row === undefined) return undefined;
  const known = (tcpStates as Readonly<Record<string, {means: string} | undefined>>)[row.state];
  const means = known?.means ?? 'The program has closed it, and the kernel keeps nothing of it any more.';
  const fate = row.closedAt < 0 ? '' : ` It was closed: ${row.why}.`;
  return {
    title: `Connection ${row.connection}: ${row.peer} to ${row.local}, ${row.state}`,
    says: `${means}${fate} ${quantity(row.received, 'B')} came in and ${quantity(row.sent, 'B')} went out. Recv-Q is what arrived and was not read, Send-Q what the peer has not acknowledged.`,
    source: 'RFC 9293 §3.3.2, ss(8)',
  };
}

function layout(size: Size, model: Model): readonly Placed[] {
  const wide = size.width >= 150;
  const bars = gaugeRows(gauges(model), wide ? size.width * 0.45 : size.width) + 1;
  const table = {part: 'connections', atLeast: 5, share: 2, rank: 9};
  const bytes = {part: 'bytes', atLeast: 4, share: 2, rank: 6};
  const calls = {part: 'calls', atLeast: 5, share: 2, rank: 5};
  if (!wide)
    return stack(
      [table, {part: 'queues', atLeast: bars, rank: 4}, bytes, {part: 'hex', atLeast: 4, share: 1, rank: 2}, calls],
      size,
    );
  const right = [{part: 'queues', atLeast: bars, rank: 6}, calls, {part: 'code', atLeast: 6, share: 2, rank: 1}];
  return columns([table, bytes, {part: 'hex', atLeast: 5, share: 1, rank: 3}], right, size, {
    wideFrom: 150,
    leftShare: 0.58,
  });
}
