import type {EventOf} from '../../journal/event.ts';
import type {TcpState} from '../../wire/tcp/states.ts';
import {shortCall} from './call-text.ts';
import type {CallFields} from './calls.ts';
import type {End, Side} from './ends.ts';
import type {sharedEvents} from './shared-events.ts';
import {type Member, members} from './shared-session.ts';

export type SharedEvent = EventOf<typeof sharedEvents>;

export interface MemberState {
  readonly pid: number;
  readonly alive: boolean;
  readonly open: boolean;
  readonly reading: boolean;
}

export interface Holder {
  readonly by: string;
  readonly pid: number;
  readonly fd: number;
}

export const endingCalls = ['close', 'SHUT_RD', 'SHUT_WR', 'SHUT_RDWR'] as const;

export type EndingCall = (typeof endingCalls)[number];

/** What was seen after one holder ended something while another process held the socket too. */
export interface Finding {
  readonly by: string;
  /** Holders left when it returned. */
  readonly left: number;
  /** Whether a FIN went out. */
  readonly fin: boolean;
  /** The next call of the other holder: `send("x") = -1 EPIPE`. */
  readonly other: string | undefined;
  readonly failed: boolean;
}

export interface SharedState {
  readonly connection: {readonly number: number; readonly client: string; readonly server: string} | undefined;
  readonly turn: Member;
  readonly parent: MemberState;
  readonly child: MemberState;
  readonly peer: MemberState;
  readonly client: {readonly end: End | undefined; readonly states: readonly TcpState[]};
  readonly server: {readonly end: End | undefined; readonly states: readonly TcpState[]};
  readonly holders: readonly Holder[];
  readonly findings: {readonly [Call in EndingCall]?: Finding};
  /** The ending that the next calls tell about. */
  readonly pending: EndingCall | undefined;
  readonly notice: string | undefined;
}

const noEnd = {end: undefined, states: ['CLOSED']} as const;

export function startShared(): SharedState {
  const member = {pid: 0, alive: true, open: false, reading: false};
  return {
    connection: undefined,
    turn: 'parent',
    parent: member,
    child: member,
    peer: {...member, reading: true},
    client: noEnd,
    server: noEnd,
    holders: [],
    findings: {},
    pending: undefined,
    notice: undefined,
  };
}

export function reduceShared(state: SharedState, event: SharedEvent): SharedState {
  switch (event.kind) {
    case 'notice':
      return {...state, notice: event.says};
    case 'connected': {
      const {number, client, server} = event;
      const open = withMember(state, 'parent', {open: true});
      return {...open, connection: {number, client, server}, client: noEnd, server: noEnd, pending: undefined};
    }
    case 'turn':
      return isMember(event.by) ? {...state, turn: event.by} : state;
    case 'reading':
      return withMember(state, event.by, {reading: event.on});
    case 'forked':
      return {...withMember(state, 'child', {pid: event.pid, alive: true, open: true}), pending: undefined};
    case 'call':
      return withFinding(afterCall(state, event), state, event);
    case 'segment':
      return event.flags === 'FIN' && event.from === 'client' ? changeFinding(state, {fin: true}) : state;
    case 'ended':
      return withMember(state, event.by, {alive: false, open: false});
    case 'ends':
      return {...state, client: nextEnd(state, 'client', event.client), server: nextEnd(state, 'server', event.server)};
    case 'holders':
      return {...state, holders: event.holders};
    default:
      return state;
  }
}

export function isMember(name: string): name is Member {
  return members.some(member => member === name);
}

function withMember(state: SharedState, name: string, change: Partial<MemberState>): SharedState {
  return isMember(name) ? {...state, [name]: {...state[name], ...change}} : state;
}

function nextEnd(state: SharedState, side: Side, end: End) {
  return {end, states: [...state[side].states, ...end.through].slice(-12)};
}

function afterCall(state: SharedState, call: CallFields): SharedState {
  if (!isMember(call.by)) return state;
  const {open} = state[call.by];
  const accepted = call.name === 'accept4' && call.errno === undefined;
  return withMember(state, call.by, {
    pid: call.pid,
    alive: true,
    open: call.name === 'close' ? false : open || accepted,
  });
}

/** A call that ends something opens a finding, and the other holder's next one completes it. */
function withFinding(state: SharedState, before: SharedState, call: CallFields): SharedState {
  if (call.by !== 'parent' && call.by !== 'child') return state;
  const {pending} = state;
  const ending = endingOf(call);
  const left = (['parent', 'child'] as const).filter(name => state[name].open).length;
  if (pending !== undefined && state.findings[pending]?.by !== call.by && ['send', 'recv'].includes(call.name)) {
    const failed = call.errno !== undefined || (call.name === 'recv' && call.result === 0);
    return {...changeFinding(state, {other: shortCall(call, undefined), failed}), pending: undefined};
  }
  const shared = before.parent.open && before.child.open;
  if (ending === undefined || !shared || call.errno !== undefined) return state;
  const finding: Finding = {by: call.by, left, fin: false, other: undefined, failed: false};
  return {...state, pending: ending, findings: {...state.findings, [ending]: finding}};
}

function endingOf(call: CallFields): EndingCall | undefined {
  if (call.name === 'close') return 'close';
  const how = (call.arguments as readonly unknown[])[1];
  return call.name === 'shutdown' ? endingCalls.find(ending => ending === how) : undefined;
}

function changeFinding(state: SharedState, change: Partial<Finding>): SharedState {
  const {pending, findings} = state;
  const finding = pending === undefined ? undefined : findings[pending];
  if (pending === undefined || finding === undefined) return state;
  return {...state, findings: {...findings, [pending]: {...finding, ...change}}};
}
