import type {ListenEvent} from './listen-events.ts';
import {type Rows, rowOf, withoutRow, withRow} from './rows.ts';

/** Closed connections that stay in the table. */
const mostClosed = 200;

/** One connection of the server. */
export interface ServedConnection {
  readonly connection: number;
  readonly fd: number;
  readonly peer: string;
  readonly local: string;
  /** As the kernel has it, or open and closed until it was asked. */
  readonly state: string;
  readonly received: number;
  readonly sent: number;
  /** Output of the program that the kernel did not take. */
  readonly waiting: number;
  readonly mostWaiting: number;
  readonly sendQueue: number;
  readonly receiveQueue: number;
  readonly rtt: number;
  readonly untold: number;
  readonly openedAt: number;
  /** When it was closed; -1 while it is open. */
  readonly closedAt: number;
  readonly why: string;
  readonly peerEnded: boolean;
  readonly sendShut: boolean;
  readonly reading: boolean;
  /** Somebody has taken it over. */
  readonly taken: boolean;
}

export interface ListenState {
  readonly listening:
    | {readonly address: string; readonly port: number; readonly backlog: number; readonly behaviour: string}
    | undefined;
  /** Numbers of the connections in the table, in the order in which they came. */
  readonly order: readonly number[];
  readonly rows: Rows<ServedConnection>;
  readonly closedOrder: readonly number[];
  readonly open: number;
  readonly served: number;
  /** The connection that keys act on; 0 while there is none. */
  readonly chosen: number;
  readonly queue: {readonly waiting: number; readonly backlog: number} | undefined;
  readonly paused: string;
  readonly deaf: boolean;
  readonly notice: string;
}

export function startListen(): ListenState {
  return {
    listening: undefined,
    order: [],
    rows: {},
    closedOrder: [],
    open: 0,
    served: 0,
    chosen: 0,
    queue: undefined,
    paused: '',
    deaf: false,
    notice: '',
  };
}

export function reduceListen(state: ListenState, event: ListenEvent): ListenState {
  switch (event.kind) {
    case 'listening': {
      const {address, port, backlog, behaviour} = event;
      return {...state, listening: {address, port, backlog, behaviour}};
    }
    case 'accepted':
      return accepted(state, event);
    case 'call':
      return called(state, event);
    case 'more':
      return changed(state, event.connection, row => ({
        sent: row.sent + event.sent,
        received: row.received + event.received,
        untold: row.untold + event.sent + event.received,
      }));
    case 'waiting':
      return changed(state, event.connection, row => ({
        waiting: event.unsent,
        mostWaiting: Math.max(row.mostWaiting, event.unsent),
      }));
    case 'eof':
      return changed(state, event.connection, () => ({peerEnded: true}));
    case 'reading':
      return changed(state, event.connection, () => ({reading: event.on}));
    case 'broken':
      return changed(state, event.connection, () => ({why: `broken: ${event.errno ?? ''}`}));
    case 'closed':
      return closed(state, event);
    case 'chosen':
      return {...changed(state, event.connection, () => ({taken: true})), chosen: event.connection};
    case 'paused':
      return {...state, paused: event.why};
    case 'resumed':
      return {...state, paused: ''};
    case 'deaf':
      return {...state, deaf: true};
    case 'notice':
      return {...state, notice: event.says};
    case 'sample':
      return sampled(state, event);
    default:
      return state;
  }
}

type Of<Kind extends ListenEvent['kind']> = Extract<ListenEvent, {kind: Kind}>;

function changed(
  state: ListenState,
  id: number | undefined,
  change: (row: ServedConnection) => Partial<ServedConnection>,
): ListenState {
  const row = id === undefined ? undefined : rowOf(state.rows, id);
  return row === undefined ? state : {...state, rows: withRow(state.rows, row.connection, {...row, ...change(row)})};
}

function accepted(state: ListenState, {connection, fd, peer, local, t}: Of<'accepted'>): ListenState {
  const counts = {received: 0, sent: 0, waiting: 0, mostWaiting: 0, sendQueue: 0, receiveQueue: 0, rtt: 0, untold: 0};
  const flags = {peerEnded: false, sendShut: false, reading: true, taken: false};
  const row = {connection, fd, peer, local, state: 'open', ...counts, openedAt: t, closedAt: -1, why: '', ...flags};
  return {
    ...state,
    order: [...state.order, connection],
    rows: withRow(state.rows, connection, row),
    open: state.open + 1,
    served: state.served + 1,
  };
}

function called(
  state: ListenState,
  {connection, name, direction, bytes, errno, arguments: list}: Of<'call'>,
): ListenState {
  if (name === 'shutdown' && errno === undefined && (list as readonly unknown[])[1] !== 'SHUT_RD')
    return changed(state, connection, () => ({sendShut: true}));
  // SO_LINGER 0 is what makes the close() that follows a reset.
  if (name === 'setsockopt' && (list as readonly unknown[])[1] === 'SO_LINGER')
    return changed(state, connection, () => ({why: 'reset'}));
  if (direction === undefined) return state;
  return changed(state, connection, row => ({[direction]: row[direction] + (bytes?.length ?? 0)}));
}

/** A closed connection stays, with its reason; the oldest of too many goes. */
function closed(state: ListenState, event: Of<'closed'>): ListenState {
  const {connection, why, errno, unsent, t} = event;
  const row = rowOf(state.rows, connection);
  if (row === undefined) return state;
  const reason = why === 'command' && row.why === 'reset' ? 'reset by hand' : (reasons[why] ?? why);
  const lost = unsent > 0 ? `, ${unsent} B never sent` : '';
  const next = changed(state, connection, () => ({
    closedAt: t,
    state: 'closed',
    why: `${reason}${errno === undefined ? '' : ` ${errno}`}${lost}`,
    waiting: 0,
    sendQueue: 0,
    receiveQueue: 0,
  }));
  const closedOrder = [...state.closedOrder, connection];
  const gone = closedOrder.length > mostClosed ? closedOrder.shift() : undefined;
  return {
    ...next,
    closedOrder,
    open: state.open - 1,
    chosen: state.chosen === connection ? 0 : state.chosen,
    ...(gone !== undefined && {rows: withoutRow(next.rows, gone), order: state.order.filter(id => id !== gone)}),
  };
}

const reasons: Readonly<Record<string, string>> = {
  finished: 'served',
  command: 'closed by hand',
  reset: 'reset',
  failed: 'failed:',
  stopped: 'server ended',
};

function sampled(state: ListenState, {acceptQueue, backlog, connections}: Of<'sample'>): ListenState {
  let next: ListenState = {...state, queue: {waiting: acceptQueue, backlog}};
  for (const {connection, state: kernel, sendQueue, receiveQueue, rtt} of connections)
    next = changed(next, connection, row => ({state: kernel, sendQueue, receiveQueue, rtt: rtt ?? row.rtt}));
  return next;
}
