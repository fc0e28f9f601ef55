import {choice, described, flag, integer, type Shaped, text} from '../../journal/shape.ts';
import type {TcpState} from '../../wire/tcp/states.ts';
import {type Ends, otherSide, type Side, sides} from './ends.ts';

export const segmentEvent = {
  segment: {
    says: 'What went over the wire, told from the calls and from what they changed in the kernel. Nothing is captured.',
    fields: {
      from: described(choice(...sides), 'the end that sent it'),
      flags: described(
        choice('SYN', 'SYN ACK', 'ACK', 'data', 'FIN', 'RST'),
        'what it is; data may be several segments',
      ),
      size: described(integer, 'bytes of data in it'),
      proof: described(text, 'how we know'),
      certain: described(flag, 'false when it is what TCP must do here, but nothing in the kernel shows it'),
    },
  },
} as const;

export type Segment = Shaped<typeof segmentEvent.segment.fields>;

/** What may have put segments on the wire: a call of one end, or the end of its process. */
export interface Cause {
  readonly side: Side;
  readonly name: 'send' | 'recv' | 'shutdown' | 'close' | 'reset' | 'exit';
  /** Bytes the kernel took, of a send. */
  readonly sent?: number;
}

/** The three segments without which connect() cannot return 0 (RFC 9293 §3.5, figure 6). */
export function handshake(ends: Ends): Segment[] {
  const certain = ends.client.state === 'ESTABLISHED' && ends.server.state === 'ESTABLISHED';
  const proof = 'connect() returned 0 and both ends are ESTABLISHED, which takes these three segments.';
  const one = (from: Side, flags: Segment['flags']): Segment => ({from, flags, size: 0, proof, certain});
  return [one('client', 'SYN'), one('server', 'SYN ACK'), one('client', 'ACK')];
}

/**
 * The segments that explain how the ends came from `before` to `after`. Pure acknowledgments of data are left out. When
 * nothing is known to explain a change (somebody else broke the connection off, a timer ran out), nothing is told.
 */
export function segmentsBetween(before: Ends, after: Ends, cause: Cause | undefined): Segment[] {
  const found: Segment[] = [];
  const order = cause === undefined ? sides : [cause.side, otherSide(cause.side)];
  for (const side of order) {
    const fin = finFrom(side, before, after, cause);
    found.push(...dataFrom(side, before, after, cause, fin !== undefined));
    if (fin !== undefined) found.push(fin);
    const ack = fin?.certain === false ? undefined : ackOfFin(side, before, after, fin !== undefined);
    if (ack !== undefined) found.push(ack);
  }
  const reset = resetBetween(before, after, cause, found);
  return reset === undefined ? found : [...found, reset];
}

/** Data is what the receiver's count of bytes grew by; the FIN counts there as one. */
function dataFrom(side: Side, before: Ends, after: Ends, cause: Cause | undefined, fin: boolean): Segment[] {
  const peer = otherSide(side);
  const [was, is] = [before[peer].bytesReceived, after[peer].bytesReceived];
  const sent = cause?.name === 'send' && cause.side === side ? (cause.sent ?? 0) : 0;
  const data = (size: number, proof: string, certain: boolean): Segment[] =>
    size > 0 ? [{from: side, flags: 'data', size, proof, certain}] : [];
  if (was !== undefined && is !== undefined)
    return data(is - was - (fin ? 1 : 0), `The ${peer}’s count of received bytes rose by as much.`, true);
  if (!after[peer].listed && before[side].listed && !after[side].listed)
    return data(sent, `send() took the bytes, and the connection was reset in answer.`, before[peer].listed);
  return data(sent - after[side].sendQueue, 'send() took the bytes and Send-Q has not kept them.', false);
}

const sending: readonly TcpState[] = ['SYN_RECV', 'ESTABLISHED'];
const finished: readonly TcpState[] = ['FIN_WAIT1', 'FIN_WAIT2', 'CLOSING', 'TIME_WAIT'];

