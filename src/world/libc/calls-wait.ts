import {
  bitsOf,
  type EpollEvent,
  epollEvents,
  epollOperations,
  flagText,
  namesOf,
  type PollEvent,
  pollEvents,
} from './constants.ts';
import type {Core} from './core.ts';
import type {CallRecord, Ready} from './record.ts';

export interface PollEntry {
  fd: number;
  events: PollEvent[];
}

/** The calls that wait until one of several descriptors is ready. Times are milliseconds, -1 is for ever. */
export interface WaitCalls {
  poll(entries: PollEntry[], milliseconds: number): CallRecord;
  /** RangeError for a descriptor from 1024 up: an fd_set has no bit for it. */
  select(read: number[], write: number[], except: number[], milliseconds: number): CallRecord;
  epoll_create1(): CallRecord;
  epoll_ctl(epoll: number, operation: keyof typeof epollOperations, fd: number, events: EpollEvent[]): CallRecord;
  epoll_wait(epoll: number, room: number, milliseconds: number): CallRecord;
}

export function waitCalls(core: Core): WaitCalls {
  return {
    poll: (entries, milliseconds) => poll(core, entries, milliseconds),
    select: (read, write, except, milliseconds) => select(core, read, write, except, milliseconds),
    ...epollCalls(core),
  };
}

const entrySize = 8;

/** struct pollfd: int fd, short events, short revents. */
function poll({native, perform}: Core, entries: PollEntry[], milliseconds: number): CallRecord {
  const bytes = new Uint8Array(entries.length * entrySize);
  const view = new DataView(bytes.buffer);
  for (const [index, {fd, events}] of entries.entries()) {
    view.setInt32(index * entrySize, fd, true);
    view.setInt16(index * entrySize + 4, bitsOf(pollEvents, events), true);
  }
  const ready = (): Ready[] =>
    entries
      .map(({fd}, index) => ({fd, events: namesOf(pollEvents, view.getInt16(index * entrySize + 6, true)) as string[]}))
      .filter(({events}) => events.length > 0);
  const shown = entries.map(({fd, events}) => `{${fd}, ${flagText(events)}}`).join(', ');
  const left = countdown(milliseconds);
  return perform({
    name: 'poll',
    arguments: [entries.map(entry => ({...entry})), milliseconds],
    text: () => `poll([${shown}], ${entries.length}, ${milliseconds})`,
    invoke: () => native.poll(bytes, entries.length, left()),
    tell: () => ({ready: ready()}),
  });
}

/** Milliseconds that are left: a call repeated after a signal must not wait its whole time again. */
function countdown(milliseconds: number): () => number {
  if (milliseconds <= 0) return () => milliseconds;
  const end = performance.now() + milliseconds;
  return () => Math.max(0, Math.ceil(end - performance.now()));
}

const setSize = 1024;

function select(core: Core, read: number[], write: number[], except: number[], milliseconds: number): CallRecord {
  const wanted = [read, write, except];
  const sets = wanted.map(() => new Uint8Array(setSize / 8));
  const timeout = new BigInt64Array(2);
  const left = countdown(milliseconds);
  const text = (list: number[]): string => (list.length === 0 ? 'NULL' : `[${list.join(' ')}]`);
  const highest = Math.max(-1, ...read, ...write, ...except) + 1;
  return core.perform({
    name: 'select',
    arguments: [read, write, except, milliseconds],
    text: () =>
      `select(${highest}, ${wanted.map(text).join(', ')}, ${milliseconds < 0 ? 'NULL' : `{${milliseconds} ms}`})`,
    invoke() {
      for (const [index, set] of sets.entries()) mark(set.fill(0), wanted[index]!);
      const rest = left();
      timeout.set([BigInt(Math.trunc(rest / 1000)), BigInt(Math.round((rest % 1000) * 1000))]);
      const [first, second, third] = sets as [Uint8Array, Uint8Array, Uint8Array];
      return core.native.select(
        highest,
        first,
        second,
        third,
        milliseconds < 0 ? null : new Uint8Array(timeout.buffer),
      );
    },
    tell: () => ({
      ready: [...new Set(wanted.flat())]
        .map(fd => ({fd, events: ['read', 'write', 'except'].filter((_, index) => marked(sets[index]!, fd))}))
        .filter(({events}) => events.length > 0),
    }),
  });
}

function mark(set: Uint8Array, list: readonly number[]): void {
  for (const fd of list) {
    if (fd < 0 || fd >= setSize)
      throw new RangeError(`select() has no room for descriptor ${fd}: an fd_set ends at ${setSize - 1}. Use poll().`);
    set[fd >> 3]! |= 1 << (fd & 7);
  }
}

function marked(set: Uint8Array, fd: number): boolean {
  return (set[fd >> 3]! & (1 << (fd & 7))) !== 0;
}

/** struct epoll_event is packed on x64 (12 bytes) and on no other machine. */
const [eventSize, dataOffset] = process.arch === 'x64' ? [12, 4] : [16, 8];

function epollCalls({native, perform}: Core): Pick<WaitCalls, 'epoll_create1' | 'epoll_ctl' | 'epoll_wait'> {
  return {
    epoll_create1: () =>
      perform({
        name: 'epoll_create1',
        arguments: [],
        text: () => 'epoll_create1(EPOLL_CLOEXEC)',
        invoke: () => native.epoll_create1(0o2000000),
      }),
    epoll_ctl(epoll, operation, fd, events) {
      const event = new Uint8Array(eventSize);
      const view = new DataView(event.buffer);
      view.setUint32(0, bitsOf(epollEvents, events), true);
      view.setInt32(dataOffset, fd, true);
      return perform({
        name: 'epoll_ctl',
        arguments: [epoll, operation, fd, events],
        text: () => `epoll_ctl(${epoll}, ${operation}, ${fd}, {${flagText(events)}, ${fd}})`,
        invoke: () => native.epoll_ctl(epoll, epollOperations[operation], fd, event),
      });
    },
    epoll_wait(epoll, room, milliseconds) {
      const bytes = new Uint8Array(room * eventSize);
      const view = new DataView(bytes.buffer);
      const left = countdown(milliseconds);
      return perform({
        name: 'epoll_wait',
        arguments: [epoll, room, milliseconds],
        text: () => `epoll_wait(${epoll}, ..., ${room}, ${milliseconds})`,
        invoke: () => native.epoll_wait(epoll, bytes, room, left()),
        tell: count => ({
          ready: Array.from({length: count}, (_, index) => ({
            fd: view.getInt32(index * eventSize + dataOffset, true),
            events: namesOf(epollEvents, view.getUint32(index * eventSize, true)),
          })),
        }),
      });
    },
  };
}
