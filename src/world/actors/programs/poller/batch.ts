import type {Clock} from '../../../clock.ts';
import type {CallRecord} from '../../../libc/record.ts';
import type {PollerEvent} from './events.ts';

type Told = PollerEvent extends infer Event ? (Event extends PollerEvent ? Omit<Event, 'at'> : never) : never;

/** Milliseconds between two batches: half a frame at 60 per second. */
const interval = 8;
const mostTransfers = 64;
const mostBytes = 256 * 1024;
/** Events that must not be summed up may gather while the reader is behind; beyond this the program waits for it. */
const mostWaiting = 2048;

export interface Batch {
  tell(event: Told): void;
  /** A call of the connection that is being worked on (`connection`), or of none. */
  call(record: CallRecord): void;
  connection: number | undefined;
  /** How much output waits in the program now. */
  waiting(connection: number, bytes: number): void;
  /** The connection is closed, and its output with it. */
  gone(connection: number): void;
  /** Milliseconds until `flush` has something to do; -1 when there is nothing. */
  due(): number;
  flush(now?: boolean): void;
}

/**
 * Gathers what the poller tells: some hundred events at a time at most, so that no flood of bytes can drown the reader.
 * With `whole` nothing is summed up: what is too much waits for the reader, and the program with it.
 */
export function createBatch(
  clock: Clock,
  tell: (events: PollerEvent[]) => void,
  credit: () => number,
  whole = false,
): Batch {
  let events: PollerEvent[] = [];
  let last = Number.NEGATIVE_INFINITY;
  let transfers = 0;
  let bytes = 0;
  const more = new Map<number, {calls: number; sent: number; received: number}>();
  const waiting = new Map<number, number>();
  const lastWaiting = new Map<number, number>();

  const batch: Batch = {
    connection: undefined,
    tell(event) {
      if ('connection' in event && event.connection !== undefined) settle(event.connection);
      push(event);
    },
    call(record) {
      const {connection} = batch;
      const size = Math.max(0, record.result);
      if (connection === undefined || (record.name !== 'send' && record.name !== 'recv'))
        return batch.tell({kind: 'call', ...(connection !== undefined && {connection}), record});
      const much = transfers >= mostTransfers || bytes + size > mostBytes;
      if (!whole && (much || credit() <= events.length)) return sumUp(connection, record);
      transfers++;
      bytes += size;
      batch.tell({kind: 'call', connection, record});
      if (whole && much) batch.flush(true);
    },
    waiting(connection, count) {
      if ((lastWaiting.get(connection) ?? 0) === count) waiting.delete(connection);
      else waiting.set(connection, count);
    },
    gone(connection) {
      waiting.delete(connection);
      lastWaiting.delete(connection);
    },
    due() {
      if (events.length === 0 && more.size === 0 && waiting.size === 0) return -1;
      // A reader that is behind will not be ready at once.
      return credit() <= 0 ? interval : Math.max(0, Math.ceil(last + interval - performance.now()));
    },
    flush(now = false) {
      if (!now && batch.due() !== 0 && events.length < mostWaiting) return;
      for (const connection of more.keys()) settle(connection);
      for (const [connection, count] of waiting) {
        batch.tell({kind: 'waiting', connection, bytes: count});
        lastWaiting.set(connection, count);
      }
      if (events.length > 0) tell(events);
      [events, transfers, bytes, last] = [[], 0, 0, performance.now()];
      waiting.clear();
    },
  };

  function push(event: Told): void {
    events.push({at: clock.now(), ...event} as PollerEvent);
  }

  /** What was summed up comes before whatever happens next: the places of later bytes in their stream count on it. */
  function settle(connection: number): void {
    const sum = more.get(connection);
    if (sum === undefined) return;
    more.delete(connection);
    push({kind: 'more', connection, ...sum});
  }

  function sumUp(connection: number, record: CallRecord): void {
    const sum = more.get(connection) ?? {calls: 0, sent: 0, received: 0};
    sum.calls++;
    sum[record.name === 'send' ? 'sent' : 'received'] += Math.max(0, record.result);
    more.set(connection, sum);
  }
  return batch;
}
