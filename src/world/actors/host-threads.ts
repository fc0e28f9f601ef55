import {MessageChannel, type MessagePort, Worker} from 'node:worker_threads';
import {eventfdFlags} from '../libc/constants.ts';
import type {Native} from '../libc/ffi.ts';
import type {Plain} from '../libc/record.ts';
import type {ThreadEvent} from './events.ts';
import {createFlowMemory, release, take} from './flow.ts';
import type {Ask, FromActor, FromThread, ThreadStart, ToThread} from './messages.ts';

interface Thread {
  worker: Worker;
  commands: MessagePort;
  flow: SharedArrayBuffer;
  wake: number;
  /** Requests that were handed over and are not answered yet; the first one is being worked on. */
  pending: Map<number, 'call' | 'run'>;
  /** The call it is in, if any: what it may be blocked on. */
  inside?: {name: string; arguments: Plain[]};
}

interface Parts {
  native: Native;
  epoch: bigint;
  send(message: FromActor): void;
  tell(events: ThreadEvent[]): void;
}

/** The program threads of this process, by name. They come into being when they are first spoken to. */
export function createThreads({native, epoch, send, tell}: Parts) {
  const threads = new Map<string, Thread>();
  const wake = (thread: Thread): void => {
    native.write(thread.wake, new Uint8Array(BigUint64Array.of(1n).buffer), 8);
  };

  function start(name: string): Thread {
    const known = threads.get(name);
    if (known !== undefined) return known;
    const {port1, port2} = new MessageChannel();
    const flow = createFlowMemory();
    const bell = native.eventfd(0, eventfdFlags.EFD_CLOEXEC | eventfdFlags.EFD_NONBLOCK);
    const data: ThreadStart & {commands: MessagePort} = {thread: name, epoch, flow, wake: bell, commands: port2};
    const worker = new Worker(process.argv[1]!, {workerData: data, transferList: [port2], name});
    const thread: Thread = {worker, commands: port1, flow, wake: bell, pending: new Map()};
    threads.set(name, thread);
    worker.on('message', (message: FromThread) => receive(thread, message));
    worker.on('error', cause => lose(name, thread, cause));
    return thread;
  }

  function receive(thread: Thread, message: FromThread): void {
    if (message.type === 'events') {
      for (const event of message.events) remember(thread, event);
      tell(message.events);
      return;
    }
    if (message.type !== 'begun') thread.pending.delete(message.request);
    // After the events that led to it: those go out when this turn of the loop ends.
    setImmediate(() => send(message));
  }

  function lose(name: string, thread: Thread, cause: unknown): void {
    threads.delete(name);
    const why = `The thread ${name} has ended: ${cause instanceof Error ? cause.message : String(cause)}`;
    for (const request of thread.pending.keys()) send({type: 'refusal', request, why});
  }

  return {
    start,
    ask(request: number, what: Extract<Ask, {ask: 'call' | 'run'}>): void {
      const thread = start(what.thread);
      thread.pending.set(request, what.ask);
      thread.worker.postMessage(toThread(request, what));
    },
    command(name: string, request: number, command: unknown): void {
      const thread = threads.get(name);
      if (thread === undefined || ![...thread.pending.values()].includes('run'))
        throw new Error(`No program runs in the thread ${name}, so there is nobody to take a command.`);
      thread.commands.postMessage({request, command});
      wake(thread);
    },
    taken(name: string, count: number): void {
      const thread = threads.get(name);
      if (thread !== undefined) take(thread.flow, count);
    },
    stopPrograms(): void {
      for (const thread of threads.values()) {
        release(thread.flow);
        thread.commands.postMessage({request: 0, command: {do: 'stop'}});
        wake(thread);
      }
    },
    /** Whether every thread has come to rest, waiting so many milliseconds for it. */
    async idle(milliseconds: number): Promise<boolean> {
      const until = performance.now() + milliseconds;
      const busy = (): boolean => [...threads.values()].some(thread => thread.pending.size > 0);
      while (busy() && performance.now() < until) await new Promise(done => setTimeout(done, 5));
      return !busy();
    },
    /** The descriptors that threads are blocked on, as far as the calls name them. */
    blockedOn(): number[] {
      return [...threads.values()].flatMap(({inside}) => (inside === undefined ? [] : descriptors(inside.arguments)));
    },
  };
}

function toThread(request: number, what: Extract<Ask, {ask: 'call' | 'run'}>): ToThread {
  if (what.ask === 'call') return {type: 'call', request, name: what.name, arguments: what.arguments};
  return {type: 'run', request, program: what.program, options: what.options};
}

function remember(thread: Thread, event: ThreadEvent): void {
  if (event.kind === 'enter') thread.inside = event;
  if (event.kind === 'leave') delete thread.inside;
}

/** `recv(3, …)` is on 3, `poll([{fd: 3}, …])` and `select([3, …], …)` on each. */
function descriptors([first]: readonly Plain[]): number[] {
  if (typeof first === 'number') return [first];
  if (!Array.isArray(first)) return [];
  return first.flatMap(entry => {
    const fd = typeof entry === 'object' && entry !== null && 'fd' in entry ? entry.fd : entry;
    return typeof fd === 'number' ? [fd] : [];
  });
}
