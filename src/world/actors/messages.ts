import type {TcpInfo} from '../libc/tcp-info.ts';
import type {ActorEvent, ThreadEvent} from './events.ts';

/** What can be asked of an actor's process; each is answered once, by its `request` number. */
export type Ask =
  | {ask: 'call'; thread: string; name: string; arguments: unknown[]}
  | {ask: 'run'; thread: string; program: string; options: unknown}
  | {ask: 'command'; thread: string; command: unknown}
  | {ask: 'interrupt'; fd: number}
  | {ask: 'sample'; fd: number}
  | {ask: 'usage'}
  | {ask: 'spawn'; child: number; name: string; inherit: number[]}
  | {ask: 'stop'};

/** Parent to actor. */
export type ToActor =
  | {type: 'ask'; request: number; what: Ask}
  /** So many events of this thread have been taken: it may tell as many more. */
  | {type: 'taken'; thread: string; count: number}
  | {type: 'relay'; child: number; message: ToActor};

/** Actor to parent. */
export type FromActor =
  | {type: 'ready'; pid: number; why?: string}
  | {type: 'answer'; request: number; value: unknown}
  | {type: 'refusal'; request: number; why: string}
  /** The program that `request` started says that it is ready. */
  | {type: 'begun'; request: number; value: unknown}
  | {type: 'events'; events: ActorEvent[]}
  | {type: 'relay'; child: number; message: FromActor}
  | {type: 'child-exit'; child: number; code: number | null; signal: string | null};

/** Process to thread. */
export type ToThread =
  | {type: 'call'; request: number; name: string; arguments: unknown[]}
  | {type: 'run'; request: number; program: string; options: unknown};

/** Thread to process. */
export type FromThread =
  | {type: 'events'; events: ThreadEvent[]; weight: number}
  | Extract<FromActor, {type: 'answer' | 'refusal' | 'begun'}>;

/** What a thread is started with. */
export interface ThreadStart {
  thread: string;
  epoch: bigint;
  /** See flow.ts. */
  flow: SharedArrayBuffer;
  /** An eventfd: counts commands that wait, so that poll() wakes. */
  wake: number;
}

/** A look at one socket, taken from beside the thread that uses it, and so also while that thread is blocked. */
export interface Sample {
  tcp?: TcpInfo;
  /** SIOCOUTQ: bytes not acknowledged yet. */
  sendQueue?: number;
  /** SIOCINQ: bytes not read yet. Not there for a listening socket. */
  receiveQueue?: number;
  /** Why nothing could be had: EBADF, ENOTSOCK, … */
  errno?: string;
}

/** What the actor's process has used. */
export interface Usage {
  /** User and system time together. */
  cpuSeconds: number;
  residentBytes: number;
}

/** Answer to `spawn`. */
export interface Spawned {
  pid: number;
  /** The numbers that the inherited descriptors have in the child, in the order asked. */
  inherited: number[];
}