function finFrom(side: Side, before: Ends, after: Ends, cause: Cause | undefined): Segment | undefined {
  const [was, is] = [before[side].state, after[side].state];
  const peer = otherSide(side);
  const fin = (proof: string, certain = true): Segment => ({from: side, flags: 'FIN', size: 0, proof, certain});
  if (sending.includes(was) && finished.includes(is))
    return fin(`The ${side} is in ${is}, where only a sent FIN leads.`);
  if (was !== 'CLOSE_WAIT') return undefined;
  if (is === 'LAST_ACK') return fin(`The ${side} is in LAST_ACK, where only a sent FIN leads.`);
  if (after[side].listed) return undefined;
  if (after[peer].state === 'TIME_WAIT') return fin(`The ${peer} is in TIME_WAIT, where only a received FIN leads.`);
  // A FIN that nobody has read counts as one byte there; more than that is unread data, and close() then resets.
  const closes = cause?.name === 'shutdown' || (cause?.name === 'close' && before[side].receiveQueue <= 1);
  return closes && cause.side === side && !before[peer].listed
    ? fin(`${cause.name}() sends a FIN in CLOSE_WAIT; there is no socket left that could show that it came.`, false)
    : undefined;
}

function ackOfFin(side: Side, before: Ends, after: Ends, fin: boolean): Segment | undefined {
  const [was, is] = [before[side].state, after[side].state];
  const waited = fin || was === 'FIN_WAIT1' || was === 'LAST_ACK' || was === 'CLOSING';
  const acknowledged = is === 'FIN_WAIT2' || is === 'TIME_WAIT' || !after[side].listed;
  if (!waited || !acknowledged || (!after[side].listed && after[otherSide(side)].state !== 'TIME_WAIT'))
    return undefined;
  const where = after[side].listed ? `is in ${is}` : 'has left LAST_ACK';
  const proof = `The ${side} ${where}, where only the acknowledgment of its FIN leads.`;
  return {from: otherSide(side), flags: 'ACK', size: 0, proof, certain: true};
}

/** An end that is gone without LAST_ACK or TIME_WAIT was reset (RFC 9293 §3.10.7.4). Who did it is told by the call. */
function resetBetween(
  before: Ends,
  after: Ends,
  cause: Cause | undefined,
  found: readonly Segment[],
): Segment | undefined {
  if (cause === undefined) return undefined;
  const gone = sides.filter(side => before[side].listed && !after[side].listed);
  const broken = gone.filter(
    side =>
      !['LAST_ACK', 'TIME_WAIT', 'CLOSING'].includes(before[side].state) &&
      !found.some(segment => segment.from === side && segment.flags === 'FIN' && segment.certain),
  );
  if (broken.length === 0) return undefined;
  const answered = cause.name === 'send' || found.some(({flags, certain}) => flags === 'FIN' && !certain);
  const from = answered ? otherSide(cause.side) : cause.side;
  const proof = `${broken.map(side => `The ${side}`).join(' and ')} left the kernel’s list without LAST_ACK or TIME_WAIT.`;
  return {
    from,
    flags: 'RST',
    size: 0,
    proof: proof.replace(' and The', ' and the'),
    certain: gone.includes(otherSide(from)),
  };
}

/** The states an end passed from one look to the next, the present one last. Empty when it stayed. */
export function statesPassed(side: Side, before: Ends | undefined, after: Ends, found: readonly Segment[]): TcpState[] {
  const is = after[side].state;
  if (before === undefined) return side === 'client' ? ['SYN_SENT', is] : ['LISTEN', 'SYN_RECV', is];
  const was = before[side].state;
  if (was === is) return [];
  const sentFin = found.some(({from, flags}) => from === side && flags === 'FIN');
  if (sentFin && was === 'ESTABLISHED' && is === 'FIN_WAIT2') return ['FIN_WAIT1', is];
  if (sentFin && was === 'ESTABLISHED' && is === 'TIME_WAIT') return ['FIN_WAIT1', 'FIN_WAIT2', is];
  if (sentFin && was === 'CLOSE_WAIT' && is === 'CLOSED') return ['LAST_ACK', is];
  return [is];
}
