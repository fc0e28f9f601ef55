import type {Berkeley, CallName} from '../libc/berkeley.ts';
import type {CallRecord} from '../libc/record.ts';
import type {ActorEvent, Exit} from './events.ts';
import type {Sample, Usage} from './messages.ts';
import type {CommandOf, OptionsOf, ProgramName, ResultOf} from './programs/registry.ts';

/** A process of its own that holds sockets, with as many threads as it is asked for. */
export interface Actor extends Thread {
  readonly pid: number;
  /** Descriptors that it was born with, in the order of `inherit`. */
  readonly inherited: readonly number[];
  readonly exited: Promise<Exit>;
  /** Another thread of the same process: same descriptors, and it may block on its own. */
  thread(name: string): Thread;
  /** shutdown(fd, SHUT_RDWR) from the side: lets go whoever is blocked on it. accept() then fails with EINVAL, recv() gives 0. */
  interrupt(fd: number): Promise<CallRecord>;
  /** TCP_INFO and the queues of a descriptor, also while a thread is blocked on it. */
  sample(fd: number): Promise<Sample>;
  usage(): Promise<Usage>;
  /** A process started by this one, which holds these descriptors as well: one socket, two processes. */
  spawnChild(options: ChildOptions): Promise<Actor>;
  /** Ends it within a second: asks, frees what blocks it, TERM, KILL. Resolves when the process is gone. */
  stop(): Promise<Exit>;
}

/** A thread of an actor. What it is asked is done in order. */
export interface Thread {
  readonly name: string;
  /**
   * Makes one call, however long it blocks. A failed call resolves, with `errno`. Rejects when the arguments make no call at
   * all, and when the process ends before the call does.
   */
  call<Name extends CallName>(name: Name, list: Parameters<Berkeley[Name]>): Promise<CallRecord>;
  /** Starts a program of the registry in this thread; other calls of the thread wait until it ends. */
  run<Name extends ProgramName>(program: Name, options: OptionsOf<Name>): Running<Name>;
}

/** A program at work. Its events come to `onEvent` as `{kind: 'program', events}`. */
export interface Running<Name extends ProgramName> {
  /** What the program said when it was under way, or had failed to be. */
  readonly ready: Promise<ResultOf<Name>>;
  readonly finished: Promise<ResultOf<Name>>;
  /** Each program says in its commands' type what it answers. */
  command(command: CommandOf<Name>): Promise<Answer>;
  stop(): Promise<ResultOf<Name>>;
}

/** How a command went: see the program's own documentation for more that it may hold. */
export type Answer = {ok: true; connection?: number; fd?: number} | {ok: false; why: string; errno?: string};

export interface ActorOptions {
  /** For people: shown by `ps`, and in each event. */
  name: string;
  /** Called in order, in this process. An actor that tells faster than this returns is slowed down. */
  onEvent?(event: ActorEvent): void;
  /** A command that starts the one behind it, such as `['unshare', '--user']`: the actor then lives in what it prepares. */
  within?: readonly string[];
}

export interface ChildOptions extends Omit<ActorOptions, 'within'> {
  inherit: readonly number[];
}
