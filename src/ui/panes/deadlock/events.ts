import {explainCall} from '../../../chapters/tcp/call-meaning.ts';
import {shortCall} from '../../../chapters/tcp/call-text.ts';
import type {DeadlockEvent, Queues} from '../../../chapters/tcp/deadlock-events.ts';
import type {WireEvent} from '../../../journal/event.ts';
import {quantity} from '../../parts/quantity.ts';
import type {Role} from '../../theme.ts';
import type {Explanation} from '../../view.ts';

/** An event of the deadlock in a few words. */
export function eventLine(event: WireEvent, bytes: Uint8Array | undefined): string | undefined {
  const known = event as DeadlockEvent;
  switch (known.kind) {
    case 'call':
      return `${known.by}  ${shortCall(known, bytes)}`;
    case 'blocked':
      return `${known.by}  waits in ${known.name}()`;
    case 'progress': {
      const {by, thread, sent, received, waiting} = known;
      const doing = waiting === undefined ? '' : `, waits in ${waiting}()`;
      return `${by} ${thread}  sent ${quantity(sent, 'B')}, received ${quantity(received, 'B')}${doing}`;
    }
    case 'queues':
      return `client ${queues(known.client)}  server ${queues(known.server)}`;
    case 'frozen':
      return `for ${known.seconds.toFixed(1)} s, with ${quantity(known.stuck, 'B')} in the queues`;
    case 'connected':
      return `${known.client} to ${known.server}`;
    case 'listening':
      return known.address;
    case 'ended':
      return `${known.by}  ${known.signal ?? known.code ?? ''}`;
    default:
      return known.says;
  }
}

function queues(end: Queues | undefined): string {
  if (end === undefined) return 'closed';
  return `${end.state} Send-Q ${quantity(end.sendQueue, 'B')} Recv-Q ${quantity(end.receiveQueue, 'B')}`;
}

export function eventRole({kind}: WireEvent): Role {
  return roles[kind] ?? 'call';
}

const roles: Readonly<Record<string, Role>> = {
  frozen: 'bad',
  melting: 'good',
  finished: 'good',
  queues: 'dim',
  progress: 'plain',
};

export function explainEvent(event: WireEvent): Explanation | undefined {
  const known = event as DeadlockEvent;
  if (known.kind === 'call') return explainCall(known);
  const meaning = meanings[known.kind];
  return meaning === undefined ? undefined : {...meaning, title: meaning.title};
}

const meanings: Readonly<Record<string, Explanation>> = {
  progress: {
    title: 'What a thread has moved',
    says: 'A blocking send() returns only when the kernel has taken all it was offered, and a blocking recv() only when there is something to give. While it waits, the thread does nothing else: a program with one thread cannot read while it waits to write.',
    source: 'POSIX send(), recv()',
  },
  queues: {
    title: 'The queues of both kernels',
    says: 'Send-Q holds what was sent and is not acknowledged yet, Recv-Q what has arrived and was not read. When Recv-Q is full, the window it offers is 0 and the peer’s kernel stops sending; then its Send-Q fills up, and then its program waits in send(). That is flow control, and it is meant to be. A buffer’s size counts what the kernel spends, not bytes alone: many small pieces fill it long before their bytes do.',
    source: 'RFC 9293 §3.8.6 (Managing the Window)',
  },
  frozen: {
    title: 'Frozen',
    says: 'Each program waits for the other to read, and neither will. No call fails and no timer runs out: the kernels go on probing each other’s windows for as long as the programs live. A protocol avoids this when one side always reads while it writes, when requests are small, or when nobody answers before the question is over.',
    source: 'RFC 9293 §3.8.6.1 (Zero-Window Probing)',
  },
  melting: {
    title: 'Melting',
    says: 'One thread goes on writing, the other reads. As soon as somebody reads, a window opens, and everything that waited on it moves again.',
    source: 'RFC 9293 §3.8.6',
  },
  finished: {
    title: 'The end',
    says: 'The client has half-closed after its last byte, the server has read to that end, answered, and closed. Only the client, having the pattern, can tell whether every byte came back as it should.',
    source: 'RFC 9293 §3.6',
  },
};
