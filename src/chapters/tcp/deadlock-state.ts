import type {DeadlockEvent, Queues} from './deadlock-events.ts';
import type {Side} from './ends.ts';

/** One thread of one of our processes, and what it is doing. */
export interface ThreadState {
  readonly by: Side;
  readonly thread: string;
  readonly sent: number;
  readonly received: number;
  /** The call that it is blocked in, and since when in seconds of the run. */
  readonly waiting?: string | undefined;
  readonly since?: number | undefined;
}

export interface EndState {
  readonly address: string;
  readonly pid: number;
  readonly queues: Queues | undefined;
  /** The most that each queue has held: what a bar is measured by when nobody knows the buffer. */
  readonly mostToSend: number;
  readonly mostToRead: number;
}

export interface DeadlockState {
  readonly phase: 'starting' | 'running' | 'frozen' | 'melting' | 'finished';
  /** Whether the client reads while it writes. */
  readonly reading: boolean;
  readonly client: EndState;
  readonly server: EndState;
  /** In the order in which they first told something: never more than four. */
  readonly threads: readonly ThreadState[];
  /** When it froze last: the moment the last byte moved. */
  readonly frozenSince: number | undefined;
  readonly says: string | undefined;
  readonly finished:
    | {
        readonly sent: number;
        readonly received: number;
        readonly verified?: boolean | undefined;
        readonly seconds: number;
      }
    | undefined;
}

export function startDeadlock(reading: boolean): DeadlockState {
  const end: EndState = {address: '', pid: 0, queues: undefined, mostToSend: 0, mostToRead: 0};
  return {
    phase: 'starting',
    reading,
    client: end,
    server: end,
    threads: [],
    frozenSince: undefined,
    says: undefined,
    finished: undefined,
  };
}

export function reduceDeadlock(state: DeadlockState, event: DeadlockEvent): DeadlockState {
  switch (event.kind) {
    case 'notice':
      return {...state, says: event.says};
    case 'listening':
      return {...state, server: {...state.server, address: event.address}};
    case 'connected':
      return {
        ...state,
        phase: 'running',
        client: {...state.client, address: event.client},
        server: {...state.server, address: event.server},
      };
    case 'call':
      return withThread(withPid(state, event.by, event.pid), event, {waiting: undefined, since: undefined});
    case 'blocked':
      return withThread(withPid(state, event.by, event.pid), event, {waiting: event.name, since: event.began});
    case 'progress': {
      const {sent, received, waiting, since} = event;
      return withThread(state, event, {sent, received, waiting, since});
    }
    case 'queues':
      return thawed({
        ...state,
        client: measured(state.client, event.client),
        server: measured(state.server, event.server),
      });
    case 'frozen':
      return {...state, phase: 'frozen', frozenSince: event.t - event.seconds, says: event.says};
    case 'melting':
      return {...state, phase: 'melting', reading: true, says: event.says};
    case 'finished':
      return {...state, phase: 'finished', finished: event, says: event.says, frozenSince: undefined};
    case 'ended':
      return {...state, threads: state.threads.filter(({by}) => by !== event.by)};
  }
}

/** Bytes move again. */
function thawed(state: DeadlockState): DeadlockState {
  if (state.phase !== 'frozen') return state;
  return {...state, phase: 'running', frozenSince: undefined, says: undefined};
}

function measured(end: EndState, queues: Queues | undefined): EndState {
  if (queues === undefined) return {...end, queues: undefined};
  const {sendQueue, receiveQueue} = queues;
  return {
    ...end,
    queues,
    mostToSend: Math.max(end.mostToSend, sendQueue),
    mostToRead: Math.max(end.mostToRead, receiveQueue),
  };
}

function withPid(state: DeadlockState, by: string, pid: number): DeadlockState {
  if ((by !== 'client' && by !== 'server') || state[by].pid === pid) return state;
  return {...state, [by]: {...state[by], pid}};
}

function withThread(
  state: DeadlockState,
  {by, thread}: {readonly by: string; readonly thread: string},
  change: Partial<ThreadState>,
): DeadlockState {
  // Calls of the thread `control` are made from beside, by whoever ends the process.
  if ((by !== 'client' && by !== 'server') || thread === 'control') return state;
  const {threads} = state;
  const index = threads.findIndex(one => one.by === by && one.thread === thread);
  if (index >= 0) return {...state, threads: threads.with(index, {...threads[index]!, ...change})};
  return {...state, threads: [...threads, {by, thread, sent: 0, received: 0, ...change}]};
}
