import type {Shaped} from '../../journal/shape.ts';
import {choice, described, integer, json, number, optional, text} from '../../journal/shape.ts';
import type {ActorEvent} from '../../world/actors/events.ts';
import {addressText} from '../../world/libc/address.ts';
import {errnoEntry} from '../../world/libc/errno.ts';
import type {CallRecord} from '../../world/libc/record.ts';

const by = described(text, 'the process that made the call, by its name here');
const pid = described(integer, 'its number on this machine');
const thread = described(text, 'the thread of that process; main, unless it has more');
const name = described(text, 'the function called');
const began = described(number, 'when the call was entered, in seconds since the run started');

/**
 * The kinds of events that experiments with real calls share: spread them into `events`. A call that returns at once is one
 * event. One that waits in the kernel is told first as `blocked`, then as `call` when it returns.
 */
export const callEvents = {
  call: {
    says: 'A call of a C function that has returned. bytes: what the kernel took, or gave.',
    fields: {
      by,
      pid,
      thread,
      name,
      text: described(text, 'the call as C would show it, results in braces'),
      arguments: described(json, 'a list of the arguments; bytes as {"bytes": how many}'),
      result: described(integer, 'what the function returned; -1 with an errno is a failure'),
      errno: optional(described(text, 'the name of the error')),
      means: optional(described(text, 'what the error means, and what to try next')),
      began,
      seconds: described(number, 'how long the call took'),
      direction: optional(described(choice('sent', 'received'), 'what the bytes are')),
      address: optional(described(text, 'what accept4, recvfrom, getsockname or getpeername told')),
      value: optional(described(json, 'what getsockopt, ioctl or fcntl told')),
      ready: optional(described(json, 'what poll, select or epoll_wait found ready')),
    },
    bytes: true,
  },
  blocked: {
    says: 'A call that has been entered and does not return: its thread waits in the kernel.',
    fields: {by, pid, thread, name, text: described(text, 'the call as C would show it'), began},
  },
  ended: {
    says: 'A process has ended.',
    fields: {
      by,
      pid,
      code: optional(described(integer, 'its exit code')),
      signal: optional(described(text, 'the signal that ended it')),
    },
  },
} as const;

export type CallFields = Shaped<typeof callEvents.call.fields>;
export type BlockedFields = Shaped<typeof callEvents.blocked.fields>;
export type EndedFields = Shaped<typeof callEvents.ended.fields>;

/** The part of a kit that telling needs; the kit of every experiment that declares `callEvents` fits. */
export interface CallKit {
  readonly world: {readonly clock: {now(): number}};
  now(): number;
  emit(kind: 'call', fields: CallFields, bytes?: Uint8Array): void;
  emit(kind: 'blocked', fields: BlockedFields): void;
  emit(kind: 'ended', fields: EndedFields): void;
}

export interface CallTeller {
  /** To be given to an actor as its `onEvent`; one teller serves any number of actors. */
  onEvent(event: ActorEvent): void;
  /** Tells nothing more. To be called before the run ends. */
  close(): void;
}

/** A call that has not returned after so long is told as blocked. */
const patienceMilliseconds = 60;

/**
 * Turns what actors do into events of the journal:
 *
 *     const teller = tellCalls(kit);
 *     const client = await kit.world.actors.start({name: 'client', onEvent: teller.onEvent});
 *
 * Calls of one process come in order; those of two may come a moment late, so `began` says when each really started.
 * `wanted` leaves out calls that only serve the telling. Programs' own events are the experiment's to tell.
 */
export function tellCalls(kit: CallKit, wanted: (name: string) => boolean = () => true): CallTeller {
  const inside = new Map<string, NodeJS.Timeout>();
  const offset = kit.world.clock.now() - kit.now();
  let closed = false;
  const enter = (event: Extract<ActorEvent, {kind: 'enter'}>): void => {
    const {actor, pid, thread, name, text, at} = event;
    const tell = () => kit.emit('blocked', {by: actor, pid, thread, name, text, began: at - offset});
    inside.set(`${pid} ${thread}`, setTimeout(tell, patienceMilliseconds));
  };
  const leave = ({actor, pid, thread, at, record}: Extract<ActorEvent, {kind: 'leave'}>): void => {
    clearTimeout(inside.get(`${pid} ${thread}`));
    inside.delete(`${pid} ${thread}`);
    const began = at - offset - record.seconds;
    kit.emit('call', {by: actor, pid, thread, ...callFields(record), began}, record.sent ?? record.received);
  };
  return {
    onEvent(event) {
      if (closed) return;
      if (event.kind === 'enter' && wanted(event.name)) enter(event);
      else if (event.kind === 'leave' && wanted(event.record.name)) leave(event);
      else if (event.kind === 'exit') {
        const {actor, pid, code, signal} = event;
        kit.emit('ended', {by: actor, pid, ...(code !== null && {code}), ...(signal !== null && {signal})});
      }
    },
    close() {
      closed = true;
      for (const timer of inside.values()) clearTimeout(timer);
      inside.clear();
    },
  };
}

/** What a call says, as the fields of its event. */
export function callFields(record: CallRecord): Omit<CallFields, 'by' | 'pid' | 'thread' | 'began'> {
  const {name, text, result, errno, seconds, sent, received, address, ready} = record;
  const error = errno === undefined ? undefined : errnoEntry(errno);
  const value = record.value ?? record.number;
  return {
    name,
    text,
    arguments: record.arguments,
    result,
    ...(error !== undefined && {errno: error.name, means: `${error.sentence} ${error.next}`}),
    seconds,
    ...(sent !== undefined && {direction: 'sent' as const}),
    ...(received !== undefined && {direction: 'received' as const}),
    ...(address !== undefined && {address: addressText(address)}),
    ...(value !== undefined && {value}),
    ...(ready !== undefined && {ready}),
  };
}
