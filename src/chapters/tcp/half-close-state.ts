import type {EventOf} from '../../journal/event.ts';
import type {TcpState} from '../../wire/tcp/states.ts';
import type {CallFields} from './calls.ts';
import {type End, type Side, sides} from './ends.ts';
import type {sessionEvents} from './session-events.ts';

export type HalfCloseEvent = EventOf<typeof sessionEvents>;

export interface SideState {
  /** 0 before the process is known. */
  readonly pid: number;
  readonly alive: boolean;
  /** Whether the process has a descriptor of its end of the connection. */
  readonly open: boolean;
  readonly reading: boolean;
  readonly end: End | undefined;
  /** The states this end came through, the present one last; the oldest are forgotten. */
  readonly states: readonly TcpState[];
  /** Bytes of data given to the kernel, and taken from it. */
  readonly sent: number;
  readonly received: number;
}

export interface HalfCloseState {
  readonly connection: {readonly number: number; readonly client: string; readonly server: string} | undefined;
  /** Who acts when a key is pressed. */
  readonly turn: Side;
  readonly client: SideState;
  readonly server: SideState;
  readonly notice: string | undefined;
  /** The sockets are Node's own: some calls are not to be had. */
  readonly byNode: boolean;
}

export function startHalfClose(reading: boolean): HalfCloseState {
  const side = {...newConnection, pid: 0, alive: true, reading};
  return {connection: undefined, turn: 'client', client: side, server: side, notice: undefined, byNode: false};
}

const newConnection = {open: false, end: undefined, states: ['CLOSED'], sent: 0, received: 0} as const;

const closes = ['close', 'node:destroy', 'node:resetAndDestroy'];
const accepts = ['accept4', 'node:connection'];

/** As many states as TCP has: no way through a connection is longer. */
const statesKept = 12;

export function reduceHalfClose(state: HalfCloseState, event: HalfCloseEvent): HalfCloseState {
  switch (event.kind) {
    case 'notice':
      return {...state, notice: event.says};
    case 'connected': {
      const {number, client, server} = event;
      const fresh = (side: SideState): SideState => ({...side, ...newConnection});
      const connection = {number, client, server};
      return {...state, connection, client: {...fresh(state.client), open: true}, server: fresh(state.server)};
    }
    case 'turn':
      return isSide(event.by) ? {...state, turn: event.by} : state;
    case 'reading':
      return isSide(event.by) ? withSide(state, event.by, {reading: event.on}) : state;
    case 'call':
      return afterCall(state, event);
    case 'ended':
      return isSide(event.by) ? withSide(state, event.by, {alive: false, open: false}) : state;
    case 'ends':
      return sides.reduce((next, side) => withEnd(next, side, event[side]), state);
    default:
      return state;
  }
}

export function isSide(name: string): name is Side {
  return name === 'client' || name === 'server';
}

function withSide(state: HalfCloseState, side: Side, change: Partial<SideState>): HalfCloseState {
  return {...state, [side]: {...state[side], ...change}};
}

function afterCall(state: HalfCloseState, call: CallFields): HalfCloseState {
  if (!isSide(call.by)) return state;
  const {sent, received, open} = state[call.by];
  const moved = Math.max(0, call.result);
  const next = {...state, byNode: call.name.startsWith('node:')};
  return withSide(next, call.by, {
    pid: call.pid,
    alive: true,
    // Linux gives the number back whatever close() returns.
    open: closes.includes(call.name) ? false : open || (accepts.includes(call.name) && call.errno === undefined),
    sent: call.direction === 'sent' ? sent + moved : sent,
    received: call.direction === 'received' ? received + moved : received,
  });
}

function withEnd(state: HalfCloseState, side: Side, end: End): HalfCloseState {
  const states = [...state[side].states, ...end.through].slice(-statesKept);
  return withSide(state, side, {end, states});
}
