import type {CallRecord, Plain} from '../libc/record.ts';

/** What an actor tells while it works. `at` is seconds on the clock of the world that started it. */
export type ActorEvent = {actor: string; pid: number; at: number} & (
  | {
      /** A call begins; until the `leave` with the same `call` it is blocked in the kernel. */
      kind: 'enter';
      thread: string;
      call: number;
      name: string;
      text: string;
      arguments: Plain[];
    }
  /** What `interrupt` does is told as a leave alone, of a thread named `control`, with call 0. */
  | {kind: 'leave'; thread: string; call: number; record: CallRecord}
  /** What a running program tells, in its own terms. */
  | {kind: 'program'; thread: string; program: string; events: unknown[]}
  /** What the process wrote on its standard error: only when something went wrong in it. */
  | {kind: 'complaint'; text: string}
  | {kind: 'exit'; code: number | null; signal: string | null}
);

/** An event as a thread makes it: the process around it adds its name and number. */
export type ThreadEvent = ActorEvent extends infer Event
  ? Event extends {thread: string}
    ? Omit<Event, 'actor' | 'pid'>
    : never
  : never;

/** How a process ended. */
export interface Exit {
  code: number | null;
  signal: string | null;
}
