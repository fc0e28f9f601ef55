import {shortCall} from '../../chapters/tcp/call-text.ts';
import type {CallFields} from '../../chapters/tcp/calls.ts';
import type {End} from '../../chapters/tcp/ends.ts';
import type {Segment} from '../../chapters/tcp/segments.ts';
import type {WireEvent} from '../../journal/event.ts';
import type {JournalView, Line, PaneModel} from '../view.ts';
import type {LadderRow} from './ladder.ts';

/** A rung with the events it is made of. */
export interface Rung extends LadderRow {
  readonly seqs: readonly number[];
  /** Whose call stands in the left lane, where several processes share it. */
  readonly by?: string;
  /** Whether it is a call that may put something on the wire. */
  readonly sends?: boolean;
}

/** The lane of a process, by its name. */
export type LaneOf = (by: string) => 'left' | 'right';

/**
 * Puts calls, segments and changes of state together into rungs: a call, what it sent, and the call that took it share one.
 * What was told before is kept, so that a new event costs no more than itself.
 */
export function rungsOf<State>(laneOf: LaneOf): (model: PaneModel<State>) => readonly Rung[] {
  let kept: {run: number; first: number; end: number; rungs: readonly Rung[]} | undefined;
  return ({journal}) => {
    const {first, end} = journal;
    const run = journal.get(first)?.run ?? -1;
    const goesOn = kept !== undefined && kept.run === run && kept.first === first && kept.end <= end;
    if (goesOn && kept!.end === end) return kept!.rungs;
    const rungs = goesOn ? [...kept!.rungs] : [];
    for (let seq = goesOn ? kept!.end : first; seq < end; seq++) add(rungs, seq, journal, laneOf);
    kept = {run, first, end, rungs};
    return rungs;
  };
}

function add(rungs: Rung[], seq: number, journal: JournalView, laneOf: LaneOf): void {
  const event = journal.get(seq);
  if (event === undefined) return;
  const adder = adders[event.kind];
  if (adder !== undefined) adder(rungs, event, laneOf, journal);
}

type Adder = (rungs: Rung[], event: WireEvent, laneOf: LaneOf, journal: JournalView) => void;

const adders: Readonly<Record<string, Adder>> = {
  call: addCall,
  blocked: (rungs, event, laneOf) =>
    push(rungs, event, {[laneOf(String(event['by']))]: [[`${String(event['name'])}() waits`, 'warn']]}),
  segment: addSegment,
  ends: addStates,
  ended: (rungs, event, laneOf) =>
    push(rungs, event, {
      by: String(event['by']),
      [laneOf(String(event['by']))]: [[`process ${String(event['pid'])} ended`, 'bad']],
    }),
  notice: (rungs, event) => push(rungs, event, {left: [[String(event['says']), 'warn']]}),
  connected: addConnection,
  forked: (rungs, event) =>
    push(rungs, event, {
      by: String(event['by']),
      left: [[`process ${String(event['pid'])} inherits it as ${String(event['fd'])}`, 'good']],
    }),
};

function addCall(rungs: Rung[], event: WireEvent, laneOf: LaneOf, journal: JournalView): void {
  const call = event as unknown as CallFields;
  const lane = laneOf(call.by);
  // The error stands first: a lane may be too narrow for what comes behind.
  const {errno, ...rest} = call;
  const text = shortCall(rest, journal.bytesOf(event));
  const failure: Line = errno === undefined ? [] : [[`${errno} `, 'bad']];
  const words: Line = [
    ...failure,
    text,
    ...(call.name === 'recv' && call.result === 0 ? ([[endWords(lane, event.seq, journal), 'warn']] as const) : []),
  ];
  const last = rungs.at(-1);
  const takes = ['recv', 'node:read'].includes(call.name) && call.result > 0;
  if (takes && last?.[lane] === undefined && last?.arrow?.to === lane && / B\??$/.test(last.arrow.label))
    join(rungs, event, {[lane]: words});
  else push(rungs, event, {[lane]: words, sends: sending.includes(call.name), by: call.by});
}

/** Why recv() gave 0: a FIN has come, or this side itself has said that it will not read. */
function endWords(lane: 'left' | 'right', before: number, journal: JournalView): string {
  for (let seq = before - 1; seq >= journal.first; seq--) {
    const event = journal.get(seq);
    if (event?.kind !== 'ends') continue;
    const {state, noReading} = event[lane === 'left' ? 'client' : 'server'] as End;
    const noFin = ['ESTABLISHED', 'FIN_WAIT1', 'FIN_WAIT2'].includes(state);
    return noFin && noReading === true ? '  because of SHUT_RD' : '  end of file';
  }
  return '  end of file';
}

const sending = [
  ...['connect', 'send', 'shutdown', 'close'],
  ...['node:connect', 'node:write', 'node:end', 'node:destroy', 'node:resetAndDestroy'],
];

function addSegment(rungs: Rung[], event: WireEvent): void {
  const {from, flags, size, certain} = event as unknown as Segment;
  const label = `${flags === 'data' ? `${size} B` : flags}${certain ? '' : '?'}`;
  const arrow = {
    to: from === 'client' ? ('right' as const) : ('left' as const),
    label,
    ...(flags === 'RST' && {role: 'bad' as const}),
    ...(flags === 'ACK' && {role: 'dim' as const}),
  };
  const sender = from === 'client' ? 'left' : 'right';
  const last = rungs.at(-1);
  const called = last?.[sender] !== undefined && last.arrow === undefined && last.sends === true;
  if (called && flags !== 'ACK' && flags !== 'SYN ACK') join(rungs, event, {arrow});
  else push(rungs, event, {arrow});
}

/** Where the kernel's states changed: on the rung of the acknowledgment that did it, if there is one. */
function addStates(rungs: Rung[], event: WireEvent): void {
  const lanes = [
    ['left', event['client'] as End],
    ['right', event['server'] as End],
  ] as const;
  const changed = lanes.filter(([, end]) => end.through.length > 0);
  if (changed.length === 0) return;
  const words = Object.fromEntries(changed.map(([lane, end]) => [lane, statesText(end)]));
  const last = rungs.at(-1);
  if (last?.arrow !== undefined && last.left === undefined && last.right === undefined) join(rungs, event, words);
  else push(rungs, event, words);
}

function statesText({through}: End): Line {
  const from = through.at(-2);
  return [
    [through.at(-1) ?? '', 'strong'],
    [from === undefined ? '' : ` from ${from}`, 'dim'],
  ];
}

function addConnection(rungs: Rung[], event: WireEvent): void {
  const number = Number(event['number']);
  if (number > 1)
    push(rungs, event, {left: [[`connection ${number}`, 'title']], right: [[String(event['client']), 'dim']]});
}

function push(rungs: Rung[], event: WireEvent, what: Partial<Rung>): void {
  rungs.push({item: event.seq, t: event.t, seqs: [event.seq], ...what});
}

/** Replaces the last rung: those that were handed out stay as they are. */
function join(rungs: Rung[], event: WireEvent, what: Partial<Rung>): void {
  const last = rungs.pop()!;
  rungs.push({...last, ...what, seqs: [...last.seqs, event.seq]});
}
