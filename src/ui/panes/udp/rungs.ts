import {shortCall} from '../../../chapters/tcp/call-text.ts';
import type {CallFields} from '../../../chapters/tcp/calls.ts';
import type {UdpState} from '../../../chapters/tcp/udp-state.ts';
import type {WireEvent} from '../../../journal/event.ts';
import type {LadderRow} from '../../parts/ladder.ts';
import type {Rung} from '../../parts/rungs.ts';
import type {JournalView, Line, PaneModel} from '../../view.ts';

/** The other half of a datagram’s way is looked for among so many rungs: what was lost is not looked for for ever. */
const memory = 24;

type Lane = 'left' | 'right';

const laneOf = (by: string): Lane => (by === 'client' ? 'left' : 'right');

interface UdpRung extends Rung {
  /** It has taken a datagram of so many bytes, and who sent it was not told yet: two processes tell in no common order. */
  readonly took?: {readonly lane: Lane; readonly size: number};
  /** What the server did with what it took. */
  readonly fate?: string;
}

/**
 * The calls of a client and of everybody else, and the datagrams between them: a send and the recvfrom() that took what it
 * sent share a rung. What was told before is kept, so that a new event costs no more than itself.
 */
export function udpRungs(): (model: PaneModel<UdpState>) => readonly Rung[] {
  let kept: {run: number; first: number; end: number; rungs: readonly UdpRung[]} | undefined;
  return ({journal, state}) => {
    const {first, end} = journal;
    const alone = state.role !== 'both';
    const run = journal.get(first)?.run ?? -1;
    const goesOn = kept !== undefined && kept.run === run && kept.first === first && kept.end <= end;
    if (goesOn && kept!.end === end) return kept!.rungs;
    const rungs = goesOn ? [...kept!.rungs] : [];
    for (let seq = goesOn ? kept!.end : first; seq < end; seq++) {
      const event = journal.get(seq);
      if (event !== undefined) add(rungs, event, journal, alone);
    }
    kept = {run, first, end, rungs};
    return rungs;
  };
}

function add(rungs: UdpRung[], event: WireEvent, journal: JournalView, alone: boolean): void {
  if (event.kind === 'call') addCall(rungs, event as WireEvent & CallFields, journal, alone);
  else if (event.kind === 'heard') markFate(rungs, event);
  else if (event.kind === 'fact') markLost(rungs, event);
  else {
    const words = others[event.kind]?.(event);
    if (words !== undefined) push(rungs, event, words);
  }
}

const others: Readonly<Record<string, (event: WireEvent) => Partial<UdpRung>>> = {
  gaveUp: event => ({left: [[`gives up after ${String(event['attempts'])} attempts`, 'bad']]}),
  server: event => ({right: [[serverWords[String(event['state'])] ?? '', 'warn']]}),
  notice: event => ({left: [[String(event['says']), 'warn']]}),
  ended: event => ({[laneOf(String(event['by']))]: [[`${String(event['by'])}’s process ended`, 'bad']]}),
};

const serverWords: Readonly<Record<string, string>> = {
  answering: 'plugged in again',
  silent: 'unplugged: hears, and says nothing',
  closed: 'nobody has the port now',
};

function addCall(rungs: UdpRung[], event: WireEvent & CallFields, journal: JournalView, alone: boolean): void {
  const {by, name, result, errno, arguments: list} = event;
  // How long a recvfrom() waits is told by how long it took.
  if (name === 'setsockopt' && (list as unknown[])[1] === 'SO_RCVTIMEO') return;
  const lane = laneOf(by);
  const words = callWords(event, journal.bytesOf(event));
  const moved = errno === undefined && (name === 'send' || name === 'sendto' || name === 'recvfrom');
  if (!moved) push(rungs, event, {[lane]: words, by});
  else if (name === 'recvfrom') take(rungs, event, lane, words, alone);
  else send(rungs, event, {[lane]: words, by, arrow: {to: lane === 'left' ? 'right' : 'left', label: `${result} B`}});
}

