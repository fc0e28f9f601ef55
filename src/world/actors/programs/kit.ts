import {type MessagePort, receiveMessageOnPort} from 'node:worker_threads';
import type {Clock} from '../../clock.ts';
import type {Berkeley} from '../../libc/berkeley.ts';
import type {Native} from '../../libc/ffi.ts';
import type {ThreadEvent} from '../events.ts';
import type {Flow} from '../flow.ts';
import type {FromThread} from '../messages.ts';

/** A command, and the number to answer it by. */
export interface Commanded<Command> {
  request: number;
  command: Command;
}

/** Every program understands this one besides its own: it shall come to its end. */
export interface Stop {
  do: 'stop';
}

/** What a program works with. */
export interface Kit<Command, Event> {
  /** Each call is told when it begins and when it ends. For a program that calls often, make a quiet one of `native`. */
  libc: Berkeley;
  native: Native;
  clock: Clock;
  /** Can be read when a command waits: to be among what poll() watches. */
  wake: number;
  /** Takes the commands that have come, and quiets `wake`. */
  commands(): Commanded<Command | Stop>[];
  answer(request: number, value: unknown): void;
  /** Says once that the program is under way: `Running.ready` resolves with the value. */
  ready(value: unknown): void;
  /** Tells several events at once. Waits while the reader is behind; see `credit`. */
  tell(events: Event[]): void;
  /** How many events the reader would still take without being waited for. */
  credit(): number;
}

/**
 * A program of its own: a synchronous function over the Berkeley calls, which owns its thread until it returns. It must
 * come back to `commands()` often, or wait in a poll() that watches `wake`, so that it can be stopped.
 */
export type Program<Options, Command, Event, Result> = (options: Options, kit: Kit<Command, Event>) => Result;

interface KitParts {
  thread: string;
  program: string;
  request: number;
  wake: number;
  commands: MessagePort;
  libc: Berkeley;
  native: Native;
  clock: Clock;
  flow: Flow;
  post(message: FromThread): void;
  tell(event: ThreadEvent, weight: number): void;
}

export function createKit(parts: KitParts): Kit<unknown, unknown> {
  const {thread, program, request, wake, commands, libc, native, clock, flow, post, tell} = parts;
  const counter = new Uint8Array(8);
  return {
    libc,
    native,
    clock,
    wake,
    commands() {
      native.read(wake, counter, counter.length);
      const taken: Commanded<unknown>[] = [];
      for (let next = receiveMessageOnPort(commands); next !== undefined; next = receiveMessageOnPort(commands))
        taken.push(next.message as Commanded<unknown>);
      return taken as Commanded<Stop>[];
    },
    answer: (to, value) => post({type: 'answer', request: to, value}),
    ready: value => post({type: 'begun', request, value}),
    tell: events => tell({kind: 'program', thread, program, events, at: clock.now()}, events.length),
    credit: () => flow.credit(),
  };
}
