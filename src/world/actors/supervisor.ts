import type {ChildProcess} from 'node:child_process';
import {readFile} from 'node:fs/promises';
import {setTimeout} from 'node:timers/promises';
import type {Clock} from '../clock.ts';
import type {Actor, ActorOptions, ChildOptions} from './actor.ts';
import {type Asker, type Channel, createAsker} from './channel.ts';
import type {ActorEvent, Exit} from './events.ts';
import {launch} from './launch.ts';
import type {FromActor, Spawned} from './messages.ts';
import {createRemote} from './remote.ts';

/** Starts actors, and answers for it that none outlives this process. */
export interface Supervisor {
  /** Resolves when the actor can be spoken to (about 100 ms). Rejects with a sentence where there is no libc to call. */
  start(options: ActorOptions): Promise<Actor>;
  /** The actors that are alive, children of actors too. */
  running(): Actor[];
  /** Ends all, within a second. */
  stopAll(): Promise<void>;
  /** Ends all at once and without asking: also registered for the exit of this process. */
  killAllNow(): void;
}

interface Member {
  actor: Actor;
  ended(exit: Exit): void;
}

export function createSupervisor(clock: Clock): Supervisor {
  const members = new Map<number, Member>();
  const kill = (pid: number, signal: 'SIGTERM' | 'SIGKILL'): void => {
    // Only a process that is known to be alive is signalled: its number cannot be somebody else's yet.
    if (!members.has(pid)) return;
    try {
      process.kill(pid, signal);
    } catch {
      // It ended a moment ago.
    }
  };
  const killAllNow = (): void => {
    for (const pid of members.keys()) kill(pid, 'SIGKILL');
  };
  const context: Context = {clock, members, kill};
  let guarded = false;
  return {
    async start(options) {
      if (!guarded) process.on('exit', killAllNow);
      guarded = true;
      return startProcess(context, options);
    },
    running: () => [...members.values()].map(member => member.actor),
    async stopAll() {
      await Promise.all([...members.values()].map(({actor}) => actor.stop()));
    },
    killAllNow,
  };
}

interface Context {
  clock: Clock;
  members: Map<number, Member>;
  kill(pid: number, signal: 'SIGTERM' | 'SIGKILL'): void;
}

function startProcess(context: Context, options: ActorOptions): Promise<Actor> {
  return new Promise((resolve, reject) => {
    let complaints = '';
    const channel: Channel = {
      send: message => void child.send(message, () => undefined),
      receive: () => undefined,
    };
    const child: ChildProcess = launch({
      name: options.name,
      epoch: context.clock.epoch,
      inherit: [],
      ...(options.within !== undefined && {within: options.within}),
      onMessage: message =>
        message.type === 'ready' && message.why !== undefined ? refuse(message.why) : channel.receive(message),
      onComplaint(text) {
        complaints += text;
        tell(options, context, child.pid ?? 0, {kind: 'complaint', text});
      },
      onExit(code, signal) {
        context.members.get(child.pid ?? 0)?.ended({code, signal});
        reject(
          new Error(`The actor ${options.name} ended (${signal ?? code}) before it had begun. ${complaints}`.trim()),
        );
      },
    });
    function refuse(why: string): void {
      child.kill('SIGKILL');
      reject(new Error(why));
    }
    if (child.pid !== undefined) adopt(context, options, channel, {pid: child.pid, inherited: []}, resolve);
  });
}

/** Takes a process into care: from here on it is known by its number, until it has ended. */
function adopt(
  context: Context,
  options: ActorOptions,
  channel: Channel,
  {pid, inherited}: Spawned,
  ready: (actor: Actor) => void,
): void {
  const asker = createAsker(channel);
  const {promise: exited, resolve: exit} = Promise.withResolvers<Exit>();
  const children = new Map<number, {channel: Channel; pid: number}>();
  const actor: Actor = {
    ...createRemote(asker, options.name),
    pid,
    inherited,
    exited,
    spawnChild: child => spawnChild(context, asker, channel, children, child),
    async stop() {
      // From the youngest up: then each has a parent that tells how it ended.
      await Promise.all([...children.values()].map(child => context.members.get(child.pid)?.actor.stop()));
      return stop(context, asker, pid, exited);
    },
  };
  const ended = (how: Exit): void => {
    if (!context.members.delete(pid)) return;
    asker.close(`The actor ${options.name} has ended.`);
    for (const {pid: child} of children.values()) void orphaned(context, child);
    tell(options, context, pid, {kind: 'exit', ...how});
    exit(how);
  };
  context.members.set(pid, {actor, ended});
  channel.receive = message => {
    if (asker.answered(message)) return;
    if (message.type === 'ready') ready(actor);
    else if (message.type === 'events') receiveEvents(options, channel, message.events);
    else if (message.type === 'relay') children.get(message.child)?.channel.receive(message.message);
    else if (message.type === 'child-exit') {
      const {child, code, signal} = message;
      context.members.get(children.get(child)?.pid ?? 0)?.ended({code, signal});
      children.delete(child);
    }
  };
}