/** A datagram is sent: beside the call that took it, if that was told first. */
function send(
  rungs: UdpRung[],
  event: WireEvent & CallFields,
  what: Partial<UdpRung> & Pick<LadderRow, 'arrow'>,
): void {
  const index = lately(rungs, ({took}) => took?.size === event.result && took.lane === what.arrow!.to);
  const rung = rungs[index];
  if (rung === undefined) push(rungs, event, what);
  else {
    const {took: _took, ...taken} = rung;
    rungs[index] = fated({...taken, ...what, seqs: [event.seq, ...rung.seqs]});
  }
}

/**
 * A datagram is taken: the oldest of this size that is under way to this side. When the other end is not ours (`alone`),
 * nobody will tell that it was sent, and its sender stands in the other lane.
 */
function take(rungs: UdpRung[], event: WireEvent & CallFields, lane: Lane, words: Line, alone: boolean): void {
  // Cut by too little room, it is longer than what was got; `result` is the whole of it.
  const label = `${event.result} B`;
  const index = lately(
    rungs,
    rung => rung.arrow?.to === lane && rung.arrow.label === label && rung[lane] === undefined,
  );
  const rung = rungs[index];
  if (rung !== undefined) {
    rungs[index] = {...rung, [lane]: words, seqs: [...rung.seqs, event.seq]};
    return;
  }
  const sender: Line = [[event.address ?? '', 'dim']];
  const arrow = {arrow: {to: lane, label}, [lane === 'left' ? 'right' : 'left']: sender};
  push(rungs, event, {[lane]: words, by: event.by, took: {lane, size: event.result}, ...(alone && arrow)});
}

/** The first of the latest rungs for which it holds; -1 when there is none. */
function lately(rungs: readonly UdpRung[], holds: (rung: UdpRung) => boolean): number {
  for (let index = Math.max(0, rungs.length - memory); index < rungs.length; index++)
    if (holds(rungs[index]!)) return index;
  return -1;
}

function callWords(event: WireEvent & CallFields, bytes: Uint8Array | undefined): Line {
  const {by, errno, direction, address, ...call} = event;
  const who = by === 'client' || by === 'server' ? '' : `${by}: `;
  const from = direction === 'received' && address !== undefined ? `  from ${address}` : '';
  const told = call.name === 'getsockname' && address !== undefined ? `  ${address}` : from;
  const failure: Line = errno === undefined ? [] : [[`${errno} `, 'bad']];
  const shown = shortCall({...call, ...(direction !== undefined && {direction})}, bytes);
  return [...failure, `${who}${shown}${told}`];
}

/** What the server threw away is, for the client, lost. */
function markFate(rungs: UdpRung[], event: WireEvent): void {
  const fate = String(event['fate']);
  if (fate === 'answered') return;
  const index = rungs.findLastIndex(
    ({right, arrow, took}) => right !== undefined && (took !== undefined || arrow?.to === 'right'),
  );
  const rung = rungs[index];
  if (rung === undefined) return;
  const right: Line = [[`${fate}  `, 'warn'], ...(rung.right ?? [])];
  rungs[index] = fated({...rung, right, fate, seqs: [...rung.seqs, event.seq]});
}

/** A datagram that the kernel itself threw away, because no socket is there for it. */
function markLost(rungs: UdpRung[], event: WireEvent): void {
  const lost = lostBy[String(event['name'])];
  if (lost === undefined) return;
  const index = rungs.findLastIndex(rung => rung.arrow?.to === lost.to && rung[lost.to] === undefined);
  const rung = rungs[index];
  if (rung?.arrow === undefined) return;
  rungs[index] = {
    ...rung,
    [lost.to]: [[lost.words, 'warn']],
    arrow: {...rung.arrow, lost: true},
    seqs: [...rung.seqs, event.seq],
  };
}

const lostBy: Readonly<Record<string, {readonly to: 'left' | 'right'; readonly words: string}>> = {
  'forgery-vanished': {to: 'left', words: 'not for this socket: ICMP goes back'},
  'refused-on-next-call': {to: 'right', words: 'nobody has the port: ICMP goes back'},
  'sent-to-nobody': {to: 'right', words: 'nobody has the port: ICMP goes back'},
};

function fated(rung: UdpRung): UdpRung {
  return rung.fate === undefined || rung.arrow === undefined ? rung : {...rung, arrow: {...rung.arrow, lost: true}};
}

function push(rungs: UdpRung[], event: WireEvent, what: Partial<UdpRung>): void {
  rungs.push({item: event.seq, t: event.t, seqs: [event.seq], ...what});
}