/**
 * The parent of this actor has ended, so nobody tells how it ends itself. It notices on its own and does not survive it;
 * to be sure it is killed, and watched until it is gone.
 */
async function orphaned(context: Context, pid: number): Promise<void> {
  const member = context.members.get(pid);
  context.kill(pid, 'SIGKILL');
  for (let looks = 0; looks < 200 && (await alive(pid)); looks++) await setTimeout(5);
  member?.ended({code: null, signal: 'SIGKILL'});
}

/** A dead process stays listed, as a zombie, until whoever has adopted it has asked for its fate. */
async function alive(pid: number): Promise<boolean> {
  const status = await readFile(`/proc/${pid}/stat`, 'latin1').catch(() => ') X');
  return !/\) [ZX]/.test(status);
}

let lastChild = 0;

async function spawnChild(
  context: Context,
  asker: Asker,
  parent: Channel,
  children: Map<number, {channel: Channel; pid: number}>,
  options: ChildOptions,
): Promise<Actor> {
  const child = ++lastChild;
  // What it says before its number is known is kept: `ready` may come before the answer to `spawn`.
  const early: FromActor[] = [];
  const channel: Channel = {
    send: message => parent.send({type: 'relay', child, message}),
    receive: message => void early.push(message),
  };
  children.set(child, {channel, pid: 0});
  const {name, inherit} = options;
  const spawned = (await asker.ask({ask: 'spawn', child, name, inherit: [...inherit]})) as Spawned;
  children.set(child, {channel, pid: spawned.pid});
  return new Promise((resolve, reject) => {
    adopt(context, options, channel, spawned, resolve);
    for (const message of early) channel.receive(message);
    const actor = context.members.get(spawned.pid)?.actor;
    actor?.exited.then(() => reject(new Error(`The actor ${name} ended before it had begun.`)), reject);
  });
}

/** Passes events on, and then says that they were taken, so that more may come. */
function receiveEvents(options: ActorOptions, channel: Channel, events: readonly ActorEvent[]): void {
  const taken = new Map<string, number>();
  for (const event of events) {
    options.onEvent?.(event);
    if (!('thread' in event)) continue;
    const weight = event.kind === 'program' ? event.events.length : 1;
    taken.set(event.thread, (taken.get(event.thread) ?? 0) + weight);
  }
  for (const [thread, count] of taken) channel.send({type: 'taken', thread, count});
}

function tell(
  options: ActorOptions,
  {clock}: Context,
  pid: number,
  event: {kind: 'complaint'; text: string} | ({kind: 'exit'} & Exit),
): void {
  options.onEvent?.({actor: options.name, pid, at: clock.now(), ...event});
}

/** Milliseconds an actor has after being asked, and after TERM. Its own part takes 200 at most. */
const [afterAsking, afterTerm] = [500, 250];

async function stop({kill}: Context, asker: Asker, pid: number, exited: Promise<Exit>): Promise<Exit> {
  asker.ask({ask: 'stop'}).catch(() => undefined);
  if (!(await within(exited, afterAsking))) kill(pid, 'SIGTERM');
  if (!(await within(exited, afterTerm))) kill(pid, 'SIGKILL');
  return exited;
}

async function within(exited: Promise<Exit>, milliseconds: number): Promise<boolean> {
  const enough = new AbortController();
  const late = setTimeout(milliseconds, false, {signal: enough.signal}).catch(() => false);
  const ended = await Promise.race([exited.then(() => true), late]);
  enough.abort();
  return ended;
}
